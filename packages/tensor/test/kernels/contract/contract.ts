/** What every provider of kernels must do: the values of the plain loops, to the last bit, whatever the operands look like. */
import fc from "fast-check";
import { expect } from "vitest";
import type { DType } from "../../../src/dtype.ts";
import type { Kernels } from "../../../src/kernels/kernels.ts";
import { plainKernels } from "../../../src/kernels/plain/plain.ts";
import { wasmKernels } from "../../../src/kernels/wasm/wasm.ts";
import type { Operand } from "../../../src/storage/storage.ts";
import { difference, output } from "../operands.ts";

/** WebAssembly for everything that it can do, however small. */
export const wasm = wasmKernels({ product: 0, elements: 0, moved: 0 });

export const floats = ["float32", "float64"] as const;
export const dtypes = [...floats, "int32", "bool"] as const;

/** Where an output stands. */
export const places = fc.record({
  offset: fc.integer({ min: 0, max: 3 }),
  behind: fc.integer({ min: 0, max: 3 }),
  resident: fc.boolean(),
});

/** Shapes of up to three dimensions, empty ones included, and some that take more than one block. */
export const shapes = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom([9000], [70, 130], [3, 5000], [5000, 3], [40, 20, 10]) },
);

/** Both providers write the same bits, and nothing outside of their output. */
export function expectSame(
  shape: readonly number[],
  dtype: DType,
  run: (kernels: Kernels, out: Operand) => void,
): void {
  for (const place of [{ offset: 3 }, { offset: 3, resident: true }, { resident: true, behind: 3 }]) {
    const [plain, fast] = [output(shape, dtype, place), output(shape, dtype, place)];
    run(plainKernels, plain);
    run(wasm, fast);
    expect(difference(fast, plain)).toBeNull();
  }
}
