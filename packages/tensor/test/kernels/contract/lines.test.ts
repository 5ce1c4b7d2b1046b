import fc from "fast-check";
import { describe, test } from "vitest";
import { operand } from "../operands.ts";
import { expectSame, floats, shapes } from "./contract.ts";

/** Two operands of one shape, and a dimension of theirs. */
const lines = fc
  .tuple(fc.constantFrom(...floats), shapes)
  .filter(([, shape]) => shape.length > 0)
  .chain(([dtype, shape]) =>
    fc.record({
      x: operand(shape, dtype),
      g: operand(shape, dtype),
      dim: fc.nat({ max: shape.length - 1 }),
    }),
  );

describe.each(["softmax", "logSoftmax"] as const)(
  "%s in WebAssembly has the bits of the plain loops",
  (op) => {
    test("along any dimension", () => {
      fc.assert(
        fc.property(lines, ({ x, dim }) =>
          expectSame(x.layout.shape, x.storage.dtype, (k, out) => k[op](out, x, dim)),
        ),
        { numRuns: 200 },
      );
    });
  },
);

describe.each(["softmaxBackward", "logSoftmaxBackward"] as const)(
  "%s in WebAssembly has the bits of the plain loops",
  (op) => {
    test("along any dimension", () => {
      fc.assert(
        fc.property(lines, ({ x: y, g, dim }) =>
          expectSame(y.layout.shape, y.storage.dtype, (k, out) => k[op](out, g, y, dim)),
        ),
        { numRuns: 200 },
      );
    });
  },
);

describe("standardize in WebAssembly has the bits of the plain loops", () => {
  const eps = fc.constantFrom(0, 1e-5, 0.3);

  test("along any dimension", () => {
    fc.assert(
      fc.property(lines, eps, ({ x, dim }, eps) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.standardize(out, x, dim, eps)),
      ),
      { numRuns: 200 },
    );
  });

  test("and so has its gradient", () => {
    fc.assert(
      fc.property(lines, eps, ({ x, g, dim }, eps) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.standardizeBackward(out, g, x, dim, eps)),
      ),
      { numRuns: 200 },
    );
  });
});
