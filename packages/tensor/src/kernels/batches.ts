/** Products of matrices, one pair after another of two batches: what every provider's product is given. */
import type { TypedArray } from "../dtype.ts";
import { Layout } from "../layout.ts";
import type { Operand } from "../storage/storage.ts";
import { forEachRow } from "./loops.ts";

/** One matrix inside a storage. */
export interface Matrix<D extends TypedArray = TypedArray> {
  readonly data: D;
  /** Where `data` stands in linear memory, in bytes; -1 if it does not. */
  readonly address: number;
  readonly start: number;
  readonly rowStep: number;
  readonly colStep: number;
}

/** Multiplies one pair of matrices: `[m, k]` and `[k, n]`. */
export type Product<D extends TypedArray = TypedArray> = (
  o: Matrix<D>,
  a: Matrix<D>,
  b: Matrix<D>,
  m: number,
  n: number,
  k: number,
) => void;

/** Multiplies matrix by matrix. */
export function multiplyBatch(out: Operand, a: Operand, b: Operand, product: Product): void {
  const dims = out.layout.shape.length;
  const m = a.layout.shape[dims - 2]!;
  const k = a.layout.shape[dims - 1]!;
  const n = b.layout.shape[dims - 1]!;
  if (dims === 2) {
    product(matrix(out, out.layout.offset), matrix(a, a.layout.offset), matrix(b, b.layout.offset), m, n, k);
    return;
  }
  forEachRow([batch(out.layout), batch(a.layout), batch(b.layout)], (count, [o0, a0, b0], [os, as, bs]) => {
    for (let i = 0; i < count; i++) {
      product(matrix(out, o0! + i * os!), matrix(a, a0! + i * as!), matrix(b, b0! + i * bs!), m, n, k);
    }
  });
}

function batch(x: Layout): Layout {
  return new Layout(x.shape.slice(0, -2), x.strides.slice(0, -2), x.offset);
}

function matrix(x: Operand, start: number): Matrix {
  const { strides } = x.layout;
  return {
    data: x.storage.data,
    address: x.storage.address,
    start,
    rowStep: strides[strides.length - 2]!,
    colStep: strides[strides.length - 1]!,
  };
}
