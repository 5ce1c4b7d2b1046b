import { Layout } from "../layout.ts";
import type { Operand } from "../storage.ts";
import type { TypedArray } from "../dtype.ts";
import { forEachRow } from "./loops.ts";

/** One matrix inside a storage. */
interface Matrix {
  readonly data: TypedArray;
  readonly start: number;
  readonly rowStep: number;
  readonly colStep: number;
}

/** `out[..., m, n] = a[..., m, k] b[..., k, n]` with equal batch dimensions; any strides, so transposed operands cost nothing. */
export function matmul(out: Operand, a: Operand, b: Operand): void {
  const [m, k] = a.layout.shape.slice(-2) as [number, number];
  const n = b.layout.shape.at(-1)!;
  const product =
    out.storage.dtype === "int32" ? integerProduct : m * n * k < SMALL ? directProduct : packedProduct;
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
  return {
    data: x.storage.data,
    start,
    rowStep: x.layout.strides.at(-2)!,
    colStep: x.layout.strides.at(-1)!,
  };
}

type Product = (o: Matrix, a: Matrix, b: Matrix, m: number, n: number, k: number) => void;

/** Below this many multiplications packing does not pay. */
const SMALL = 4096;

const directProduct: Product = (o, a, b, m, n, k) => {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (
        let p = 0, ai = a.start + i * a.rowStep, bi = b.start + j * b.colStep;
        p < k;
        p++, ai += a.colStep, bi += b.rowStep
      ) {
        sum += a.data[ai]! * b.data[bi]!;
      }
      o.data[o.start + i * o.rowStep + j * o.colStep] = sum;
    }
  }
};

/** Exact modulo 2^32, which a product of doubles is not. */
const integerProduct: Product = (o, a, b, m, n, k) => {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) {
        sum =
          (sum +
            Math.imul(
              a.data[a.start + i * a.rowStep + p * a.colStep]!,
              b.data[b.start + p * b.rowStep + j * b.colStep]!,
            )) |
          0;
      }
      o.data[o.start + i * o.rowStep + j * o.colStep] = sum;
    }
  }
};

/** Rows and columns that the innermost loop keeps in registers. */
const TILE = 4;
let packedA = new Float64Array(0);
let packedB = new Float64Array(0);

/**
 * Copies both operands into panels of `TILE` rows or columns, then multiplies panel by panel. Sums are formed in double precision,
 * in the order of `k`, so that every path gives the same bits.
 */
const packedProduct: Product = (o, a, b, m, n, k) => {
  const panelsA = Math.ceil(m / TILE);
  const panelsB = Math.ceil(n / TILE);
  if (packedA.length < panelsA * TILE * k) packedA = new Float64Array(panelsA * TILE * k);
  if (packedB.length < panelsB * TILE * k) packedB = new Float64Array(panelsB * TILE * k);
  pack(packedA, a.data, a.start, a.rowStep, a.colStep, m, k);
  pack(packedB, b.data, b.start, b.colStep, b.rowStep, n, k);
  for (let j = 0; j < panelsB; j++) {
    for (let i = 0; i < panelsA; i++) {
      multiplyTile(i * TILE * k, j * TILE * k, k);
      storeTile(o, i * TILE, j * TILE, Math.min(TILE, m - i * TILE), Math.min(TILE, n - j * TILE));
    }
  }
};

function pack(
  to: Float64Array,
  from: TypedArray,
  start: number,
  lineStep: number,
  step: number,
  lines: number,
  k: number,
): void {
  for (let line = 0, panel = 0; line < lines; line += TILE, panel += TILE * k) {
    for (let r = 0; r < TILE; r++) {
      if (line + r < lines) {
        for (let p = 0, x = start + (line + r) * lineStep, q = panel + r; p < k; p++, x += step, q += TILE)
          to[q] = from[x]!;
      } else {
        for (let p = 0, q = panel + r; p < k; p++, q += TILE) to[q] = 0;
      }
    }
  }
}

const tile = new Float64Array(TILE * TILE);

function multiplyTile(startA: number, startB: number, k: number): void {
  halfTile(startA, startB, k, 0);
  halfTile(startA, startB, k, 2);
}

/** Four rows by two columns: as many sums as fit into the registers of common processors. */
function halfTile(startA: number, startB: number, k: number, column: number): void {
  const A = packedA;
  const B = packedB;
  let c00 = 0,
    c01 = 0,
    c10 = 0,
    c11 = 0,
    c20 = 0,
    c21 = 0,
    c30 = 0,
    c31 = 0;
  for (let p = 0, i = startA, j = startB + column; p < k; p++, i += TILE, j += TILE) {
    const b0 = B[j]!;
    const b1 = B[j + 1]!;
    const a0 = A[i]!;
    c00 += a0 * b0;
    c01 += a0 * b1;
    const a1 = A[i + 1]!;
    c10 += a1 * b0;
    c11 += a1 * b1;
    const a2 = A[i + 2]!;
    c20 += a2 * b0;
    c21 += a2 * b1;
    const a3 = A[i + 3]!;
    c30 += a3 * b0;
    c31 += a3 * b1;
  }
  tile[column] = c00;
  tile[column + 1] = c01;
  tile[column + 4] = c10;
  tile[column + 5] = c11;
  tile[column + 8] = c20;
  tile[column + 9] = c21;
  tile[column + 12] = c30;
  tile[column + 13] = c31;
}

function storeTile(o: Matrix, row: number, column: number, rows: number, columns: number): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      o.data[o.start + (row + r) * o.rowStep + (column + c) * o.colStep] = tile[r * TILE + c]!;
    }
  }
}
