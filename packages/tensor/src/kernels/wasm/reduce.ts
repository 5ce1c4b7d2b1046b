import { RESERVED, type ColumnSums } from "@torchlet/kernels";
import type { Layout } from "../../layout.ts";
import type { Operand } from "../../storage/storage.ts";
import { copyElements } from "../../storage/transfer.ts";
import { partsFor, share, type Call } from "./threads/crew.ts";
import { elements, standsAlone, type Workspace } from "./workspace.ts";

/** Elements that are copied in at a time: they stay in the second-level cache. */
export const CHUNK = 32768;
/** How long an element of a sum takes, in multiplications of a product; less than it does alone, since threads share what memory delivers. */
const SUM = 1;
/** The longest line and the largest matrix that are copied in at once. */
export const LARGEST = 2 ** 20;
/** Where copies of the inputs stand; the output is at RESERVED. */
const INPUTS = [RESERVED + (LARGEST + 16) * 8, RESERVED + 2 * (LARGEST + 16) * 8] as const;

/** Bytes behind the last row of a part that may be overwritten: they must not be another part's, so parts in the workspace keep apart. */
const BEHIND = 64;

/** A contiguous operand as a matrix, and along which of its sides it is reduced. */
export interface Reduction {
  readonly along: "rows" | "columns";
  readonly rows: number;
  readonly columns: number;
}

/** Whether the reduced dimensions are the innermost (each row gives one result) or the outermost (each column does); else null. */
export function reductionOf(out: Layout, x: Layout): Reduction | null {
  if (!x.contiguous) return null;
  const reduced = x.shape.map((size, d) => size !== 1 && out.shape[d] === 1);
  const sized = x.shape.map((size, d) => ({ size, reduced: reduced[d]! })).filter(({ size }) => size !== 1);
  const changes = sized.filter((dim, d) => d > 0 && dim.reduced !== sized[d - 1]!.reduced).length;
  if (changes > 1 || sized.length === 0) return null;
  const numel = (wanted: boolean): number =>
    sized.reduce((n, dim) => (dim.reduced === wanted ? n * dim.size : n), 1);
  return sized[sized.length - 1]!.reduced
    ? { along: "rows", rows: numel(false), columns: numel(true) }
    : { along: "columns", rows: numel(true), columns: numel(false) };
}

/** The sum of rows or columns; false if the matrix is too large for the workspace. */
export function sum(w: Workspace, out: Operand, x: Operand, { along, rows, columns }: Reduction): boolean {
  const { run } = w;
  const sums = {
    float32: { rows: run.rowSums32, columns: run.columnSums32 },
    float64: { rows: run.rowSums64, columns: run.columnSums64 },
    int32: { rows: run.rowSumsInt32, columns: run.columnSumsInt32 },
    bool: null,
  }[x.storage.dtype]!;
  x.storage.noteUse();
  if (along === "rows" && rows === 1) {
    const sumOf = x.storage.dtype === "int32" ? sumOfIntegers : sumOfLine;
    out.storage.data[out.layout.offset] = sumOf(w, x, x.layout.offset, columns);
    return true;
  }
  if (along === "rows" && columns <= CHUNK) {
    eachRows(w, sums.rows, out, [x], rows, columns, 1, SUM);
    return true;
  }
  if (along === "rows" || rows * columns > LARGEST) return false;
  sumColumns(w, sums.columns, out, x, rows, columns);
  return true;
}

function sumColumns(
  w: Workspace,
  run: ColumnSums,
  out: Operand,
  x: Operand,
  rows: number,
  columns: number,
): void {
  const itemSize = out.storage.data.BYTES_PER_ELEMENT;
  const at = stage(w, x, x.layout.offset, rows * columns);
  const width = Math.ceil(columns / partsFor(w, SUM * rows * columns) / BEHIND) * BEHIND;
  const calls: number[][] = [];
  for (let j = 0; j < columns; j += width)
    calls.push([RESERVED + j * itemSize, at + j * itemSize, rows, Math.min(width, columns - j), columns]);
  share(run, calls);
  copyOut(w, out, RESERVED, out.layout.offset, columns);
}

function sumOfIntegers(w: Workspace, x: Operand, start: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i += CHUNK) {
    const count = Math.min(CHUNK, n - i);
    w.run.rowSumsInt32(RESERVED, stage(w, x, start + i, count), 1, count);
    sum += w.int32[RESERVED / 4]!;
  }
  return sum;
}

