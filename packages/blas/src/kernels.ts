import { isReproducible } from "@torchlet/tensor";
import {
  contiguousLayout,
  Layout,
  multiplyBatch,
  Storage,
  type Kernels,
  type Matrix,
  type Operand,
  type Product,
} from "@torchlet/tensor/kernels";
import type { Gemm, Library } from "./library.ts";

const ROW_MAJOR = 101;
const NO_TRANSPOSE = 111;
const TRANSPOSE = 112;

/** From how many multiplications on a call of BLAS, some 0.5 µs, is faster than torchlet's own kernels; measured. */
const WORTH_A_CALL = 100;

type FloatArray = Float32Array | Float64Array;

/** The kernels of `base` with BLAS for matrix products from `smallest` multiplications on, unless results must be reproducible. */
export function withBlas(library: Library, base: Kernels, smallest = WORTH_A_CALL): Kernels {
  // A native function reads whatever array it is given as numbers of its own type, so the dtype decides here and nowhere else.
  const products: Partial<Record<string, Record<"overwrite" | "add", Product>>> = {
    float32: bothProducts(library.sgemm, Float32Array),
    float64: bothProducts(library.dgemm, Float64Array),
  };
  const productsFor = (out: Operand, a: Operand): Record<"overwrite" | "add", Product> | undefined =>
    isReproducible() || multiplications(out, a) < smallest ? undefined : products[out.storage.dtype];
  return {
    ...base,
    name: "blas",
    matmul(out, a, b) {
      const multiply = productsFor(out, a)?.overwrite;
      if (multiply === undefined) base.matmul(out, a, b);
      else multiplyBatch(out, walkable(a, base), walkable(b, base), multiply);
    },
    addmm(out, row, a, b) {
      const multiply = productsFor(out, a)?.add;
      if (multiply === undefined) {
        base.addmm(out, row, a, b);
        return;
      }
      repeatRow(out, row, base);
      multiplyBatch(out, walkable(a, base), walkable(b, base), multiply);
    },
  };
}

/** Fills a contiguous output with a row, again and again. */
function repeatRow({ storage, layout: { offset, numel } }: Operand, row: Operand, base: Kernels): void {
  const n = row.layout.numel;
  base.copy({ storage, layout: new Layout([n], [1], offset) }, row);
  for (let filled = n; filled < numel; filled *= 2)
    storage.data.copyWithin(offset + filled, offset, offset + Math.min(filled, numel - filled));
}

/** How many multiplications each product of a batch takes; 0 where there is nothing to multiply. */
function multiplications(out: Operand, a: Operand): number {
  return out.layout.numel === 0
    ? 0
    : out.layout.shape.at(-2)! * out.layout.shape.at(-1)! * a.layout.shape.at(-1)!;
}

/** The operand itself if BLAS can read its matrices as they stand, else a copy. */
function walkable(x: Operand, base: Kernels): Operand {
  const { shape, strides } = x.layout;
  if (walk(shape.at(-2)!, shape.at(-1)!, strides.at(-2)!, strides.at(-1)!) !== null) return x;
  const dense = {
    storage: Storage.allocate(x.storage.dtype, x.layout.numel),
    layout: contiguousLayout(shape),
  };
  base.copy(dense, x);
  return dense;
}

/** The product alone, and the product added to what is there. */
function bothProducts<D extends FloatArray>(
  gemm: Gemm<D>,
  type: ArrayType<D>,
): Record<"overwrite" | "add", Product> {
  return { overwrite: product(gemm, type, 0), add: product(gemm, type, 1) };
}

interface ArrayType<D> {
  new (length: number): D;
  readonly prototype: D;
}

/** `C = A B + beta C`. */
function product<D extends FloatArray>(gemm: Gemm<D>, type: ArrayType<D>, beta: 0 | 1): Product {
  const from = ({ data, start }: Matrix): D => {
    if (!(data instanceof type))
      throw new TypeError(`BLAS expects a ${type.name}, got a ${data.constructor.name}`);
    return start === 0 ? data : (data.subarray(start) as D);
  };
  return (o, a, b, m, n, k) => {
    const A = walk(m, k, a.rowStep, a.colStep)!;
    const B = walk(k, n, b.rowStep, b.colStep)!;
    gemm(ROW_MAJOR, A.transpose, B.transpose, m, n, k, 1, from(a), A.lead, from(b), B.lead, beta, from(o), n);
  };
}

/** How BLAS walks a matrix. */
interface Walk {
  readonly transpose: typeof NO_TRANSPOSE | typeof TRANSPOSE;
  /** The leading dimension: elements from one row (or column, if transposed) to the next. */
  readonly lead: number;
}

/** BLAS needs dense rows or dense columns that do not overlap; null if there are neither. */
function walk(rows: number, columns: number, rowStep: number, colStep: number): Walk | null {
  if ((colStep === 1 || columns === 1) && (rowStep >= columns || rows === 1))
    return { transpose: NO_TRANSPOSE, lead: rows === 1 ? columns : rowStep };
  if ((rowStep === 1 || rows === 1) && (colStep >= rows || columns === 1))
    return { transpose: TRANSPOSE, lead: columns === 1 ? rows : colStep };
  return null;
}
