import { expect, test } from "vitest";
import { ones, ShapeError } from "../../src/index.ts";

test("sumTo throws naming both shapes when the target does not broadcast to the tensor", () => {
  expect(() => ones(2, 3).sumTo([2, 2])).toThrow(ShapeError);
  expect(() => ones(2, 3).sumTo([2, 2])).toThrow("[2, 2] does not broadcast to the tensor's [2, 3]");
  expect(() => ones(3).sumTo([1, 3])).toThrow(ShapeError);
});
