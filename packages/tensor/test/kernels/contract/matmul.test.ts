import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plainKernels } from "../../../src/kernels/plain/plain.ts";
import { repeatedRow } from "../../../src/kernels/plain/matmul.ts";
import { setReproducible } from "../../../src/kernels/reproducible.ts";
import { workspace } from "../../../src/kernels/wasm/workspace.ts";
import { difference, operand, output, read } from "../operands.ts";
import { floats, places, wasm } from "./contract.ts";

/** Sizes around the edges of tiles (5 or 4 rows, 8 columns) and of blocks (256 summands). */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(31, 64, 129) },
);
const depth = fc.oneof(
  { weight: 6, arbitrary: size },
  { weight: 1, arbitrary: fc.constantFrom(256, 300, 1025) },
);

const matrices = fc
  .record({
    dtype: fc.constantFrom(...floats),
    batch: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
    m: size,
    n: size,
    k: depth,
  })
  .chain(({ dtype, batch, m, n, k }) =>
    fc.record({
      a: operand([...batch, m, k], dtype),
      b: operand([...batch, k, n], dtype),
      shape: fc.constant([...batch, m, n]),
      dtype: fc.constant(dtype),
      place: places,
    }),
  );

describe("matmul", () => {
  beforeEach(() => setReproducible(true));
  afterEach(() => setReproducible(false));

  test("in WebAssembly has the bits of the plain loops, for any strides, offsets and values", () => {
    fc.assert(
      fc.property(matrices, ({ a, b, shape, dtype, place }) => {
        const [plain, fast] = [output(shape, dtype, place), output(shape, dtype, place)];
        plainKernels.matmul(plain, a, b);
        wasm.matmul(fast, a, b);
        expect(difference(fast, plain)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  const unpacked = fc
    .record({
      dtype: fc.constantFrom(...floats),
      // At most three rows, or a column times a row; 8 or 16 columns are computed together.
      size: fc.oneof(
        fc.record({ m: fc.integer({ min: 1, max: 3 }), k: depth }),
        fc.record({ m: size, k: fc.constant(1) }),
      ),
      n: fc.integer({ min: 7, max: 70 }),
    })
    .chain(({ dtype, size: { m, k }, n }) =>
      fc.record({ a: operand([m, k], dtype), b: operand([k, n], dtype), place: places }),
    );

  test("of operands that are not packed has the bits of the plain loops", () => {
    fc.assert(
      fc.property(unpacked, ({ a, b, place }) => {
        const shape = [a.layout.shape[0]!, b.layout.shape[1]!];
        const [plain, fast] = [output(shape, a.storage.dtype, place), output(shape, a.storage.dtype, place)];
        plainKernels.matmul(plain, a, b);
        wasm.matmul(fast, a, b);
        expect(difference(fast, plain)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test.each(floats)(
    "of %s operands larger than the workspace's pieces has the bits of the plain loops",
    (dtype) => {
      const shapes = [
        [3, 2100, 5],
        [1100, 3, 520],
        [1, 1, 1100],
      ] as const;
      for (const [m, k, n] of shapes) {
        const [a] = fc.sample(operand([m, k], dtype), { seed: 1, numRuns: 1 });
        const [b] = fc.sample(operand([k, n], dtype), { seed: 2, numRuns: 1 });
        for (const resident of [false, true]) {
          const [plain, fast] = [output([m, n], dtype), output([m, n], dtype, { resident })];
          plainKernels.matmul(plain, a!, b!);
          wasm.matmul(fast, a!, b!);
          expect(difference(fast, plain)).toBeNull();
        }
      }
    },
  );

  test.runIf(workspace()?.fused())(
    "with fused multiply-add differs from the plain loops by rounding only",
    () => {
      setReproducible(false);
      fc.assert(
        fc.property(operand([9, 300], "float32"), operand([300, 13], "float32"), (a, b) => {
          const [plain, fast] = [output([9, 13], "float32"), output([9, 13], "float32")];
          const [A, B] = [read(a), read(b)];
          fc.pre([...A, ...B].every((x) => Math.abs(x) < 10));
          plainKernels.matmul(plain, a, b);
          wasm.matmul(fast, a, b);
          const [p, f] = [read(plain), read(fast)];
          const largest = Math.max(...A.map(Math.abs)) * Math.max(...B.map(Math.abs));
          // Each of the 300 steps of both sums rounds a value of at most 300 products.
          const bound = 2 * 300 * 2 ** -24 * 300 * largest;
          for (let i = 0; i < p.length; i++) expect(Math.abs(p[i]! - f[i]!)).toBeLessThanOrEqual(bound);
        }),
      );
    },
  );

  const withRows = fc
    .record({ dtype: fc.constantFrom(...floats), m: size, n: size, k: depth })
    .chain(({ dtype, m, n, k }) =>
      fc.record({
        row: operand([n], dtype),
        a: operand([m, k], dtype),
        b: operand([k, n], dtype),
        place: places,
      }),
    );

  test("plus a row has the bits of the plain loops, which add the row last", () => {
    fc.assert(
      fc.property(withRows, ({ row, a, b, place }) => {
        const shape = [a.layout.shape[0]!, b.layout.shape[1]!];
        const { dtype } = a.storage;
        const [plain, fast] = [output(shape, dtype, place), output(shape, dtype, place)];
        plainKernels.addmm(plain, row, a, b);
        wasm.addmm(fast, row, a, b);
        expect(difference(fast, plain)).toBeNull();
        const product = output(shape, dtype, place);
        plainKernels.matmul(product, a, b);
        plainKernels.binary(product, "add", product, repeatedRow(row, product));
        expect(difference(plain, product)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test("plus a row wider than the workspace's pieces has the bits of the plain loops", () => {
    for (const dtype of floats) {
      const [m, k, n] = [1100, 3, 1100];
      const [row] = fc.sample(operand([n], dtype), { seed: 3, numRuns: 1 });
      const [a] = fc.sample(operand([m, k], dtype), { seed: 1, numRuns: 1 });
      const [b] = fc.sample(operand([k, n], dtype), { seed: 2, numRuns: 1 });
      const [plain, fast] = [output([m, n], dtype), output([m, n], dtype)];
      plainKernels.addmm(plain, row!, a!, b!);
      wasm.addmm(fast, row!, a!, b!);
      expect(difference(fast, plain)).toBeNull();
    }
  });

  test("forms every element as the sum of its products", () => {
    fc.assert(
      fc.property(operand([5, 7], "float64"), operand([7, 6], "float64"), (a, b) => {
        const out = output([5, 6], "float64");
        wasm.matmul(out, a, b);
        const [A, B] = [read(a), read(b)];
        const expected = Array.from({ length: 30 }, (_, at) =>
          Array.from({ length: 7 }, (_, p) => A[Math.floor(at / 6) * 7 + p]! * B[p * 6 + (at % 6)]!).reduce(
            (sum, x) => sum + x,
            0,
          ),
        );
        expect(read(out)).toEqual(expected);
      }),
    );
  });
});
