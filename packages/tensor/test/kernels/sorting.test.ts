/** Sorting, against JavaScript's own stable sort. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DType } from "../../src/dtype.ts";
import { plainKernels } from "../../src/kernels/plain/plain.ts";
import { operand, output, read } from "./operands.ts";

/** NaN is the largest; -0 equals 0. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function expected(values: readonly number[], descending: boolean): number[] {
  return [...values.keys()].sort((i, j) =>
    descending ? compare(values[j]!, values[i]!) : compare(values[i]!, values[j]!),
  );
}

describe("argsort", () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constantFrom(255, 256, 257, 700, 3000));
  const lines = fc
    .record({ dtype: fc.constantFrom<DType>("float32", "float64", "int32", "bool"), n: lengths })
    .chain(({ dtype, n }) =>
      fc.record({
        x: operand([n], dtype),
        descending: fc.boolean(),
        wanted: fc.oneof(fc.constant(n), fc.nat({ max: n })),
      }),
    );

  test("gives the positions in sorted order, equal elements and NaNs in theirs, as many as there is room for", () => {
    fc.assert(
      fc.property(lines, ({ x, descending, wanted }) => {
        const out = output([wanted], "int32");
        plainKernels.argsort(out, x, 0, descending);
        expect(read(out)).toEqual(expected(read(x), descending).slice(0, wanted));
      }),
      { numRuns: 500 },
    );
  });

  test.each([false, true])("takes the extremes of int32 for what they are, descending: %s", (descending) => {
    const x = output([300], "int32");
    x.storage.data.forEach((_, i, data) => (data[i] = [2 ** 31 - 1, -(2 ** 31), 0, -1, 1][i % 5]!));
    const out = output([300], "int32");
    plainKernels.argsort(out, x, 0, descending);
    expect(read(out)).toEqual(expected(read(x), descending));
  });

  test("sorts along any dimension", () => {
    fc.assert(
      fc.property(operand([3, 20, 4], "float32"), fc.boolean(), (x, descending) => {
        const out = output([3, 20, 4], "int32");
        plainKernels.argsort(out, x, 1, descending);
        const [values, order] = [read(x), read(out)];
        for (let i = 0; i < 3; i++)
          for (let k = 0; k < 4; k++) {
            const line = (list: number[]): number[] =>
              list.slice(80 * i, 80 * i + 80).filter((_, at) => at % 4 === k);
            expect(line(order)).toEqual(expected(line(values), descending));
          }
      }),
    );
  });
});
