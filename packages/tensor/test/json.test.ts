import { expect, test } from "vitest";
import { arange, tensor } from "../src/index.ts";

test("JSON has the elements of a tensor in nested arrays, whatever its strides", () => {
  expect(JSON.stringify(arange(6).view(2, 3).t())).toBe("[[0,3],[1,4],[2,5]]");
  expect(JSON.stringify({ loss: tensor(0.5) })).toBe('{"loss":0.5}');
  expect(JSON.stringify(tensor([1, 2], { dtype: "int32" }))).toBe("[1,2]");
  expect(JSON.stringify(tensor([true, false]))).toBe("[true,false]");
});

test("JSON has null for numbers that it cannot write", () => {
  expect(JSON.stringify(tensor([NaN, Infinity, -Infinity, 1]))).toBe("[null,null,null,1]");
});

test("a tensor that requires a gradient is printed as before, not as its elements", () => {
  const x = tensor([1, 2], { requiresGrad: true });
  expect(JSON.stringify(x)).toBe("[1,2]");
  expect(String(x)).toBe("tensor([1., 2.], requiresGrad=true)");
});
