import { requireFloatingPoint, type DType } from "../dtype.ts";
import { defineOp } from "../op.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { to } from "./convert.ts";

const softmaxOp = defineOp<[x: Tensor], [dim: number]>("softmax", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.softmax(out, x, dim),
  vjp: [(y, _x, dim) => (g) => g.sub(g.mul(y).sum(dim, { keepdim: true })).mul(y)],
});

const logSoftmaxOp = defineOp<[x: Tensor], [dim: number]>("logSoftmax", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.logSoftmax(out, x, dim),
  vjp: [(y, _x, dim) => (g) => g.sub(y.exp().mul(g.sum(dim, { keepdim: true })))],
});

/** `eˣ / Σ eˣ` along `dim`: positive numbers that add up to 1. Gradient: `y (g - Σ g y)`. */
export function softmax(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("softmax", typed.dtype);
  return softmaxOp(typed, normalizeDim("softmax", dim, x.ndim));
}

/** `x - log Σ eˣ` along `dim`: the logarithm of {@link softmax}, without its loss of precision. Gradient: `g - eʸ Σ g`. */
export function logSoftmax(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("logSoftmax", typed.dtype);
  return logSoftmaxOp(typed, normalizeDim("logSoftmax", dim, x.ndim));
}
