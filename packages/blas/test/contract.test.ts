/** What the contract of the kernels asks of matrix products, of BLAS: it rounds differently, so errors have a bound instead. */
import { isReproducible, setReproducible } from "@torchlet/tensor";
import { kernels, Storage, type Operand } from "@torchlet/tensor/kernels";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { difference, operand, output, read } from "../../tensor/test/kernels/operands.ts";
import { withBlas } from "../src/kernels.ts";
import { library, skipWithoutLibrary } from "./library.ts";

const floats = ["float32", "float64"] as const;
const own = kernels();

/** BLAS for every product, however small. */
const blas = library === null ? own : withBlas(library, own, 1);

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(31, 64) },
);
const depth = fc.oneof({ weight: 6, arbitrary: size }, { weight: 1, arbitrary: fc.constantFrom(256, 1025) });

const products = fc
  .record({
    dtype: fc.constantFrom(...floats),
    batch: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
    m: size,
    n: size,
    k: depth,
    offset: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ dtype, batch, m, n, k, offset }) =>
    fc.record({
      a: operand([...batch, m, k], dtype),
      b: operand([...batch, k, n], dtype),
      out: fc.constant(null).map(() => output([...batch, m, n], dtype, { offset })),
    }),
  );

interface Summary {
  /** The sum of the products, in double precision. */
  readonly sum: number;
  /** How far another order of additions, or fused ones, may be from it. */
  readonly error: number;
}

/** What element `(i, j)` of the product of two matrices must be. */
function element(
  row: readonly number[],
  column: readonly number[],
  epsilon: number,
  tiniest: number,
): Summary {
  let [sum, size] = [0, 0];
  row.forEach((x, p) => {
    sum += x * column[p]!;
    size += Math.abs(x * column[p]!);
  });
  // Higham, Accuracy and Stability of Numerical Algorithms, section 3.1; and what underflows
  return { sum, error: (row.length + 1) * (epsilon * size + tiniest) };
}

/**
 * The first element that is not the sum of its products, as far as rounding allows; null if all are. Where a sum could overflow on the
 * way, it may be anything that is not finite, or that the true sum is.
 */
function mistake(out: Operand, a: Operand, b: Operand): string | null {
  const [m, k] = a.layout.shape.slice(-2) as [number, number];
  const n = b.layout.shape.at(-1)!;
  const single = out.storage.dtype === "float32";
  const epsilon = single ? 2 ** -23 : 2 ** -52;
  const tiniest = single ? 2 ** -149 : 2 ** -1074;
  const largest = single ? 2 ** 127 : 2 ** 1023;
  const [O, A, B] = [read(out), read(a), read(b)];
  for (const [at, value] of O.entries()) {
    const [matrix, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
    const row = A.slice((matrix * m + i) * k, (matrix * m + i + 1) * k);
    const column = row.map((_, p) => B[(matrix * k + p) * n + j]!);
    const { sum, error } = element(row, column, epsilon, tiniest);
    const terms = row.map((x, p) => x * column[p]!);
    const good = terms.every((term) => Math.abs(term) < largest / k)
      ? Math.abs(value - sum) <= error
      : terms.some(Number.isNaN)
        ? Number.isNaN(value)
        : !Number.isFinite(value);
    if (!good) return `${value} instead of ${sum} at ${at}`;
  }
  return null;
}

describe("matmul by BLAS", () => {
  skipWithoutLibrary();
  const before = isReproducible();
  beforeAll(() => setReproducible(false));
  afterAll(() => setReproducible(before));

  test("forms every element as the sum of its products, for any shapes, strides, offsets and values", () => {
    fc.assert(
      fc.property(products, ({ a, b, out }) => {
        blas.matmul(out, a, b);
        expect(mistake(out, a, b)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  test("writes only what belongs to the output, and never reads it", () => {
    fc.assert(
      fc.property(products, fc.integer({ min: 1, max: 9 }), ({ a, b, out }, behind) => {
        const { storage, layout } = output([out.layout.numel + behind], out.storage.dtype, {
          offset: out.layout.offset,
        });
        storage.data.fill(NaN);
        const [first, second] = [out, { storage, layout: out.layout }];
        blas.matmul(first, a, b);
        blas.matmul(second, a, b);
        expect(read(second)).toEqual(read(first));
        const end = layout.offset + out.layout.numel;
        const around = [...storage.data.subarray(0, layout.offset), ...storage.data.subarray(end)];
        expect(around.every(Number.isNaN)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("leaves its operands as they are", () => {
    fc.assert(
      fc.property(products, ({ a, b, out }) => {
        const [A, B] = [a.storage.data.slice(), b.storage.data.slice()];
        blas.matmul(out, a, b);
        expect(a.storage.data.every((x, i) => Object.is(x, A[i]))).toBe(true);
        expect(b.storage.data.every((x, i) => Object.is(x, B[i]))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each(floats)("multiplies a %s matrix by itself and by its transpose", (dtype) => {
    const [x] = fc.sample(operand([40, 40], dtype), { seed: 3, numRuns: 1 }) as [Operand];
    for (let i = 0; i < x.storage.data.length; i++) x.storage.data[i] = (i % 7) - 3;
    const out = output([40, 40], dtype);
    blas.matmul(out, x, x);
    expect(mistake(out, x, x)).toBeNull();
  });

  test.each(floats)("adds a row to a %s product", (dtype) => {
    const [row, a, b] = [output([30], dtype), output([40, 50], dtype), output([50, 30], dtype)];
    for (const { storage } of [row, a, b])
      for (let i = 0; i < storage.data.length; i++) storage.data[i] = (i % 11) - 5; // so small that every sum is exact
    const [expected, got] = [output([40, 30], dtype), output([40, 30], dtype)];
    own.addmm(expected, row, a, b);
    blas.addmm(got, row, a, b);
    expect(difference(got, expected)).toBeNull();
  });

  test("leaves integers, and everything when results must be reproducible, to torchlet's own kernels", () => {
    const integers = fc.tuple(operand([9, 30], "int32"), operand([30, 8], "int32"));
    const floating = fc.tuple(operand([9, 300], "float32"), operand([300, 8], "float32"));
    const expectOwn = (a: Operand, b: Operand): void => {
      const { dtype } = a.storage;
      const [expected, got] = [output([9, 8], dtype), output([9, 8], dtype)];
      own.matmul(expected, a, b);
      blas.matmul(got, a, b);
      expect(difference(got, expected)).toBeNull();
    };
    fc.assert(
      fc.property(integers, ([a, b]) => expectOwn(a, b)),
      { numRuns: 20 },
    );
    setReproducible(true);
    fc.assert(
      fc.property(floating, ([a, b]) => expectOwn(a, b)),
      { numRuns: 20 },
    );
    setReproducible(false);
  });

  test("refuses an array of another type than its dtype says, instead of reading it as that", () => {
    const [a, b] = [output([40, 40], "float32"), output([40, 40], "float32")];
    const wrong = { layout: b.layout, storage: new Storage("float32", new Float64Array(1600)) };
    expect(() => blas.matmul(output([40, 40], "float32"), a, wrong)).toThrow(
      "BLAS expects a Float32Array, got a Float64Array",
    );
  });
});
