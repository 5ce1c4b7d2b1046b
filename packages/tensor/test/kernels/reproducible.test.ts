import { expect, test } from "vitest";
import { isReproducible, setReproducible } from "../../src/index.ts";

test("setReproducible takes true or false, and nothing that only looks like them", () => {
  for (const wanted of ["yes", 1, null, undefined] as never[])
    expect(() => setReproducible(wanted)).toThrow("[setReproducible] must be given true or false, got");
  expect(isReproducible()).toBe(false);
});
