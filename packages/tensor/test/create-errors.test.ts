import { expect, test } from "vitest";
import { ones, ShapeError } from "../src/index.ts";

test("ones says how to write sizes that options follow", () => {
  const unchecked = ones as (...args: unknown[]) => unknown;
  expect(() => unchecked(2, 3, { dtype: "int32" })).toThrow(ShapeError);
  expect(() => unchecked(2, 3, { dtype: "int32" })).toThrow(
    "[ones] sizes that options follow must stand in an array: ones([2, 3], { ... })",
  );
});
