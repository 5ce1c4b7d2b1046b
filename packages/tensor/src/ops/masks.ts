/** Ops that look for what is true, or not 0. */
import { tensor, zeros } from "../create.ts";
import { DTypeError } from "../errors.ts";
import { hidden } from "../op.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { indexSelect } from "./gather.ts";

/**
 * The elements where `mask` holds, in row-major order, as a vector. Gradient: to the elements that were taken.
 *
 * PyTorch: [`torch.masked_select`](https://pytorch.org/docs/stable/generated/torch.masked_select.html).
 *
 * @param x - Any shape, any dtype.
 * @param mask - bool; broadcasts with `x`.
 * @returns A copy with as many elements as `mask` holds in the broadcast shape.
 * @throws DTypeError if `mask` is not bool.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, -2], [3, 4]]);
 * x.maskedSelect(x.gt(0)).toArray(); // => [1, 3, 4]
 * ```
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  if (mask.dtype !== "bool")
    throw new DTypeError(
      "maskedSelect",
      `the mask must be bool, got ${mask.dtype}; compare something, as in x.gt(0)`,
    );
  const shape = broadcastShapes("maskedSelect", x.shape, mask.shape);
  return hidden([x, mask], () =>
    indexSelect(expand(x, shape).reshape(-1), 0, nonzeroFlat(expand(mask, shape))),
  );
}

/** The row-major positions of elements that are not 0. */
export function nonzeroFlat(x: Tensor): Tensor {
  const values = x.toTypedArray();
  const positions = new Int32Array(values.length);
  let count = 0;
  // Without a branch, which the processor could not foresee.
  for (let i = 0; i < values.length; i++) {
    positions[count] = i;
    count += Number(values[i] !== 0);
  }
  return tensor(positions.subarray(0, count));
}

/**
 * The indices of elements that are not 0: one row per element, one column per dimension, int32. No gradient.
 *
 * PyTorch: [`torch.nonzero`](https://pytorch.org/docs/stable/generated/torch.nonzero.html); there, int64.
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @returns `[count, ndim]`, rows in row-major order of the elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[0, 5], [7, 0]]).nonzero().toArray(); // => [[0, 1], [1, 0]]
 * ```
 */
export function nonzero(x: Tensor): Tensor {
  const flat = nonzeroFlat(x).toTypedArray();
  const out = zeros([flat.length, x.ndim], { dtype: "int32" });
  const indices = out.storage.data;
  for (let d = x.ndim - 1; d >= 0; d--) {
    const size = x.shape[d]!;
    for (let i = 0; i < flat.length; i++) {
      const rest = (flat[i]! / size) | 0;
      indices[i * x.ndim + d] = flat[i]! - rest * size;
      flat[i] = rest;
    }
  }
  return out;
}
