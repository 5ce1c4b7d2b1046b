import { BLOCK, matmulWork, RESERVED, type Matmul } from "@torchlet/kernels";
import type { Operand } from "../../storage/storage.ts";
import { copyElements } from "../../storage/transfer.ts";
import type { Matrix, Product } from "../batches.ts";
import { isReproducible } from "../reproducible.ts";
import { partsFor, share, WIDEST, workOf } from "./threads/crew.ts";
import { elements, type Workspace } from "./workspace.ts";

type FloatMatrix = Matrix<Float32Array | Float64Array>;

/** Products are cut into pieces of at most so many rows, columns and summands, so that the pieces fit into the workspace. */
const ROWS = 1024;
const COLUMNS = WIDEST;
const SUMMANDS = 4 * BLOCK;
/** Parts for threads are a multiple of so many rows or columns: those that the product computes together. */
const TILE = 8;

/**
 * The matrix product in WebAssembly, plus `row` if there is one: pieces of operands that do not stand in linear memory are copied there
 * as they are; the product packs both.
 */
export function wasmProduct(w: Workspace, row: Operand | null = null): Product {
  const multiply: Product = (o, a, b, m, n, k) => {
    // A matrix times a column is a row times a matrix, which wastes no columns of a tile.
    if (n === 1 && m > 1 && row === null) {
      multiply(transposed(o), transposed(b), transposed(a), 1, m, k);
      return;
    }
    const task = { o, a, b, row: row && rowOf(row), n, k } as Task;
    for (let j = 0; j < n; j += COLUMNS) {
      for (let i = 0; i < m; i += ROWS) multiplyPiece(w, task, i, Math.min(ROWS, m - i), j);
    }
  };
  return multiply;
}

function transposed(x: Matrix): Matrix {
  return { ...x, rowStep: x.colStep, colStep: x.rowStep };
}

function rowOf({ storage: { data, address }, layout: { offset, strides } }: Operand): Matrix {
  return { data, address, start: offset, rowStep: 0, colStep: strides[0]! };
}

/** A whole product: `o = a b`, plus a row if there is one, for `o` of n columns and `a` of k. */
interface Task {
  readonly o: FloatMatrix;
  readonly a: FloatMatrix;
  readonly b: FloatMatrix;
  readonly row: FloatMatrix | null;
  readonly n: number;
  readonly k: number;
}

/** `rows` rows of the output from `first` on, and at most COLUMNS columns from `column` on. */
function multiplyPiece(
  w: Workspace,
  { o, a, b, row, n, k }: Task,
  first: number,
  rows: number,
  column: number,
): void {
  const columns = Math.min(COLUMNS, n - column);
  const itemSize = o.data.BYTES_PER_ELEMENT;
  const start = o.start + first * n + column;
  const inPlace = o.address >= 0;
  const C = inPlace ? { at: o.address + start * itemSize, rowStep: n } : { at: RESERVED, rowStep: columns };
  const work = inPlace ? RESERVED : RESERVED + align(rows * columns * itemSize);
  const inputs = work + align(matmulWork(columns, itemSize));
  for (let p = 0; p < k; p += SUMMANDS) {
    const depth = Math.min(SUMMANDS, k - p);
    const A = stage(w, a, first, p, rows, depth, inputs);
    const B = stage(w, b, p, column, depth, columns, A.end);
    multiply(w, itemSize, { rows, columns, depth, A, B, C, proceed: p > 0, work });
  }
  if (row !== null) {
    const add = itemSize === 4 ? w.run.addRow32 : w.run.addRow64;
    add(rows, columns, C.at, C.rowStep, denseRow(w, row, column, columns, inputs));
  }
  if (!inPlace) copyOut(elements(w, o.data), o.data, start, rows, columns, n);
}

/** Where a part of a row stands without gaps: in its own place, or copied to `at`. */
function denseRow(w: Workspace, row: FloatMatrix, column: number, columns: number, at: number): number {
  const itemSize = row.data.BYTES_PER_ELEMENT;
  const first = row.start + column * row.colStep;
  if (row.address >= 0 && row.colStep === 1) return row.address + first * itemSize;
  const to = elements(w, row.data);
  for (let j = 0, t = at / itemSize; j < columns; j++) to[t + j] = row.data[first + j * row.colStep]!;
  return at;
}

