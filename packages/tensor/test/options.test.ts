/** In plain JavaScript nothing else notices that PyTorch's positional arguments stand where an object belongs. */
import { describe, expect, test } from "vitest";
import * as torch from "../src/index.ts";
import { tensor, ValueError } from "../src/index.ts";

type Call = (...args: unknown[]) => unknown;
const functions = torch as unknown as Record<string, Call>;
const x = tensor([[1, 2], [3, 4]]); // prettier-ignore

test("a dtype that does not stand in an object is refused", () => {
  const make = (): unknown => functions.tensor!([1, 2], "int32");
  expect(make).toThrow(ValueError);
  expect(make).toThrow('[tensor] options must be an object, got "int32"; write them by name, as in {');
});

describe("bare options are refused by", () => {
  test.each(["zeros", "ones", "empty", "rand", "randn"])("%s", (name) => {
    expect(() => functions[name]!([2], "float64")).toThrow(
      `[${name}] options must be an object, got "float64"`,
    );
  });

  test.each(["zerosLike", "onesLike", "emptyLike"])("%s", (name) => {
    expect(() => functions[name]!(x, "float64")).toThrow(
      `[${name}] options must be an object, got "float64"`,
    );
  });

  test.each("sum mean var std prod amax amin argmax argmin all any logsumexp max min".split(" "))(
    "%s",
    (name) => {
      expect(() => functions[name]!(x, 1, true)).toThrow(
        /\] options must be an object, got true; write them by name, as in \{ keepdim: true \}/,
      );
    },
  );

  test.each([0, 1, 2, 3, Infinity])("norm with p = %s", (p) => {
    expect(() => functions.norm!(x, p, 1, true)).toThrow("options must be an object, got true");
  });
});
