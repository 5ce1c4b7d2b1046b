import { tensor } from "./create.ts";
import { DTypeError, IndexError, ShapeError, ValueError } from "./errors.ts";
import { hidden } from "./op.ts";
import { indexSelect } from "./ops/gather.ts";
import { nonzeroFlat } from "./ops/masks.ts";
import { select, slice as sliceView } from "./ops/views/parts.ts";
import { reshape, unsqueeze } from "./ops/views/reshape.ts";
import { broadcastShapes, format, numelOf, sameShape, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** A range of indices, made by {@link slice}. */
export interface Slice {
  /** The first index; null: from the beginning. Negative counts from the end. */
  readonly start: number | null;
  /** The index after the last; null: to the end. Negative counts from the end. */
  readonly stop: number | null;
  /** The distance between indices, at least 1. */
  readonly step: number;
}

/**
 * What selects along one dimension (or, for `null` and `"..."`, between them) in {@link at}:
 *
 * - a number: that index, and the dimension disappears; negative counts from the end
 * - `":"`, `"1:"`, `":-1"`, `"::2"`, `"1:7:2"` or {@link slice}: a range, as in Python
 * - `null`: a new dimension of size 1
 * - `"..."`: as many `":"` as are missing
 * - an int32 tensor or an array of numbers: these indices, in this order
 * - a bool tensor or an array of booleans: the positions where it is true
 */
export type Index =
  number | null | "..." | `${string}:${string}` | Slice | Tensor | readonly number[] | readonly boolean[];

/**
 * A range of indices for {@link at}: from `start` (inclusive) to `stop` (exclusive) in steps of `step`; `slice(3)` stops at 3.
 *
 * PyTorch and Python: `x[start:stop:step]`. The same range can be written as a string, `"1:7:2"`.
 *
 * @param args - `stop`; or `start`, `stop` and `step`. `null` means "from the beginning" or "to the end".
 * @throws ValueError if `step` is not a positive integer.
 *
 * @example
 * ```ts
 * import { arange, slice } from "@torchlet/tensor";
 *
 * arange(10).at(slice(1, 7, 2)).toArray(); // => [1, 3, 5]
 * arange(10).at("-3:").toArray(); // => [7, 8, 9]
 * ```
 */
export function slice(
  ...args:
    | readonly [stop: number | null]
    | readonly [start: number | null, stop: number | null, step?: number | null]
): Slice {
  const [start, stop, step] = args.length === 1 ? [null, args[0], null] : args;
  return checkedSlice(start, stop, step ?? 1);
}

function checkedSlice(start: number | null, stop: number | null, step: number): Slice {
  for (const bound of [start, stop])
    if (bound !== null && !Number.isInteger(bound))
      throw new ValueError("slice", `bounds must be integers or null, got ${bound}`);
  if (!Number.isInteger(step) || step < 1)
    throw new ValueError("slice", `step must be a positive integer, got ${step}; to go backwards use flip`);
  return { start, stop, step };
}

function parseSlice(text: string): Slice {
  const parts = text.split(":").map((part) => part.trim());
  const numbers = parts.map((part) => (part === "" ? null : Number(part)));
  if (parts.length < 2 || parts.length > 3 || numbers.some(Number.isNaN)) {
    throw new ValueError(
      "at",
      `cannot read the index ${JSON.stringify(text)}; write "start:stop:step", for example "1:7:2" or ":", or "..."`,
    );
  }
  return checkedSlice(numbers[0]!, numbers[1]!, numbers[2] ?? 1);
}

function isSlice(index: Index): index is Slice {
  return typeof index === "object" && index !== null && !(index instanceof Tensor) && "step" in index;
}

/** Numbers and booleans in arrays, as tensors that can index. */
function asTensor(index: Tensor | readonly number[] | readonly boolean[]): Tensor {
  if (!(index instanceof Tensor)) checkNumbers(index);
  const x =
    index instanceof Tensor
      ? index
      : tensor(index, index.length === 0 || typeof index[0] === "number" ? { dtype: "int32" } : {});
  if (x.dtype !== "int32" && x.dtype !== "bool")
    throw new DTypeError(
      "at",
      `an index tensor must be int32 or bool, got ${x.dtype}; convert it with .to("int32"), or compare it to get a mask`,
    );
  return x;
}

/** Throws if there are numbers with a fraction, which would be cut off. */
function checkNumbers(index: readonly number[] | readonly boolean[]): void {
  for (const i of index)
    if (typeof i === "number" && !Number.isInteger(i))
      throw new IndexError("at", `an index must be an integer, got ${i}`);
}

/** How many dimensions an index uses up. */
function consumes(index: Index): number {
  if (index === null || index === "...") return 0;
  if (typeof index === "number" || typeof index === "string" || isSlice(index)) return 1;
  const x = asTensor(index);
  return x.dtype === "bool" ? x.ndim : 1;
}

/**
 * Indexing as in `x[i, 1:3, ..., mask]`: {@link Index} says what may stand for each dimension.
 *
 * Numbers, ranges, `null` and `"..."` give a view that shares memory; index tensors and masks give a copy. Several index tensors are
 * broadcast together and select point by point; their dimensions replace those they index, or come first where a range stands
 * between them. A single boolean adds a dimension, of size 1 or 0. Gradient: to the elements that were taken, added up where they were
 * taken repeatedly.
 * PyTorch: `x[...]`; [indexing](https://pytorch.org/docs/stable/tensor_view.html).
 *
 * @param x - The tensor.
 * @param indices - One per dimension; missing ones at the end mean `":"`.
 * @throws IndexError if there are too many indices or one is out of range.
 * @throws ValueError if a range cannot be read.
 * @throws DTypeError if an index tensor is neither int32 nor bool.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * const x = arange(12).view(3, 4);
 * x.at(1, -1).item(); // => 7
 * x.at(":", "1::2").toArray(); // => [[1, 3], [5, 7], [9, 11]]
 * x.at([2, 0], [0, 1]).toArray(); // => [8, 1]
 * x.at(x.gt(9)).toArray(); // => [10, 11]
 * x.at("...", null, 0).shape; // => [3, 1]
 * ```
 */
export function at(x: Tensor, ...indices: readonly Index[]): Tensor {
  return hidden([x], () => {
    const { view, picks } = atBasic(x, indices);
    if (picks.some((p) => p !== null)) return atPicks(view, picks);
    return view === x ? reshape(x, x.shape) : view;
  });
}

interface Basic {
  /** What numbers, ranges and new dimensions leave. */
  readonly view: Tensor;
  /** For each dimension of the view, the index tensor that still waits. */
  readonly picks: readonly (Tensor | null)[];
}

function atBasic(x: Tensor, indices: readonly Index[]): Basic {
  const complete = spellOut(x, indices);
  const picks: (Tensor | null)[] = [];
  let view = x;
  for (const index of complete) {
    const dim = picks.length;
    if (index === null) {
      view = unsqueeze(view, dim);
      picks.push(null);
    } else if (typeof index === "number") {
      view = select(view, dim, checkedInteger(index, view.shape[dim]!, dim));
    } else if (typeof index === "string" || isSlice(index)) {
      const { start, stop, step } = typeof index === "string" ? parseSlice(index) : index;
      const size = view.shape[dim]!;
      if (start !== null || stop !== null || step !== 1)
        view = sliceView(view, dim, bound(start ?? 0, size), bound(stop ?? size, size), step);
      picks.push(null);
    } else {
      const pick = asTensor(index);
      if (pick.dtype === "bool" && pick.ndim === 0) {
        view = unsqueeze(view, dim);
        picks.push(pickAllOrNone(pick));
        continue;
      }
      if (pick.dtype === "bool") view = flattenMasked(view, dim, pick.shape);
      picks.push(pickIndices(pick, view.shape[dim]!, dim));
    }
  }
  return { view, picks };
}

/** What a single boolean picks of a new dimension of size 1. */
function pickAllOrNone(pick: Tensor): Tensor {
  return tensor(pick.item() === 0 ? [] : [0], { dtype: "int32" });
}

/** Replaces `"..."` (or the missing end) by as many `":"` as there are dimensions left. */
function spellOut(x: Tensor, indices: readonly Index[]): Index[] {
  const used = indices.reduce<number>((n, index) => n + consumes(index), 0);
  if (used > x.ndim)
    throw new IndexError(
      "at",
      `${used} indices for a tensor of ${x.ndim} dimension(s), shape ${format(x.shape)}`,
    );
  const dots = indices.filter((index) => index === "...").length;
  if (dots > 1) throw new IndexError("at", 'only one "..." can stand in an index');
  const rest = new Array<Index>(x.ndim - used).fill(":");
  const i = dots === 1 ? indices.indexOf("...") : indices.length;
  return [...indices.slice(0, i), ...rest, ...indices.slice(i + 1)];
}

function checkedInteger(index: number, size: number, dim: number): number {
  if (!Number.isInteger(index) || index < -size || index >= size)
    throw new IndexError("at", `index ${index} is out of range for dimension ${dim} of size ${size}`);
  return index;
}

/** A bound of a range, counted from the end when negative, moved inside. */
function bound(index: number, size: number): number {
  return Math.min(Math.max(index < 0 ? index + size : index, 0), size);
}

/** The dimensions that a mask covers, from `dim` on, as a single one. */
function flattenMasked(x: Tensor, dim: number, mask: Shape): Tensor {
  const covered = x.shape.slice(dim, dim + mask.length);
  if (!sameShape(mask, covered))
    throw new IndexError(
      "at",
      `a mask of shape ${format(mask)} does not fit dimensions of shape ${format(covered)}`,
    );
  return mask.length === 1 ? x : x.flatten(dim, dim + mask.length - 1);
}

/** An index tensor made non-negative and checked; a mask becomes the positions where it holds. */
function pickIndices(index: Tensor, size: number, dim: number): Tensor {
  if (index.dtype === "bool") return nonzeroFlat(index);
  const values = index.toTypedArray();
  for (let i = 0; i < values.length; i++) if (checkedInteger(values[i]!, size, dim) < 0) values[i]! += size;
  return tensor(values, { dtype: "int32" }).view(index.shape);
}

/** Selects along a single dimension with an index tensor. */
function atPick(x: Tensor, dim: number, pick: Tensor): Tensor {
  const shape = [...x.shape.slice(0, dim), ...pick.shape, ...x.shape.slice(dim + 1)];
  return indexSelect(x, dim, pick.reshape(-1)).reshape(shape);
}

/** Selects point by point with index tensors. */
function atPicks(x: Tensor, picks: readonly (Tensor | null)[]): Tensor {
  const dims = picks.flatMap((p, d) => (p === null ? [] : [d]));
  const picked = dims.map((d) => picks[d]!);
  const [first, ...others] = dims as [number, ...number[]];
  if (others.length === 0) return atPick(x, first, picked[0]!);
  const kept = x.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const shape = picked.map((p) => p.shape).reduce((a, b) => broadcastShapes("at", a, b));
  // One flat position over all indexed dimensions.
  const flat = others.reduce((at, d) => at.mul(x.shape[d]!).add(picks[d]!), picks[first]!.expand(shape));
  const rows = x
    .permute([...dims, ...kept])
    .reshape([numelOf(dims.map((d) => x.shape[d]!)), ...kept.map((d) => x.shape[d]!)]);
  const y = indexSelect(rows, 0, flat.reshape(-1)).reshape([...shape, ...kept.map((d) => x.shape[d]!)]);
  const together = dims.every((d, i) => i === 0 || d === dims[i - 1]! + 1);
  const before = together ? kept.filter((d) => d < dims[0]!).length : 0;
  if (before === 0) return y;
  const n = shape.length;
  const keptAt = (i: number): number => n + i;
  return y.permute([
    ...Array.from({ length: before }, (_, i) => keptAt(i)),
    ...Array.from({ length: n }, (_, i) => i),
    ...Array.from({ length: kept.length - before }, (_, i) => keptAt(before + i)),
  ]);
}

/** Where each selected element stands in row-major order, in the shape of the selection. */
function positionsAt(x: Tensor, indices: readonly Index[]): Tensor {
  const all = Int32Array.from({ length: x.numel }, (_, i) => i);
  return at(tensor(all).view(x.shape), ...indices);
}

/** A copy of `x` in which the selected elements are `value`, broadcast to the selection. */
export function putAt(op: string, x: Tensor, indices: readonly Index[], value: Tensor): Tensor {
  const positions = positionsAt(x, indices);
  const shape = dropLeadingOnes(value.shape, positions.ndim);
  if (!fits(shape, positions.shape))
    throw new ShapeError(
      op,
      `a value of shape ${format(value.shape)} does not broadcast to the selection's ${format(positions.shape)}`,
    );
  const source = value.reshape(shape).expand(positions.shape).reshape(-1);
  return x.reshape(-1).scatter(0, positions.reshape(-1), source).reshape(x.shape);
}

/** As in PyTorch, a value may have more dimensions than the selection if they have size 1. */
export function dropLeadingOnes(shape: Shape, ndim: number): Shape {
  let extra = shape.length - ndim;
  while (extra > 0 && shape[0] === 1) {
    shape = shape.slice(1);
    extra--;
  }
  return shape;
}

/** Whether `shape` broadcasts to `target` without growing it. */
export function fits(shape: Shape, target: Shape): boolean {
  const lead = target.length - shape.length;
  return lead >= 0 && shape.every((size, i) => size === 1 || size === target[lead + i]);
}

/** The view that numbers, ranges, `null` and `"..."` select; null if index tensors or masks take part. */
export function basicView(x: Tensor, indices: readonly Index[]): Tensor | null {
  const { view, picks } = atBasic(x, indices);
  return picks.every((p) => p === null) ? view : null;
}
