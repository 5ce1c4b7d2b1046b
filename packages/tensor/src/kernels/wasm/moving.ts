import { RESERVED, type PickElements } from "@torchlet/kernels";
import type { Layout } from "../../layout.ts";
import type { Operand } from "../../storage/storage.ts";
import { copyElements } from "../../storage/transfer.ts";
import { evenStep, forEachPlane } from "../loops.ts";
import { copy, pieces, planesFirst } from "../plain/copy.ts";
import { lineStarts } from "../plain/indexing.ts";
import { elements, type Workspace } from "./workspace.ts";

/** The bytes of the workspace that copies of operands may take. */
const ROOM = 2 ** 25 - RESERVED;
/** Operands of which so many elements stand between those that are moved are not copied in as a whole. */
const GAPS = 4;

/** Fewer elements are moved faster by plain loops. */
export const FEW = 512;

/** Copies and converts; in WebAssembly where elements are moved as they are, but not all in one run, or one to all places. */
export function copyMoving(w: Workspace, out: Operand, x: Operand): void {
  const runs = out.layout.contiguous && evenStep(x.layout) >= 0;
  const alike = out.storage.dtype === x.storage.dtype && out.storage !== x.storage;
  if (runs || !alike || !copyStrided(w, out, x)) copy(out, x);
}

/** Copies elements as they are, between storages of one dtype; false if they stand too far apart. */
function copyStrided(w: Workspace, out: Operand, x: Operand): boolean {
  return inMemory(w, out, [x], out.layout, ([to, from]) => {
    copyPlanes(w, out, to!, x, from!);
  });
}

/** Joins operands of one dtype along `dim`; false if all are single runs, or stand too far apart. */
export function catStrided(w: Workspace, out: Operand, xs: readonly Operand[], dim: number): boolean {
  const parts = pieces(out, xs, dim);
  if (parts.every(({ layout }, i) => layout.contiguous && xs[i]!.layout.contiguous)) return false;
  return inMemory(w, out, xs, out.layout, ([to, ...from]) => {
    parts.forEach((piece, i) => {
      copyPlanes(w, piece, to!, xs[i]!, from[i]!);
    });
  });
}

/** Copies what stands at `from` in linear memory to `to`. */
function copyPlanes(w: Workspace, out: Operand, to: number, x: Operand, from: number): void {
  const itemSize = x.storage.data.BYTES_PER_ELEMENT;
  const run = itemSize === 1 ? w.run.copyPlane8 : itemSize === 4 ? w.run.copyPlane32 : w.run.copyPlane64;
  forEachPlane(planesFirst(out.layout, x.layout), (rows, columns, [o, i], [od, id], [oa, ia]) => {
    run(to + o! * itemSize, od!, oa!, from + i! * itemSize, id!, ia!, rows, columns);
  });
}

/** Gathers elements of 32 or 64 bits; false if those to choose from are many more than those that are taken. */
export function gatherStrided(w: Workspace, out: Operand, x: Operand, dim: number, index: Operand): boolean {
  const itemSize = x.storage.data.BYTES_PER_ELEMENT;
  const run = itemSize === 4 ? w.run.gather32 : w.run.gather64;
  return inMemory(w, out, [x, index], out.layout, ([to, from, at]) => {
    pickPlanes(run, dim, [out, to!], [x, from!], x, [index, at!]);
  });
}

/** Sets or adds elements of 32 or 64 bits; false if they go among many more. */
export function scatterStrided(
  w: Workspace,
  out: Operand,
  op: "set" | "add",
  dim: number,
  index: Operand,
  src: Operand,
): boolean {
  const bits = out.storage.data.BYTES_PER_ELEMENT === 4 ? 32 : 64;
  const run = op === "set" ? w.run[`scatter${bits}`] : w.run[`scatterAdd${bits}`];
  return inMemory(
    w,
    out,
    [src, index],
    index.layout,
    ([to, from, at]) => {
      pickPlanes(run, dim, [out, to!], [src, from!], out, [index, at!]);
    },
    true,
  );
}

