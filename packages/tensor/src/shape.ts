import { ShapeError } from "./errors.ts";

/** The size of each dimension, outermost first; `[]` is the shape of a single number. */
export type Shape = readonly number[];

/** How many elements a shape has: the product of its sizes, 1 for `[]`. */
export function numelOf(shape: Shape): number {
  let n = 1;
  for (const size of shape) n *= size;
  return n;
}

/** A shape as error messages write it: `[2, 3]`. */
export function format(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** Whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Throws unless every size is a non-negative integer. */
export function checkShape(op: string, shape: Shape): void {
  if (!Array.isArray(shape))
    throw new ShapeError(op, `the shape must be a list of sizes, as in [2, 3], got ${String(shape)}`);
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 0) {
      throw new ShapeError(op, `sizes must be non-negative integers, got ${format(shape)}`);
    }
  }
}

/** The shape that both broadcast to: aligned at the last dimension, a size of 1 stretches. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const n = Math.max(a.length, b.length);
  const out = new Array<number>(n);
  for (let i = 1; i <= n; i++) {
    const x = a[a.length - i] ?? 1;
    const y = b[b.length - i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new ShapeError(
        op,
        `shapes ${format(a)} and ${format(b)} do not broadcast: ${x} and ${y} differ at dimension ${n - i} ` +
          `(counted in the result; sizes must be equal or 1)`,
      );
    }
    out[n - i] = x === 1 ? y : x;
  }
  return out;
}

/** A dimension counted from the end when negative, checked; a 0-d tensor accepts 0 and -1. */
export function normalizeDim(op: string, dim: number, ndim: number): number {
  const n = Math.max(ndim, 1);
  if (!Number.isInteger(dim) || dim < -n || dim >= n) {
    throw new ShapeError(
      op,
      `dim ${JSON.stringify(dim)} does not exist in a tensor of ${ndim} dimension(s); expected ${-n} to ${n - 1}`,
    );
  }
  return dim < 0 ? dim + n : dim;
}

/** Dimensions as a sorted list without repetition; `undefined`, `null` and `[]` mean all of them. At most 64, as in PyTorch. */
export function normalizeDims(
  op: string,
  dims: number | readonly number[] | null | undefined,
  ndim: number,
): readonly number[] {
  if (ndim > 64) throw new ShapeError(op, `at most 64 dimensions can be reduced, got ${ndim}`);
  if (dims === undefined || dims === null || (typeof dims === "object" && dims.length === 0)) {
    return range(ndim);
  }
  if (typeof dims !== "object" && ndim > 0) return [normalizeDim(op, dims, ndim)];
  const list = ((Array.isArray(dims) ? dims : [dims]) as readonly number[]).map((d) =>
    normalizeDim(op, d, ndim),
  );
  const unique = new Set(list);
  if (unique.size < list.length) throw new ShapeError(op, `a dim appears twice in ${format(list)}`);
  return ndim === 0 ? [] : list.sort((a, b) => a - b);
}

/** 0, 1, ... up to `n` (exclusive). */
function range(n: number): number[] {
  const list = new Array<number>(n);
  for (let i = 0; i < n; i++) list[i] = i;
  return list;
}

/** The shape after reducing `dims`: sizes of 1 with `keepdim`, else without them. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): Shape {
  const sizes = new Array<number>(keepdim ? shape.length : shape.length - dims.length);
  for (let i = 0, at = 0; i < shape.length; i++) {
    if (!dims.includes(i)) sizes[at++] = shape[i]!;
    else if (keepdim) sizes[at++] = 1;
  }
  return sizes;
}

/** Replaces one `-1` by the size that makes the element count fit. */
export function inferShape(op: string, shape: Shape, numel: number): Shape {
  const unknown = shape.indexOf(-1);
  if (unknown < 0) {
    checkShape(op, shape);
    if (numelOf(shape) === numel) return shape;
    throw new ShapeError(
      op,
      `shape ${format(shape)} has ${numelOf(shape)} elements, the tensor has ${numel}`,
    );
  }
  const known = shape.filter((_, i) => i !== unknown);
  if (known.includes(-1)) throw new ShapeError(op, `only one size can be -1, got ${format(shape)}`);
  checkShape(op, known);
  const rest = numelOf(known);
  if (rest === 0 || numel % rest !== 0) {
    throw new ShapeError(op, `no size for -1 makes shape ${format(shape)} hold ${numel} elements`);
  }
  return shape.map((size) => (size === -1 ? numel / rest : size));
}

/** The index of the element at a row-major position: 4 in `[2, 3]` is `[1, 1]`. */
export function flatIndex(position: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let d = shape.length - 1; d >= 0; d--) {
    index[d] = position % shape[d]!;
    position = Math.floor(position / shape[d]!);
  }
  return index;
}
