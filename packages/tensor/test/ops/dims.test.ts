import { expect, test } from "vitest";
import { ones } from "../../src/index.ts";

test.each(["0", true] as unknown as number[])("a dim of %j is refused by name, not by a TypeError", (dim) => {
  const x = ones(2, 3);
  expect(() => x.sum(dim)).toThrow(`[sum] dim ${JSON.stringify(dim)} does not exist`);
  expect(() => x.var(dim)).toThrow(`[var] dim ${JSON.stringify(dim)} does not exist`);
});
