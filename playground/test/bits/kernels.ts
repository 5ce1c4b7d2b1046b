/** Every function of one and two elements, sums, softmax and products, by the plain loops and by WebAssembly. */
import type { Kernels } from "../../../packages/tensor/src/kernels/kernels.ts";
import { plainKernels } from "../../../packages/tensor/src/kernels/plain/plain.ts";
import { binaryFunctions, unaryFunctions } from "../../../packages/tensor/src/kernels/scalar/functions.ts";
import { wasmKernels } from "../../../packages/tensor/src/kernels/wasm/wasm.ts";
import { contiguousLayout } from "../../../packages/tensor/src/layout.ts";
import { allocate } from "../../../packages/tensor/src/storage/arrays.ts";
import { Storage, type Operand } from "../../../packages/tensor/src/storage/storage.ts";
import type { Programs } from "./programs.ts";

const providers = [plainKernels, wasmKernels({ product: 0, elements: 0, moved: 0 })];
const dtypes = ["float32", "float64"] as const;
type DType = (typeof dtypes)[number];

const COUNT = 2000;
const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e-40, 1e30, -1e-310, 0.5, -0.5, 100, -100];

/** Special values, then ordinary ones of all sizes. */
function numbers(shape: readonly number[], dtype: DType, seed: number, specials = special): Operand {
  const layout = contiguousLayout(shape);
  const data = allocate(dtype, layout.numel);
  let state = seed;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, "quick and dirty"
    return state / 2 ** 32;
  };
  for (let i = 0; i < data.length; i++) data[i] = specials[i] ?? (draw() * 2 - 1) * [1, 4, 30, 1000][i % 4]!;
  return { storage: new Storage(dtype, data), layout };
}

function output(shape: readonly number[], dtype: DType | "bool"): Operand {
  const layout = contiguousLayout(shape);
  return { storage: new Storage(dtype, allocate(dtype, layout.numel)), layout };
}

function run(out: Operand, kernel: (out: Operand) => void): ArrayLike<number> {
  kernel(out);
  return out.storage.data;
}

export const kernelPrograms: Programs = function* () {
  for (const k of providers) for (const dtype of dtypes) yield* everything(k, dtype);
};

function* everything(k: Kernels, dtype: DType): ReturnType<Programs> {
  const label = `${k.name} ${dtype}`;
  const x = numbers([COUNT], dtype, 1);
  const y = numbers([COUNT], dtype, 2, special.toReversed());
  for (const name of Object.keys(unaryFunctions) as (keyof typeof unaryFunctions)[])
    yield [`${label} ${name}`, () => run(output([COUNT], dtype), (out) => k.unary(out, name, x))];
  for (const name of Object.keys(binaryFunctions) as (keyof typeof binaryFunctions)[])
    yield [`${label} ${name}`, () => run(output([COUNT], dtype), (out) => k.binary(out, name, x, y))];

  const rows = numbers([20, 100], dtype, 3, []);
  yield [
    `${label} sum`,
    () => run(output([1], dtype), (out) => k.reduce(out, "sum", numbers([1], dtype, 3))),
  ];
  yield [`${label} sum of rows`, () => run(output([20, 1], dtype), (out) => k.reduce(out, "sum", rows))];
  yield [`${label} sum of columns`, () => run(output([1, 100], dtype), (out) => k.reduce(out, "sum", rows))];
  yield [`${label} softmax`, () => run(output([20, 100], dtype), (out) => k.softmax(out, rows, 1))];
  yield [`${label} logSoftmax`, () => run(output([20, 100], dtype), (out) => k.logSoftmax(out, rows, 1))];
  for (const [m, depth, n] of [
    [1, 1, 1],
    [7, 13, 5],
    [64, 300, 33],
    [3, 1100, 17],
  ] as const) {
    const [a, b] = [numbers([m, depth], dtype, 4, []), numbers([depth, n], dtype, 5, [])];
    yield [
      `${label} product ${m} ${depth} ${n}`,
      () => run(output([m, n], dtype), (out) => k.matmul(out, a, b)),
    ];
  }
}
