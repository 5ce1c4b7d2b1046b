/** Views of the same elements in the same order, with another shape. */
import { ShapeError } from "../../errors.ts";
import { squeezeLayout, tryReshape, unsqueezeLayout } from "../../layout.ts";
import { defineView, hidden } from "../../op.ts";
import { format, inferShape, normalizeDim, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { clone } from "../convert.ts";
import { flat, type Numbers } from "./numbers.ts";

const reshapeView = defineView<[op: string, shape: Shape]>("view", {
  view: (x, op, shape) => {
    const layout = tryReshape(op, x, shape);
    if (layout !== null) return layout;
    throw new ShapeError(
      op,
      `strides [${x.strides.join(", ")}] of shape ${format(x.shape)} cannot be seen as ${format(shape)} without moving elements; use .reshape(...)`,
    );
  },
  vjp:
    (_, { shape }) =>
    (g) =>
      reshape(g, shape),
});

/**
 * The same elements under another shape, sharing memory; one size may be -1. Gradient: reshaped back.
 *
 * Throws where the strides do not allow it, as after most transposes; {@link reshape} copies there.
 *
 * PyTorch: [`Tensor.view`](https://pytorch.org/docs/stable/generated/torch.Tensor.view.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - The sizes, `view(2, -1)` or `view([2, -1])`; -1 is what makes the number of elements fit.
 * @returns A view.
 * @throws ShapeError if the number of elements differs, or elements would have to move.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(6).view(2, -1).toArray(); // => [[0, 1, 2], [3, 4, 5]]
 * arange(6).view(2, 3).t().view(6); // throws ShapeError: cannot be seen as [6] without moving elements
 * ```
 */
export function view(x: Tensor, ...shape: Numbers): Tensor {
  return reshapeView(x, "view", flat(shape));
}

/**
 * Views the elements in the shape of another tensor. Gradient: reshaped back; none for `other`.
 *
 * PyTorch: [`Tensor.view_as`](https://pytorch.org/docs/stable/generated/torch.Tensor.view_as.html).
 *
 * @param x - Any shape, any dtype.
 * @param other - Only its shape counts.
 * @returns A view.
 * @throws ShapeError if the number of elements differs, or elements would have to move.
 *
 * @example
 * ```ts
 * import { arange, zeros } from "@torchlet/tensor";
 *
 * arange(4).viewAs(zeros(2, 2)).toArray(); // => [[0, 1], [2, 3]]
 * ```
 */
export function viewAs(x: Tensor, other: Tensor): Tensor {
  return reshapeView(x, "viewAs", other.shape);
}

/**
 * The same elements under another shape; copies only where the strides demand it. One size may be -1. Gradient: reshaped back.
 *
 * PyTorch: [`torch.reshape`](https://pytorch.org/docs/stable/generated/torch.reshape.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - The sizes, `reshape(2, -1)` or `reshape([2, -1])`; -1 is what makes the number of elements fit.
 * @returns A view where possible, else a copy: do not rely on shared memory.
 * @throws ShapeError if the number of elements differs.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(6).view(2, 3).t().reshape(-1).toArray(); // => [0, 3, 1, 4, 2, 5]
 * ```
 */
export function reshape(x: Tensor, ...shape: Numbers): Tensor {
  const sizes = inferShape("reshape", flat(shape), x.numel);
  const stays = x.layout.contiguous || tryReshape("reshape", x.layout, sizes) !== null;
  return stays
    ? reshapeView(x, "reshape", sizes)
    : hidden([x], () => reshapeView(clone(x), "reshape", sizes));
}

/**
 * Merges dimensions `startDim` to `endDim` into one. Gradient: reshaped back.
 *
 * PyTorch: [`torch.flatten`](https://pytorch.org/docs/stable/generated/torch.flatten.html).
 *
 * @param x - Any shape, any dtype; a 0-d tensor becomes a vector of 1.
 * @param startDim - The first to merge. Default: 0.
 * @param endDim - The last to merge. Default: the last of all.
 * @returns A view where the strides allow it, else a copy.
 * @throws ShapeError if a dimension does not exist, or `startDim` comes after `endDim`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(64, 1, 28, 28).flatten(1).shape; // => [64, 784]
 * ```
 */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  const start = normalizeDim("flatten", startDim, x.ndim);
  const end = normalizeDim("flatten", endDim, x.ndim);
  if (start > end) throw new ShapeError("flatten", `startDim ${startDim} comes after endDim ${endDim}`);
  if (x.ndim === 0) return reshape(x, 1);
  const merged = x.shape.slice(start, end + 1).reduce((a, b) => a * b, 1);
  return reshape(x, [...x.shape.slice(0, start), merged, ...x.shape.slice(end + 1)]);
}

const squeezeView = defineView<[dims: readonly number[]]>("squeeze", {
  view: squeezeLayout,
  vjp:
    (_, { shape }) =>
    (g) =>
      reshape(g, shape),
});

/**
 * Drops dimensions of size 1: all of them, or those named. Gradient: reshaped back.
 *
 * PyTorch: [`torch.squeeze`](https://pytorch.org/docs/stable/generated/torch.squeeze.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, or several; one of another size stays. Default: all of size 1.
 * @returns A view.
 * @throws ShapeError if a dimension does not exist.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(1, 3, 1).squeeze().shape; // => [3]
 * zeros(1, 3, 1).squeeze(0).shape; // => [3, 1]
 * ```
 */
export function squeeze(x: Tensor, dim?: number | readonly number[]): Tensor {
  const dims =
    dim === undefined
      ? x.shape.map((_, i) => i)
      : (typeof dim === "number" ? [dim] : dim).map((d) => normalizeDim("squeeze", d, x.ndim));
  return squeezeView(x, dims);
}

const unsqueezeView = defineView<[dim: number]>("unsqueeze", {
  view: (x, dim) => unsqueezeLayout("unsqueeze", x, dim),
  vjp:
    (_, { shape }) =>
    (g) =>
      reshape(g, shape),
});

/**
 * Inserts a dimension of size 1 before `dim`. Gradient: reshaped back.
 *
 * PyTorch: [`torch.unsqueeze`](https://pytorch.org/docs/stable/generated/torch.unsqueeze.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - Where it stands in the result; -1 appends it.
 * @returns A view.
 * @throws ShapeError if there is no such place.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(3).unsqueeze(0).shape; // => [1, 3]
 * zeros(3).unsqueeze(-1).shape; // => [3, 1]
 * ```
 */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  return unsqueezeView(x, dim);
}

/**
 * Splits one dimension into several; the opposite of {@link flatten}. One size may be -1. A view. Gradient: reshaped back.
 *
 * PyTorch: [`torch.unflatten`](https://pytorch.org/docs/stable/generated/torch.unflatten.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension to split.
 * @param sizes - Their sizes, with the product of the old one.
 * @throws ShapeError if the sizes do not fit.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 12).unflatten(1, [3, -1]).shape; // => [2, 3, 4]
 * ```
 */
export function unflatten(x: Tensor, dim: number, sizes: readonly number[]): Tensor {
  const d = normalizeDim("unflatten", dim, x.ndim);
  const split = inferShape("unflatten", sizes, x.shape[d] ?? 1);
  return reshapeView(x, "unflatten", [...x.shape.slice(0, d), ...split, ...x.shape.slice(d + 1)]);
}
