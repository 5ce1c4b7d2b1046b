import { BLOCK } from "@torchlet/kernels";
import type { DType, TypedArray } from "../../dtype.ts";
import { expandLayout } from "../../layout.ts";
import type { Operand } from "../../storage/storage.ts";
import { multiplyBatch, type Product } from "../batches.ts";
import { binary } from "./elementwise.ts";

/** `out[..., m, n] = a[..., m, k] b[..., k, n]` with equal batch dimensions; any strides, so transposed operands cost nothing. */
export function matmul(out: Operand, a: Operand, b: Operand): void {
  multiplyBatch(out, a, b, products[out.storage.dtype]);
}

/** `out[m, n] = a[m, k] b[k, n] + row[n]`. */
export function addmm(out: Operand, row: Operand, a: Operand, b: Operand): void {
  matmul(out, a, b);
  binary(out, "add", out, repeatedRow(row, out));
}

/** A row as often as `out` has rows. */
export function repeatedRow({ storage, layout }: Operand, out: Operand): Operand {
  return { storage, layout: expandLayout("addmm", layout, out.layout.shape) };
}

/** The sum of `k` products of elements that stand evenly spaced. */
type Dot<D> = (a: D, ai: number, as: number, b: D, bi: number, bs: number, k: number) => number;

function product<D extends TypedArray>(dot: Dot<D>): Product<D> {
  return (o, a, b, m, n, k) => {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        o.data[o.start + i * o.rowStep + j * o.colStep] = dot(
          a.data,
          a.start + i * a.rowStep,
          a.colStep,
          b.data,
          b.start + j * b.colStep,
          b.rowStep,
          k,
        );
      }
    }
  };
}

// The order in which products are added is the same for every provider of kernels, so that all that round each product give the same bits.

/** In the order of k. */
const dot64: Dot<Float64Array> = (a, ai, as, b, bi, bs, k) => {
  let sum = 0;
  for (let p = 0; p < k; p++, ai += as, bi += bs) sum += a[ai]! * b[bi]!;
  return sum;
};

/** Blocks of products in the order of k, then the blocks: rounding errors grow with the length of a block, not of the whole sum. */
const dot32: Dot<Float32Array> = (a, ai, as, b, bi, bs, k) => {
  let total = 0;
  for (let start = 0; start < k; start += BLOCK) {
    const end = Math.min(k, start + BLOCK);
    let sum = Math.fround(0);
    for (let p = start; p < end; p++, ai += as, bi += bs) {
      sum = Math.fround(sum + Math.fround(a[ai]! * b[bi]!));
    }
    total = start === 0 ? sum : Math.fround(total + sum);
  }
  return total;
};

/** Exact modulo 2^32, which a sum of doubles is not. */
const dotInt: Dot<Int32Array | Uint8Array> = (a, ai, as, b, bi, bs, k) => {
  let sum = 0;
  for (let p = 0; p < k; p++, ai += as, bi += bs) sum = (sum + Math.imul(a[ai]!, b[bi]!)) | 0;
  return sum;
};

const products = {
  float32: product(dot32),
  float64: product(dot64),
  int32: product(dotInt),
  bool: product(dotInt),
} as unknown as Record<DType, Product>;