/** An operand, and where element 0 of its storage stands in linear memory. */
type Placed = readonly [operand: Operand, place: number];

/** Calls `run` for plane after plane of an index that points into `target`, the output or the input. */
function pickPlanes(
  run: PickElements,
  dim: number,
  [out, to]: Placed,
  [x, from]: Placed,
  target: Operand,
  [index, at]: Placed,
): void {
  const itemSize = x.storage.data.BYTES_PER_ELEMENT;
  const step = target.layout.strides[dim] ?? 0;
  const layoutOf = (operand: Operand): Layout =>
    operand === target ? lineStarts(operand.layout, index.layout, dim) : operand.layout;
  forEachPlane(
    [layoutOf(out), layoutOf(x), index.layout],
    (rows, columns, [o, i, k], [od, id, kd], [oa, ia, ka]) => {
      const [o0, x0, k0] = [to + o! * itemSize, from + i! * itemSize, at + k! * 4];
      run(o0, od!, oa!, x0, id!, ia!, step, k0, kd!, ka!, rows, columns);
    },
  );
}

/**
 * Calls `run` with where element 0 of each operand's storage stands in linear memory, the output first: in its own place, or in a copy.
 * False if there is no room, or the part of an operand to be copied is much larger than `moved`, the layout of what moves. The output
 * keeps what `run` does not overwrite if `keep` says so, or it has gaps.
 */
function inMemory(
  w: Workspace,
  out: Operand,
  inputs: readonly Operand[],
  moved: Layout,
  run: (places: readonly number[]) => void,
  keep = !out.layout.contiguous,
): boolean {
  for (const { storage } of inputs) storage.noteUse();
  const spans = [out, ...inputs].map(({ layout }) => spanOf(layout));
  const outside = ({ storage }: Operand): boolean => storage.address < 0;
  const copied = [out, ...inputs].map((x, k) => (outside(x) ? bytesOf(x, spans[k]!) : 0));
  if ([out, ...inputs].some((x, k) => outside(x) && spans[k]!.length > GAPS * moved.numel)) return false;
  if (copied.reduce((sum, bytes) => sum + bytes) > ROOM) return false;
  let free = RESERVED;
  const places = [out, ...inputs].map((x, k) => {
    if (!outside(x)) return x.storage.address;
    const at = free;
    free += copied[k]!;
    return at - spans[k]!.start * x.storage.data.BYTES_PER_ELEMENT;
  });
  inputs.forEach((x, k) => {
    if (outside(x)) copyIn(w, x, spans[k + 1]!, places[k + 1]!);
  });
  if (outside(out) && keep) copyIn(w, out, spans[0]!, places[0]!);
  run(places);
  if (outside(out)) copyOut(w, out, spans[0]!, places[0]!);
  return true;
}

/** A part of a storage. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/** From the lowest to the highest element that a layout reaches. */
function spanOf({ shape, strides, offset }: Layout): Span {
  if (shape.includes(0)) return { start: offset, length: 0 };
  let [start, end] = [offset, offset + 1];
  for (let d = 0; d < shape.length; d++) {
    const reach = (shape[d]! - 1) * strides[d]!;
    if (reach < 0) start += reach;
    else end += reach;
  }
  return { start, length: end - start };
}

/** What a copy takes, up to the next place where any element may stand. */
function bytesOf({ storage: { data } }: Operand, { length }: Span): number {
  return Math.ceil((length * data.BYTES_PER_ELEMENT) / 64) * 64;
}

function copyIn(w: Workspace, { storage: { data } }: Operand, { start, length }: Span, place: number): void {
  copyElements(elements(w, data), place / data.BYTES_PER_ELEMENT + start, data, start, length);
}

function copyOut(w: Workspace, { storage: { data } }: Operand, { start, length }: Span, place: number): void {
  copyElements(data, start, elements(w, data), place / data.BYTES_PER_ELEMENT + start, length);
}
