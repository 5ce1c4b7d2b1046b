import { expect, test } from "vitest";
import {
  cat,
  DTypeError,
  empty,
  grad,
  ones,
  randint,
  ShapeError,
  Tensor,
  tensor,
  ValueError,
} from "../src/index.ts";

test("ones says how to write sizes that options follow", () => {
  const unchecked = ones as (...args: unknown[]) => unknown;
  expect(() => unchecked(2, 3, { dtype: "int32" })).toThrow(ShapeError);
  expect(() => unchecked(2, 3, { dtype: "int32" })).toThrow(
    "[ones] sizes that options follow must stand in an array: ones([2, 3], { ... })",
  );
});

test("what plain JavaScript lets through is answered by how it is written", () => {
  const x = tensor([1, 2], { requiresGrad: true });
  const cases: [() => unknown, new (...args: never[]) => Error, string][] = [
    [() => new Tensor([1, 2] as never, undefined as never), DTypeError, "such as tensor([1, 2])"],
    [() => randint(0, 10, 3 as never), ShapeError, "the shape must be a list of sizes, as in [2, 3], got 3"],
    [
      () => x.sum({ dim: 1 } as never),
      ShapeError,
      'dim {"dim":1} does not exist in a tensor of 1 dimension(s)',
    ],
    [() => grad(x.sum(), x as never), ValueError, "inputs must be a list of tensors, as in [x]"],
    [() => cat(x as never), ShapeError, "as in cat([a, b])"],
  ];
  for (const [run, error, message] of cases) {
    expect(run).toThrow(error);
    expect(run).toThrow(message);
  }
});

test("a tensor that no engine can hold is refused, with the memory that it would take", () => {
  expect(() => ones(1e5, 1e5, 100)).toThrow(ValueError);
  expect(() => empty([1e5, 1e5, 100], { dtype: "float64" })).toThrow(
    "1000000000000 elements of float64 take 8000 GB",
  );
});