/** The halves of a line too long for the workspace are those of the pairwise sum, so the order of additions stays the same. */
function sumOfLine(w: Workspace, x: Operand, start: number, n: number): number {
  if (n > LARGEST) {
    const half = halfOf(n);
    return sumOfLine(w, x, start, half) + sumOfLine(w, x, start + half, n - half);
  }
  const run = x.storage.dtype === "float32" ? w.run.sum32 : w.run.sum64;
  const halvings = 31 - Math.clz32(partsFor(w, SUM * n));
  const calls: number[][] = [];
  const at = stage(w, x, start, n);
  const result = halve(calls, at, n, x.storage.data.BYTES_PER_ELEMENT, halvings);
  share(run, calls);
  return result(w.float64);
}

/** Cuts a line into its halves, and so on; returns what adds up their sums. */
function halve(calls: number[][], at: number, n: number, itemSize: number, times: number): PartialSums {
  if (times === 0) {
    const to = RESERVED / 8 + calls.length;
    calls.push([8 * to, at, n]);
    return (memory) => memory[to]!;
  }
  const half = halfOf(n);
  const left = halve(calls, at, half, itemSize, times - 1);
  const right = halve(calls, at + half * itemSize, n - half, itemSize, times - 1);
  return (memory) => left(memory) + right(memory);
}

/** Adds up sums of parts that stand in memory. */
type PartialSums = (memory: Float64Array) => number;

/** How long the first half of a pairwise sum is. */
function halfOf(n: number): number {
  return (n >> 1) & -8;
}

/**
 * Runs a function of rows, which takes the places of the output and the inputs, how many rows and columns, and `extra` numbers, over as
 * many rows at a time as a chunk holds, or all where nothing is copied; each row gives `each` elements. Threads help if an element takes as
 * long as `cost` multiplications of a product.
 */
export function eachRows(
  w: Workspace,
  run: Call,
  out: Operand,
  inputs: readonly Operand[],
  rows: number,
  columns: number,
  each: number,
  cost = 0,
  extra: readonly number[] = [],
): void {
  const inPlace = each === 1 && inputs.every((x) => x.storage.address >= 0);
  const most = Math.max(1, Math.floor((inPlace ? LARGEST : CHUNK) / columns));
  const itemSize = out.storage.data.BYTES_PER_ELEMENT;
  for (let r = 0; r < rows; r += most) {
    const down = Math.min(most, rows - r);
    const from = inputs.map((x, i) => stage(w, x, x.layout.offset + r * columns, down * columns, INPUTS[i]));
    const to = out.layout.offset + r * each;
    const parts = partsFor(w, cost * down * columns);
    const direct = standsAlone(out) && (parts === 1 || (each * itemSize) % BEHIND === 0);
    const at = direct ? out.storage.address + to * itemSize : RESERVED;
    const height = Math.ceil(down / parts);
    const calls: number[][] = [];
    for (let i = 0; i < down; i += height) {
      const target = at + i * each * itemSize + (direct ? 0 : calls.length * BEHIND);
      const places = from.map((address) => address + i * columns * itemSize);
      calls.push([target, ...places, Math.min(height, down - i), columns, ...extra]);
    }
    share(run, calls);
    if (!direct)
      calls.forEach(([target], i) => {
        const n = Math.min(height, down - i * height) * each;
        copyOut(w, out, target!, to + i * height * each, n);
      });
  }
}

/** Where `n` elements from `start` on stand: in their own place, or copied to `slot`, where the first input belongs if none is named. */
export function stage(
  w: Workspace,
  { storage: { address, data } }: Operand,
  start: number,
  n: number,
  slot = INPUTS[0],
): number {
  if (address >= 0) return address + start * data.BYTES_PER_ELEMENT;
  copyElements(elements(w, data), slot / data.BYTES_PER_ELEMENT, data, start, n);
  return slot;
}

/** Where up to two contiguous inputs stand, or copies of them. */
export function stageAll(w: Workspace, inputs: readonly Operand[]): number[] {
  for (const { storage } of inputs) storage.noteUse();
  return inputs.map((x, i) => stage(w, x, x.layout.offset, x.layout.numel, INPUTS[i]));
}

/** Copies `n` elements at `address` in linear memory to where they belong. */
export function copyOut(
  w: Workspace,
  { storage: { data } }: Operand,
  address: number,
  start: number,
  n: number,
): void {
  copyElements(data, start, elements(w, data), address / data.BYTES_PER_ELEMENT, n);
}
