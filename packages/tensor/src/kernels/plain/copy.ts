import type { TypedArray } from "../../dtype.ts";
import { Layout, sliceLayout } from "../../layout.ts";
import type { Operand } from "../../storage/storage.ts";
import { copyElements, fillElements } from "../../storage/transfer.ts";
import { evenStep, forEachPlane, forEachRow } from "../loops.ts";

/** Copies and converts; a bool is 1 wherever the source is not 0. */
export function copy(out: Operand, x: Operand): void {
  const o = out.storage.data;
  const X = x.storage.data;
  if (out.storage.dtype === "bool" && x.storage.dtype !== "bool") {
    forEachRow([out.layout, x.layout], (n, [o0, x0], [os, xs]) => {
      for (let i = 0, oi = o0!, xi = x0!; i < n; i++, oi += os!, xi += xs!) o[oi] = X[xi] !== 0 ? 1 : 0;
    });
  } else if (out.layout.contiguous && x.layout.contiguous) {
    copyRange(o, out.layout.offset, X, x.layout.offset, out.layout.numel);
  } else if (out.layout.contiguous && evenStep(x.layout) === 0) {
    fillElements(o, out.layout.offset, X[x.layout.offset]!, out.layout.numel);
  } else {
    forEachPlane(planesFirst(out.layout, x.layout), (rows, columns, [o0, x0], [od, xd], [oa, xa]) => {
      if (oa === 1 && xa === 1 && columns > FEW)
        for (let i = 0; i < rows; i++) copyRange(o, o0! + i * od!, X, x0! + i * xd!, columns);
      else if (oa === 1 && xa === 0)
        for (let i = 0, at = o0!; i < rows; i++, at += od!) fillElements(o, at, X[x0! + i * xd!]!, columns);
      else copyTiles(o, o0!, od!, oa!, X, x0!, xd!, xa!, rows, columns);
    });
  }
}

/** Joins `xs` along `dim`. */
export function cat(out: Operand, xs: readonly Operand[], dim: number): void {
  pieces(out, xs, dim).forEach((piece, i) => {
    copy(piece, xs[i]!);
  });
}

/** The parts of `out` that belong to each of `xs` when they are joined along `dim`. */
export function pieces(out: Operand, xs: readonly Operand[], dim: number): Operand[] {
  let start = 0;
  return xs.map(({ layout: { shape } }) => {
    const layout = sliceLayout(out.layout, dim, start, (start += shape[dim]!), 1);
    return { storage: out.storage, layout };
  });
}

/** A few elements are copied faster one by one than through a view of them. */
const FEW = 32;

/** Copies and converts elements side by side, also where they overlap. */
function copyRange(to: TypedArray, at: number, from: TypedArray, start: number, n: number): void {
  const apart = to !== from && !mayOverlap(to, from);
  if (apart && n <= FEW) for (let i = 0; i < n; i++) to[at + i] = from[start + i]!;
  else if (apart && to.constructor === from.constructor) copyElements(to, at, from, start, n);
  else to.set(from.subarray(start, start + n), at);
}

/** Whether two arrays have bytes in common: those over linear memory and slabs do not, those that users give may. */
function mayOverlap(a: TypedArray, b: TypedArray): boolean {
  return (
    a.buffer === b.buffer &&
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength
  );
}

/** Columns that are copied together: so many lines of the cache stay at hand where a row of the one is a column of the other. */
const TILE = 16;

function copyTiles(
  o: TypedArray,
  o0: number,
  od: number,
  oa: number,
  X: TypedArray,
  x0: number,
  xd: number,
  xa: number,
  rows: number,
  columns: number,
): void {
  for (let j = 0; j < columns; j += TILE) {
    const n = Math.min(TILE, columns - j);
    for (let i = 0; i < rows; i++) {
      let oi = o0 + i * od + j * oa;
      let xi = x0 + i * xd + j * xa;
      for (let k = 0; k < n; k++, oi += oa, xi += xa) o[oi] = X[xi]!;
    }
  }
}

/**
 * Both layouts with their dimensions in another order, in which planes are large, and near in memory: beside the last dimension stands
 * the one along which `x` is dense, else the longest.
 */
export function planesFirst(out: Layout, x: Layout): readonly [Layout, Layout] {
  const last = x.shape.length - 1;
  if (last < 2) return [out, x];
  const worth = (d: number): number => (Math.abs(x.strides[d]!) === 1 ? Infinity : x.shape[d]!);
  let second = last - 1;
  for (let d = last - 2; d >= 0; d--) if (worth(d) > worth(second)) second = d;
  const order = [...x.shape.keys()].filter((d) => d !== second);
  order.splice(-1, 0, second);
  const inOrder = ({ shape, strides, offset }: Layout): Layout =>
    new Layout(
      order.map((d) => shape[d]!),
      order.map((d) => strides[d]!),
      offset,
    );
  return [inOrder(out), inOrder(x)];
}
