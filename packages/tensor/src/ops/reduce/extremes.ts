import { hidden } from "../../op.ts";
import { keepdimOf } from "../../options.ts";
import { normalizeDim, normalizeDims } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { stretch, sumOver } from "../broadcast.ts";
import { where } from "../choose.ts";
import { to } from "../convert.ts";
import { requireTensor } from "../operands.ts";
import {
  allDims,
  reduction,
  requireElements,
  type Dims,
  type ReduceOptions,
  type ReductionMaker,
  type ValuesAndIndices,
} from "./define.ts";
import { argmaxOp, argminOp } from "./places.ts";

/** The gradient goes to the extreme elements, in equal parts where there are several. */
const toExtremes: ReductionMaker = (y, x, dims) => (g) => {
  const mask = x.eq(stretch(y, x.shape, dims)).to(x.dtype);
  return stretch(g, x.shape, dims)
    .mul(mask)
    .div(sumOver(mask, dims, true).expand(x.shape));
};

export const amaxOp = reduction("amax", "max", toExtremes);
/**
 * The largest element; NaN if there is one. Gradient: to the largest, in equal parts if several are.
 *
 * PyTorch: [`torch.amax`](https://pytorch.org/docs/stable/generated/torch.amax.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns The shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).amax(1).toArray(); // => [5, 7]
 * ```
 */
export function amax(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("amax", dim, x.ndim);
  return extremeOf("amax", amaxOp, x, dims, options);
}

function extremeOf(
  name: string,
  op: typeof amaxOp,
  x: Tensor,
  dims: readonly number[],
  options: ReduceOptions,
): Tensor {
  const keepdim = keepdimOf(name, options);
  requireElements(name, x, dims);
  return op(x, dims, keepdim);
}

const aminOp = reduction("amin", "min", toExtremes);
/**
 * The smallest element; NaN if there is one. Gradient: to the smallest, in equal parts if several are.
 *
 * PyTorch: [`torch.amin`](https://pytorch.org/docs/stable/generated/torch.amin.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns The shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).amin(1).toArray(); // => [1, 3]
 * ```
 */
export function amin(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("amin", dim, x.ndim);
  return extremeOf("amin", aminOp, x, dims, options);
}

/** The extreme values along `dim`, taken from where the index says, so that only the first of several receives the gradient. */
function extremesAlong(
  name: string,
  op: typeof argmaxOp,
  x: Tensor,
  dim: number,
  keepdim: boolean,
): ValuesAndIndices {
  const d = normalizeDim(name, dim, x.ndim);
  if (x.ndim === 0) return { values: x.clone(), indices: to(x.detach().mul(0), "int32") };
  requireElements(name, x, [d]);
  const indices = op(x, d, true);
  const values = x.gather(d, indices);
  return keepdim
    ? { values, indices }
    : { values: hidden([x], () => values.squeeze(d)), indices: hidden([x], () => indices.squeeze(d)) };
}

/** Like that of `amax`, except that where the extreme is NaN, the NaNs share the gradient. */
const toExtremesOrNaN: ReductionMaker = (y, x) => (g) => {
  const mask = x.eq(y).logicalOr(x.isnan().logicalAnd(y.isnan()));
  return where(mask, g.div(mask.sum()), 0);
};

const maxOp = reduction("max", "max", toExtremesOrNaN);
const minOp = reduction("min", "min", toExtremesOrNaN);

/**
 * The largest element of all; NaN if there is one. Gradient: to the largest, in equal parts if several are.
 *
 * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
 *
 * @param x - Any shape, any dtype.
 * @returns A 0-d tensor.
 * @throws ShapeError if `x` has no elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).max().item(); // => 7
 * ```
 */
export function max(x: Tensor): Tensor;
/**
 * The largest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are largest.
 *
 * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension.
 * @param options - `keepdim`: keep the dimension with size 1 (default false).
 * @returns `values`, and `indices` along `dim` as int32; both in the shape of `x` without `dim`.
 * @throws ShapeError if there is no such dimension, or it has size 0.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const { values, indices } = tensor([[1, 5], [7, 3]]).max(1);
 * values.toArray(); // => [5, 7]
 * indices.toArray(); // => [1, 0]
 * ```
 */
export function max(x: Tensor, dim: number, options?: ReduceOptions): ValuesAndIndices;
/**
 * Elementwise the larger of two: {@link maximum}.
 *
 * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
 *
 * @param x - Any shape.
 * @param other - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).max(tensor([4, 2])).toArray(); // => [4, 5]
 * ```
 */
export function max(x: Tensor, other: Tensor): Tensor;
export function max(
  x: Tensor,
  dim?: number | Tensor,
  options: ReduceOptions = {},
): Tensor | ValuesAndIndices {
  requireTensor("max", x);
  if (dim === undefined) return extremeOf("max", maxOp, x, allDims(x), options);
  if (typeof dim === "number") return extremesAlong("max", argmaxOp, x, dim, keepdimOf("max", options));
  requireTensor("max", dim, "the second operand");
  return x.maximum(dim);
}

/**
 * The smallest element of all; NaN if there is one. Gradient: to the smallest, in equal parts if several are.
 *
 * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
 *
 * @param x - Any shape, any dtype.
 * @returns A 0-d tensor.
 * @throws ShapeError if `x` has no elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).min().item(); // => 1
 * ```
 */
export function min(x: Tensor): Tensor;
/**
 * The smallest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are smallest.
 *
 * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension.
 * @param options - `keepdim`: keep the dimension with size 1 (default false).
 * @returns `values`, and `indices` along `dim` as int32; both in the shape of `x` without `dim`.
 * @throws ShapeError if there is no such dimension, or it has size 0.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const { values, indices } = tensor([[1, 5], [7, 3]]).min(1);
 * values.toArray(); // => [1, 3]
 * indices.toArray(); // => [0, 1]
 * ```
 */
export function min(x: Tensor, dim: number, options?: ReduceOptions): ValuesAndIndices;
/**
 * Elementwise the smaller of two: {@link minimum}.
 *
 * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
 *
 * @param x - Any shape.
 * @param other - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).min(tensor([4, 2])).toArray(); // => [1, 2]
 * ```
 */
export function min(x: Tensor, other: Tensor): Tensor;
export function min(
  x: Tensor,
  dim?: number | Tensor,
  options: ReduceOptions = {},
): Tensor | ValuesAndIndices {
  requireTensor("min", x);
  if (dim === undefined) return extremeOf("min", minOp, x, allDims(x), options);
  if (typeof dim === "number") return extremesAlong("min", argminOp, x, dim, keepdimOf("min", options));
  requireTensor("min", dim, "the second operand");
  return x.minimum(dim);
}
