import { promoteTypes, requireFloatingPoint, type DType } from "../../dtype.ts";
import { defineOp } from "../../op.ts";
import { KEEPDIM_AND_DTYPE, keepdimOf, requireOptions } from "../../options.ts";
import { normalizeDim, normalizeDims } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { sumOver } from "../broadcast.ts";
import { ne } from "../compare.ts";
import { to } from "../convert.ts";
import { countOver, type Dims, type ReduceOptions } from "./define.ts";
import { countNonzero } from "./truth.ts";

/**
 * The sum of the elements; integers and booleans add up as int32. Gradient: `g` for every element.
 *
 * PyTorch: [`torch.sum`](https://pytorch.org/docs/stable/generated/torch.sum.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `dtype`: what `x` is converted to first.
 * @returns The shape of `x` without the reduced dimensions. The sum of nothing is 0.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.sum().item(); // => 21
 * x.sum(0).toArray(); // => [5, 7, 9]
 * x.sum(1, { keepdim: true }).toArray(); // => [[6], [15]]
 * ```
 */
export function sum(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("sum", dim, x.ndim);
  const keepdim = keepdimOf("sum", options, KEEPDIM_AND_DTYPE);
  if (options.dtype === "bool") return ne(countNonzero(x, dims, keepdim), 0);
  return sumOver(to(x, options.dtype ?? promoteTypes(x.dtype, "int32")), dims, keepdim);
}

/**
 * The arithmetic mean. Gradient: `g / n` for every element, where `n` elements make one mean.
 *
 * PyTorch: [`torch.mean`](https://pytorch.org/docs/stable/generated/torch.mean.html).
 *
 * @param x - Any shape, floating point.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `dtype`: what `x` is converted to first.
 * @returns The shape of `x` without the reduced dimensions. The mean of nothing is NaN.
 * @throws DTypeError if `x` is not floating point (without `dtype`).
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 6]]).mean().item(); // => 3
 * tensor([[1, 2], [3, 6]]).mean(0).toArray(); // => [2, 4]
 * ```
 */
export function mean(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("mean", dim, x.ndim);
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("mean", typed.dtype);
  return sumOver(typed, dims, keepdimOf("mean", options, KEEPDIM_AND_DTYPE)).div(countOver(x.shape, dims));
}

const cumsumOp = defineOp<[x: Tensor], [dim: number]>("cumsum", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.cumsum(out, x, dim),
  vjp: [(_y, _x, dim) => (g) => g.flip(dim).cumsum(dim).flip(dim)],
});

/**
 * Running sums along `dim`. Gradient: running sums of `g` from the end.
 *
 * PyTorch: [`torch.cumsum`](https://pytorch.org/docs/stable/generated/torch.cumsum.html).
 *
 * @param x - Any shape, any dtype; integers and booleans add up as int32.
 * @param dim - The dimension.
 * @param options - `dtype`: what `x` is converted to first.
 * @returns Shape of `x`.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2, 3], [4, 5, 6]]).cumsum(1).toArray(); // => [[1, 3, 6], [4, 9, 15]]
 * ```
 */
export function cumsum(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  requireOptions("cumsum", options, 'dtype: "float64"', ["dtype"]);
  return cumsumOp(
    to(x, options.dtype ?? promoteTypes(x.dtype, "int32")),
    normalizeDim("cumsum", dim, x.ndim),
  );
}