/** A product in linear memory. */
interface Piece {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly A: Strided;
  readonly B: Strided;
  readonly C: { readonly at: number; readonly rowStep: number };
  /** Whether the sums that C holds go on. */
  readonly proceed: boolean;
  /** Room for packing. */
  readonly work: number;
}

/** Multiplies, with the help of threads where that pays. */
function multiply(w: Workspace, itemSize: number, piece: Piece): void {
  const fused = itemSize === 4 && !isReproducible() ? w.fused()?.run.matmul32 : undefined;
  const f = fused ?? (itemSize === 4 ? w.run.matmul32 : w.run.matmul64);
  const count = partsFor(w, piece.rows * piece.columns * piece.depth);
  if (count === 1) f(...argumentsOf(piece));
  else share(f, cut(piece, itemSize, count).map(argumentsOf));
}

function argumentsOf({ rows, columns, depth, A, B, C, proceed, work }: Piece): Parameters<Matmul> {
  // prettier-ignore
  return [rows, columns, depth, A.at, A.rowStep, A.colStep, B.at, B.rowStep, B.colStep, C.at, C.rowStep, Number(proceed), work];
}

/** Parts of C next to each other: of its longer side, so that the operand which every part packs is the smaller. */
function cut(piece: Piece, itemSize: number, count: number): Piece[] {
  const { rows, columns, A, B, C } = piece;
  const across = columns > rows;
  const size = across ? columns : rows;
  const length = Math.ceil(size / count / TILE) * TILE;
  const parts: Piece[] = [];
  for (let i = 0; i < size; i += length) {
    const n = Math.min(length, size - i);
    const work = i === 0 ? piece.work : workOf(parts.length);
    parts.push(
      across
        ? {
            ...piece,
            work,
            columns: n,
            B: { ...B, at: B.at + i * B.colStep * itemSize },
            C: { ...C, at: C.at + i * itemSize },
          }
        : {
            ...piece,
            work,
            rows: n,
            A: { ...A, at: A.at + i * A.rowStep * itemSize },
            C: { ...C, at: C.at + i * C.rowStep * itemSize },
          },
    );
  }
  return parts;
}

/** A piece of a matrix in linear memory: where it begins, in bytes, and its strides, in elements. */
interface Strided {
  readonly at: number;
  readonly rowStep: number;
  readonly colStep: number;
}

interface Staged extends Strided {
  /** Where the workspace goes on. */
  readonly end: number;
}

/**
 * A piece of a matrix where it stands, or a copy of it at `at`: made in one go with what lies between its elements, if that is little;
 * else element by element.
 */
function stage(
  w: Workspace,
  x: FloatMatrix,
  row: number,
  column: number,
  rows: number,
  columns: number,
  at: number,
): Staged {
  const to = elements(w, x.data);
  const itemSize = x.data.BYTES_PER_ELEMENT;
  const target = at / itemSize;
  const { rowStep, colStep } = x;
  const first = x.start + row * rowStep + column * colStep;
  if (x.address >= 0) return { at: x.address + first * itemSize, end: at, rowStep, colStep };
  const span = (rows - 1) * rowStep + (columns - 1) * colStep + 1;
  if (rowStep >= 0 && colStep >= 0 && span <= 2 * rows * columns) {
    copyElements(to, target, x.data, first, span);
    return { at, end: at + align(span * itemSize), rowStep, colStep };
  }
  for (let i = 0, t = target; i < rows; i++) {
    for (let j = 0, f = first + i * rowStep; j < columns; j++, t++, f += colStep) to[t] = x.data[f]!;
  }
  return { at, end: at + align(rows * columns * itemSize), rowStep: columns, colStep: 1 };
}

/** Copies the product at RESERVED in linear memory to where it belongs in a matrix of `n` columns. */
function copyOut(
  from: Float32Array | Float64Array,
  to: Float32Array | Float64Array,
  start: number,
  rows: number,
  columns: number,
  n: number,
): void {
  const first = RESERVED / from.BYTES_PER_ELEMENT;
  if (columns === n) copyElements(to, start, from, first, rows * n);
  else for (let i = 0; i < rows; i++) copyElements(to, start + i * n, from, first + i * columns, columns);
}

function align(bytes: number): number {
  return (bytes + 63) & -64;
}
