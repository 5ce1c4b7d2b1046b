/** Ops that take elements where an index tensor says. */
import { ShapeError } from "../errors.ts";
import { defineOp, hidden, type Op } from "../op.ts";
import { broadcastShapes, format, normalizeDim, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { checkFits, checkIndex } from "./index-checks.ts";

export const gatherOp = defineOp<[x: Tensor, index: Tensor], [dim: number]>("gather", {
  shape: (_, index) => index.shape,
  run: (k, out, x, index, dim) => k.gather(out, x, dim, index),
  vjp: [
    (_, { shape }, index, dim) =>
      (g) =>
        gatherBackward(g, index, shape, dim),
    null,
  ],
});

/** Zeros of a given shape, with `g` added where `index` says. */
const gatherBackward: Op<[g: Tensor, index: Tensor], [shape: Shape, dim: number]> = defineOp<
  [g: Tensor, index: Tensor],
  [shape: Shape, dim: number]
>("gatherBackward", {
  shape: (_g, _index, shape) => shape,
  run: (k, out, g, index, _shape, dim) => {
    k.fill(out, 0);
    k.scatter(out, "add", dim, index, g);
  },
  vjp: [(_y, _g, index, _shape, dim) => (h) => gatherOp(h, index, dim), null],
});

/**
 * Takes one element per element of `index`: `y[i][j] = x[index[i][j]][j]` for `dim` 0. Gradient: added up where it was taken from.
 *
 * PyTorch: [`torch.gather`](https://pytorch.org/docs/stable/generated/torch.gather.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, with as many dimensions as `x`, and no larger than it except along `dim`; not negative.
 * @returns Shape of `index`, dtype of `x`.
 * @throws ShapeError if there is no such dimension, or `index` does not fit.
 * @throws DTypeError if `index` is not int32.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const logits = tensor([[1, 2], [3, 4]]);
 * const target = tensor([[1], [0]], { dtype: "int32" });
 * logits.gather(1, target).toArray(); // => [[2], [3]]
 * ```
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  const d = normalizeDim("gather", dim, x.ndim);
  if (x.ndim === 0 && index.ndim === 1) return gather(x.reshape(1), dim, index);
  if (index.ndim === 0 && x.ndim === 1) return gather(x, dim, index.reshape(1)).reshape([]);
  if (index.numel > 0) checkFits("gather", index, x.shape, d, "the tensor");
  checkIndex("gather", index, x.shape[d] ?? 1);
  return gatherOp(x, index, d);
}

/**
 * Takes whole slices along `dim`, in the order of the 1-d `index`; slices may repeat. Gradient: added up where it was taken from.
 *
 * PyTorch: [`torch.index_select`](https://pytorch.org/docs/stable/generated/torch.index_select.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension.
 * @param index - int32, 1-d (or 0-d); not negative.
 * @returns The shape of `x`, with the length of `index` along `dim`; a copy.
 * @throws ShapeError if there is no such dimension, or `index` has more than 1.
 * @throws DTypeError if `index` is not int32.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const rows = tensor([2, 0, 2], { dtype: "int32" });
 * tensor([[1, 2], [3, 4], [5, 6]]).indexSelect(0, rows).toArray(); // => [[5, 6], [1, 2], [5, 6]]
 * ```
 */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  const d = normalizeDim("indexSelect", dim, x.ndim);
  if (index.ndim > 1)
    throw new ShapeError("indexSelect", `the index must have 1 dimension, got ${format(index.shape)}`);
  checkIndex("indexSelect", index, x.shape[d] ?? 1);
  if (x.ndim === 0) return gatherOp(x.reshape(1), index.reshape(-1), 0).reshape([]);
  const shape = x.shape.map((size, i) => (i === d ? index.numel : size));
  const along = index.reshape(shape.map((_, i) => (i === d ? index.numel : 1)));
  return gatherOp(x, expand(along, shape), d);
}

/**
 * Takes elements along `dim` where `index` says, like {@link gather}, but the other dimensions broadcast. Without `dim`, both count as
 * flat. Gradient: added up where it was taken from.
 *
 * PyTorch: [`torch.take_along_dim`](https://pytorch.org/docs/stable/generated/torch.take_along_dim.html).
 *
 * @param x - Any shape, any dtype.
 * @param index - Positions along `dim`, int32.
 * @param dim - The dimension. Default: all of them, in row-major order.
 * @throws ShapeError if the other dimensions do not broadcast.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[30, 10, 20], [1, 3, 2]]);
 * x.takeAlongDim(x.argsort(1), 1).toArray(); // => [[10, 20, 30], [1, 2, 3]]
 * ```
 */
export function takeAlongDim(x: Tensor, index: Tensor, dim?: number): Tensor {
  if (dim === undefined) return hidden([x, index], () => gather(x.reshape(-1), 0, index.reshape(-1)));
  const d = normalizeDim("takeAlongDim", dim, x.ndim);
  if (index.ndim !== x.ndim)
    throw new ShapeError(
      "takeAlongDim",
      `index ${format(index.shape)} and the tensor ${format(x.shape)} must have the same number of dimensions`,
    );
  const one = (shape: Shape): Shape => shape.map((size, i) => (i === d ? 1 : size));
  const shape = broadcastShapes("takeAlongDim", one(x.shape), one(index.shape));
  const along = (y: Tensor): Tensor =>
    expand(
      y,
      shape.map((size, i) => (i === d ? y.shape[d]! : size)),
    );
  checkIndex("takeAlongDim", index, x.shape[d] ?? 1);
  return hidden([x, index], () => gatherOp(along(x), along(index), d));
}
