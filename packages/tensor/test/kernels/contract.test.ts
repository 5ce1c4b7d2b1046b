/** What every provider of kernels must do: the values of the plain loops, to the last bit, whatever the operands look like. */
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { plainKernels } from "../../src/kernels/plain.ts";
import { setReproducible } from "../../src/kernels/reproducible.ts";
import { wasmKernels } from "../../src/kernels/wasm.ts";
import { workspace } from "../../src/kernels/workspace.ts";
import { operand, output, read } from "./operands.ts";

/** WebAssembly for everything that it can do, however small. */
const wasm = wasmKernels({ product: 0 });

const floats = ["float32", "float64"] as const;

/** Sizes around the edges of tiles (4 rows, 8 columns) and of blocks (256 summands). */
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
      offset: fc.integer({ min: 0, max: 3 }),
    }),
  );

describe("matmul", () => {
  afterEach(() => setReproducible(true));

  test("in WebAssembly has the bits of the plain loops, for any strides, offsets and values", () => {
    fc.assert(
      fc.property(matrices, ({ a, b, shape, dtype, offset }) => {
        const [plain, fast] = [output(shape, dtype, offset), output(shape, dtype, offset)];
        plainKernels.matmul(plain, a, b);
        wasm.matmul(fast, a, b);
        expect(fast.storage.data).toEqual(plain.storage.data);
      }),
      { numRuns: 300 },
    );
  });

  test.each(floats)(
    "of %s operands larger than the workspace's pieces has the bits of the plain loops",
    (dtype) => {
      const shapes = [
        [3, 2100, 5],
        [600, 3, 520],
        [1, 1, 1100],
      ] as const;
      for (const [m, k, n] of shapes) {
        const [a] = fc.sample(operand([m, k], dtype), { seed: 1, numRuns: 1 });
        const [b] = fc.sample(operand([k, n], dtype), { seed: 2, numRuns: 1 });
        const [plain, fast] = [output([m, n], dtype), output([m, n], dtype)];
        plainKernels.matmul(plain, a!, b!);
        wasm.matmul(fast, a!, b!);
        expect(fast.storage.data).toEqual(plain.storage.data);
      }
    },
  );

  test.runIf(workspace()?.fused)(
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
          for (let i = 0; i < p.length; i++)
            expect(Math.abs(p[i]! - f[i]!)).toBeLessThan(1e-2 * 300 * 2 ** -24 * 9 * 100);
        }),
      );
    },
  );

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
