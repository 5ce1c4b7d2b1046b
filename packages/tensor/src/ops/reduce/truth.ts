import { normalizeDims } from "../../shape.ts";
import { keepdimOf } from "../../options.ts";
import type { Tensor } from "../../tensor.ts";
import { sumOver } from "../broadcast.ts";
import { eq, ne } from "../compare.ts";
import { to } from "../convert.ts";
import { countOver, type Dims, type ReduceOptions } from "./define.ts";

/** How many elements are not 0. */
export function countNonzero(x: Tensor, dims: readonly number[], keepdim: boolean): Tensor {
  return sumOver(to(to(x, "bool"), "int32"), dims, keepdim);
}

/**
 * Whether all elements are not 0. No gradient.
 *
 * PyTorch: [`torch.all`](https://pytorch.org/docs/stable/generated/torch.all.html).
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns bool, in the shape of `x` without the reduced dimensions; true of nothing.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 0], [2, 3]]).all(1).toArray(); // => [false, true]
 * ```
 */
export function all(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("all", dim, x.ndim);
  return eq(countNonzero(x, dims, keepdimOf("all", options)), countOver(x.shape, dims));
}

/**
 * Whether some element is not 0. No gradient.
 *
 * PyTorch: [`torch.any`](https://pytorch.org/docs/stable/generated/torch.any.html).
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns bool, in the shape of `x` without the reduced dimensions; false of nothing.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 0], [0, 0]]).any(1).toArray(); // => [true, false]
 * ```
 */
export function any(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  return ne(countNonzero(x, normalizeDims("any", dim, x.ndim), keepdimOf("any", options)), 0);
}
