import { ShapeError, ValueError } from "../errors.ts";
import { defineListOp, hidden } from "../op.ts";
import { requireOptions } from "../options.ts";
import { format, normalizeDim, sameShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { to } from "./convert.ts";
import { commonDType, requireTensor } from "./operands.ts";
import { flat, type Numbers } from "./views/numbers.ts";

/** An empty 1-d tensor joins anything, as in PyTorch. */
function joinsAnything(shape: Shape): boolean {
  return shape.length === 1 && shape[0] === 0;
}

function shapeOf(x: Tensor): Shape {
  return x.shape;
}

function sizeAlong(shape: Shape, dim: number): number {
  return joinsAnything(shape) ? 0 : shape[dim]!;
}

/** Where each piece of a concatenation begins along `dim`. */
function startOf(i: number, shapes: readonly Shape[], dim: number): number {
  return shapes.slice(0, i).reduce((n, shape) => n + sizeAlong(shape, dim), 0);
}

const catOp = defineListOp<[dim: number]>("cat", {
  shape: (xs, dim) => {
    const first = xs.find((x) => !joinsAnything(x.shape)) ?? xs[0]!;
    return first.shape.map((size, d) => (d === dim ? startOf(xs.length, xs.map(shapeOf), dim) : size));
  },
  run: (k, out, xs, dim) => {
    const full = xs.filter((x) => x.numel > 0);
    k.cat(out, full, dim);
  },
  vjp: (i, shapes, dim) => (g) =>
    g.narrow(dim, startOf(i, shapes, dim), sizeAlong(shapes[i]!, dim)).reshape(shapes[i]!),
});

function requireList(op: string, xs: readonly Tensor[]): void {
  if (!Array.isArray(xs) || xs.length === 0)
    throw new ShapeError(op, `needs a list of at least one tensor, as in ${op}([a, b])`);
  xs.forEach((x, i) => requireTensor(op, x, `element ${i} of the list`));
}

/**
 * Joins tensors along an existing dimension; all other sizes must agree. Gradient: the matching piece of `g`.
 *
 * PyTorch: [`torch.cat`](https://pytorch.org/docs/stable/generated/torch.cat.html).
 *
 * @param xs - At least one tensor; mixed dtypes meet as in {@link promoteTypes}, and empty vectors join anything.
 * @param dim - The dimension. Default: 0.
 * @returns A copy whose size along `dim` is the sum of theirs.
 * @throws ShapeError if the list is empty, sizes differ elsewhere, or there is no such dimension.
 *
 * @example
 * ```ts
 * import { cat, tensor } from "@torchlet/tensor";
 *
 * cat([tensor([[1, 2]]), tensor([[3, 4], [5, 6]])]).toArray(); // => [[1, 2], [3, 4], [5, 6]]
 * cat([tensor([[1], [2]]), tensor([[3], [4]])], 1).toArray(); // => [[1, 3], [2, 4]]
 * ```
 */
export function cat(xs: readonly Tensor[], dim = 0): Tensor {
  requireList("cat", xs);
  const dtype = commonDType(xs);
  const pieces = xs.map((x) => to(x, dtype));
  const first = pieces.find((x) => !joinsAnything(x.shape)) ?? pieces[0]!;
  const d = normalizeDim("cat", dim, first.ndim);
  for (const x of pieces) {
    if (joinsAnything(x.shape)) continue;
    if (x.ndim === 0) throw new ShapeError("cat", "0-d tensors cannot be joined; use stack");
    if (x.ndim !== first.ndim || !x.shape.every((size, i) => i === d || size === first.shape[i])) {
      throw new ShapeError(
        "cat",
        `shapes ${format(first.shape)} and ${format(x.shape)} may differ only in dimension ${d}`,
      );
    }
  }
  return catOp(pieces, d);
}

/**
 * Joins tensors of one shape along a new dimension. Gradient: the matching slice of `g`.
 *
 * PyTorch: [`torch.stack`](https://pytorch.org/docs/stable/generated/torch.stack.html).
 *
 * @param xs - At least one tensor, all of one shape; mixed dtypes meet as in {@link promoteTypes}.
 * @param dim - Where the new dimension stands in the result. Default: 0.
 * @returns A copy with one dimension more.
 * @throws ShapeError if the list is empty, shapes differ, or there is no such place.
 *
 * @example
 * ```ts
 * import { stack, tensor } from "@torchlet/tensor";
 *
 * stack([tensor([1, 2]), tensor([3, 4])]).toArray(); // => [[1, 2], [3, 4]]
 * stack([tensor([1, 2]), tensor([3, 4])], 1).toArray(); // => [[1, 3], [2, 4]]
 * ```
 */
export function stack(xs: readonly Tensor[], dim = 0): Tensor {
  requireList("stack", xs);
  for (const x of xs) {
    if (!sameShape(x.shape, xs[0]!.shape))
      throw new ShapeError("stack", `shapes ${format(xs[0]!.shape)} and ${format(x.shape)} differ`);
  }
  const d = normalizeDim("stack", dim, xs[0]!.ndim + 1);
  return hidden(xs, () =>
    cat(
      xs.map((x) => x.unsqueeze(d)),
      d,
    ),
  );
}

/**
 * Tiles a tensor: `counts[i]` copies along dimension `i`; further leading counts add dimensions. Gradient: summed over the copies.
 *
 * {@link expand} repeats without copying, but only dimensions of size 1.
 *
 * PyTorch: [`Tensor.repeat`](https://pytorch.org/docs/stable/generated/torch.Tensor.repeat.html).
 *
 * @param x - Any shape, any dtype.
 * @param counts - At least one per dimension, `repeat(2, 3)` or `repeat([2, 3])`.
 * @returns Sizes `counts[i] * x.shape[i]`, counted from the last.
 * @throws ShapeError if there are fewer counts than dimensions, or one is no non-negative integer.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).repeat(2).toArray(); // => [1, 2, 1, 2]
 * tensor([1, 2]).repeat(2, 1).toArray(); // => [[1, 2], [1, 2]]
 * ```
 */
export function repeat(x: Tensor, ...counts: Numbers): Tensor {
  const times = flat(counts);
  if (times.length < x.ndim)
    throw new ShapeError(
      "repeat",
      `needs at least as many counts as dimensions: ${format(times)} for shape ${format(x.shape)}`,
    );
  if (times.some((n) => !Number.isInteger(n) || n < 0))
    throw new ShapeError("repeat", `counts must be non-negative integers, got ${format(times)}`);
  const shape = [...new Array<number>(times.length - x.ndim).fill(1), ...x.shape];
  return hidden([x], () => {
    const interleaved = x.reshape(shape.flatMap((size) => [1, size]));
    const expanded = expand(
      interleaved,
      times.flatMap((n, i) => [n, shape[i]!]),
    );
    const y = expanded.reshape(times.map((n, i) => n * shape[i]!));
    return y.storage === x.storage ? y.clone() : y;
  });
}

/**
 * Tiles a tensor like {@link repeat}, but takes fewer counts than dimensions too: they belong to the last ones. Gradient: summed over
 * the copies.
 *
 * PyTorch: [`torch.tile`](https://pytorch.org/docs/stable/generated/torch.tile.html).
 *
 * @param x - Any shape, any dtype.
 * @param counts - How often to repeat along each dimension.
 * @throws ShapeError if a count is no non-negative integer.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).tile(2).toArray(); // => [[1, 2, 1, 2], [3, 4, 3, 4]]
 * ```
 */
export function tile(x: Tensor, ...counts: Numbers): Tensor {
  const times = flat(counts);
  const missing = Math.max(0, x.ndim - times.length);
  return repeat(x, [...new Array<number>(missing).fill(1), ...times]);
}

/** Options of {@link meshgrid}. */
export interface MeshgridOptions {
  /** `"ij"`: the first vector varies along the first dimension; `"xy"`: along the second, as in plots. Default: `"ij"`. */
  indexing?: "ij" | "xy";
}

/**
 * Grids of coordinates: one tensor per vector, all of one shape, in which that vector varies along its own dimension. Views.
 * Gradient: summed over the other dimensions.
 *
 * PyTorch: [`torch.meshgrid`](https://pytorch.org/docs/stable/generated/torch.meshgrid.html).
 *
 * @param xs - Vectors, or 0-d tensors.
 * @param options - `indexing`.
 * @throws ShapeError if one has more than one dimension.
 * @throws ValueError if `indexing` is unknown.
 *
 * @example
 * ```ts
 * import { meshgrid, tensor } from "@torchlet/tensor";
 *
 * const [rows, columns] = meshgrid([tensor([1, 2]), tensor([3, 4, 5])]);
 * rows!.toArray(); // => [[1, 1, 1], [2, 2, 2]]
 * columns!.toArray(); // => [[3, 4, 5], [3, 4, 5]]
 * ```
 */
export function meshgrid(xs: readonly Tensor[], options: MeshgridOptions = {}): Tensor[] {
  requireOptions("meshgrid", options, 'indexing: "xy"', ["indexing"]);
  requireList("meshgrid", xs);
  const { indexing = "ij" } = options;
  if (!["ij", "xy"].includes(indexing))
    throw new ValueError("meshgrid", `indexing must be "ij" or "xy", got ${JSON.stringify(indexing)}`);
  const wide = xs.find((x) => x.ndim > 1);
  if (wide !== undefined) throw new ShapeError("meshgrid", `needs vectors, got shape ${format(wide.shape)}`);
  const shape = xs.map((x) => x.numel);
  const grids = xs.map((x, i) => expand(x.reshape(shape.map((n, d) => (d === i ? n : 1))), shape));
  return indexing === "xy" && xs.length > 1 ? grids.map((grid) => grid.transpose(0, 1)) : grids;
}
