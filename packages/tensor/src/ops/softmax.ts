import { requireFloatingPoint, type DType } from "../dtype.ts";
import { defineOp } from "../op.ts";
import { requireOptions } from "../options.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { to } from "./convert.ts";
import { logSoftmaxBackward, softmaxBackward } from "./gradients.ts";

const softmaxOp = defineOp<[x: Tensor], [dim: number]>("softmax", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.softmax(out, x, dim),
  vjp: [(y, _x, dim) => (g) => softmaxBackward(g, y, dim)],
});

const logSoftmaxOp = defineOp<[x: Tensor], [dim: number]>("logSoftmax", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.logSoftmax(out, x, dim),
  vjp: [(y, _x, dim) => (g) => logSoftmaxBackward(g, y, dim)],
});

/**
 * `eˣ / Σ eˣ` along `dim`: positive numbers that add up to 1. Gradient: `y (g - Σ g y)`.
 *
 * Computed as `exp(x - max x)`, so that large numbers do not overflow.
 *
 * PyTorch: [`torch.softmax`](https://pytorch.org/docs/stable/generated/torch.softmax.html); here `dim` must be given.
 *
 * @param x - Any shape, floating point.
 * @param dim - The dimension along which the result adds up to 1.
 * @param options - `dtype`: what `x` is converted to first. Default: its own.
 * @returns Shape of `x`.
 * @throws ShapeError if there is no such dimension.
 * @throws DTypeError if `x` is not floating point (without `dtype`).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).softmax(0).toArray(); // => [0.0900, 0.2447, 0.6652]
 * ```
 */
export function softmax(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  requireOptions("softmax", options, 'dtype: "float64"', ["dtype"]);
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("softmax", typed.dtype);
  return softmaxOp(typed, normalizeDim("softmax", dim, x.ndim));
}

/**
 * `x - log Σ eˣ` along `dim`: the logarithm of {@link softmax}, without its loss of precision. Gradient: `g - eʸ Σ g`.
 *
 * The log-probabilities that a negative log-likelihood expects as input.
 *
 * PyTorch: [`torch.nn.functional.log_softmax`](https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html); here
 * `dim` must be given.
 *
 * @param x - Any shape, floating point.
 * @param dim - The dimension along which the exponentials of the result add up to 1.
 * @param options - `dtype`: what `x` is converted to first. Default: its own.
 * @returns Shape of `x`.
 * @throws ShapeError if there is no such dimension.
 * @throws DTypeError if `x` is not floating point (without `dtype`).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).logSoftmax(0).toArray(); // => [-2.4076, -1.4076, -0.4076]
 * ```
 */
export function logSoftmax(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  requireOptions("logSoftmax", options, 'dtype: "float64"', ["dtype"]);
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("logSoftmax", typed.dtype);
  return logSoftmaxOp(typed, normalizeDim("logSoftmax", dim, x.ndim));
}
