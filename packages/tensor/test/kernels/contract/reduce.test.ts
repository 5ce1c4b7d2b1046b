import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operand, output, read } from "../operands.ts";
import { dtypes, expectSame, floats, wasm } from "./contract.ts";

describe("sums in WebAssembly have the bits of the plain loops", () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(127, 128, 129, 300, 1000, 4100));
  const reduced = fc
    .record({
      dtype: fc.constantFrom(...floats, "int32" as const),
      shape: fc.tuple(fc.integer({ min: 0, max: 5 }), lengths, fc.integer({ min: 0, max: 5 })),
      dims: fc.subarray([0, 1, 2]),
      specials: fc.boolean(),
    })
    .chain(({ dtype, shape, dims }) => fc.tuple(operand(shape, dtype), fc.constant(dims)));

  test("along any dimensions", () => {
    fc.assert(
      fc.property(reduced, ([x, dims]) =>
        expectSame(
          x.layout.shape.map((size, d) => (dims.includes(d) ? 1 : size)),
          x.storage.dtype,
          (k, out) => k.reduce(out, "sum", x),
        ),
      ),
      { numRuns: 300 },
    );
  });

  test.each([...floats, "int32"] as const)("of more %s elements than the workspace holds", (dtype) => {
    const x = output([2 ** 20 * 3 + 5], dtype);
    x.storage.data.forEach((_, i, data) => (data[i] = Math.sin(i) * 2 ** 31));
    expectSame([1], dtype, (k, out) => k.reduce(out, "sum", x));
  });
});

describe("the largest and smallest elements in WebAssembly have the bits of the plain loops", () => {
  const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  const operands = fc
    .tuple(fc.constantFrom(...dtypes), fc.tuple(size(4), size(100), size(19)))
    .chain(([dtype, shape]) => operand(shape, dtype));

  test.each(["max", "min"] as const)("%s along any dimensions", (op) => {
    fc.assert(
      fc.property(operands, fc.subarray([0, 1, 2]), (x, dims) =>
        expectSame(
          x.layout.shape.map((size, d) => (dims.includes(d) ? 1 : size)),
          x.storage.dtype,
          (k, out) => k.reduce(out, op, x),
        ),
      ),
      { numRuns: 200 },
    );
  });

  test.each(["argmax", "argmin"] as const)("%s along any dimension", (op) => {
    fc.assert(
      fc.property(operands, fc.constantFrom(0, 1, 2), (x, dim) =>
        expectSame(
          x.layout.shape.map((size, d) => (d === dim ? 1 : size)),
          "int32",
          (k, out) => k.argReduce(out, op, x, dim),
        ),
      ),
      { numRuns: 200 },
    );
  });

  test("of several equal ones the first counts, and a NaN more than all", () => {
    const place = (values: number[], op: "argmax" | "argmin"): number => {
      const x = output([values.length], "float32");
      x.storage.data.set(values);
      const out = output([1], "int32");
      wasm.argReduce(out, op, x, 0);
      return read(out)[0]!;
    };
    expect(place([1, 3, -2, 3, -2], "argmax")).toBe(1);
    expect(place([1, 3, -2, 3, -2], "argmin")).toBe(2);
    expect(place([-0, 0, 0, -0, -1], "argmax")).toBe(0);
    expect(place([1, Infinity, 2, NaN, NaN, 0, 4, 9, 8], "argmax")).toBe(3);
    expect(place([1, -Infinity, 2, 5, 6, 0, 4, 9, NaN], "argmin")).toBe(8);
  });
});
