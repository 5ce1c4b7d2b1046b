/** Signs and rounding. */
import { DTypeError, ValueError } from "../../errors.ts";
import { pow as powerOf } from "../../math/index.ts";
import { requireOptions } from "../../options.ts";
import type { Tensor } from "../../tensor.ts";
import { div, mul } from "./arithmetic.ts";
import { flatGradient, unary } from "./define.ts";

const negOp = unary("neg", () => (g) => g.neg());
/**
 * Elementwise `-x`. Gradient: `-g`.
 *
 * PyTorch: [`torch.neg`](https://pytorch.org/docs/stable/generated/torch.neg.html).
 *
 * @param x - Any shape; not bool.
 * @returns Shape of `x`.
 * @throws DTypeError if `x` is bool; write `x.logicalNot()`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, -2]).neg().toArray(); // => [-1, 2]
 * ```
 */
export function neg(x: Tensor): Tensor {
  if (x.dtype === "bool") throw new DTypeError("neg", "a bool tensor has no negative; use .logicalNot()");
  return negOp(x);
}

const absOp = unary("abs", (_, x) => (g) => g.mul(x.sign()));
/**
 * Elementwise `|x|`. Gradient: `g sign(x)`, 0 at 0.
 *
 * PyTorch: [`torch.abs`](https://pytorch.org/docs/stable/generated/torch.abs.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 0, 2]).abs().toArray(); // => [1.5, 0, 2]
 * ```
 */
export function abs(x: Tensor): Tensor {
  return absOp(x);
}

const signOp = unary("sign", flatGradient);
/**
 * Elementwise -1, 0 or 1. Gradient: 0.
 *
 * PyTorch: [`torch.sign`](https://pytorch.org/docs/stable/generated/torch.sign.html).
 *
 * @param x - Any shape, any dtype.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 0, 2]).sign().toArray(); // => [-1, 0, 1]
 * ```
 */
export function sign(x: Tensor): Tensor {
  return signOp(x);
}

const floorOp = unary("floor", flatGradient);
/**
 * Elementwise the largest integer not above `x`. Gradient: 0.
 *
 * PyTorch: [`torch.floor`](https://pytorch.org/docs/stable/generated/torch.floor.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 1.5]).floor().toArray(); // => [-2, 1]
 * ```
 */
export function floor(x: Tensor): Tensor {
  return floorOp(x);
}

const ceilOp = unary("ceil", flatGradient);
/**
 * Elementwise the smallest integer not below `x`. Gradient: 0.
 *
 * PyTorch: [`torch.ceil`](https://pytorch.org/docs/stable/generated/torch.ceil.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 1.5]).ceil().toArray(); // => [-1, 2]
 * ```
 */
export function ceil(x: Tensor): Tensor {
  return ceilOp(x);
}

const truncOp = unary("trunc", flatGradient);
/**
 * Elementwise the integer part. Gradient: 0.
 *
 * PyTorch: [`torch.trunc`](https://pytorch.org/docs/stable/generated/torch.trunc.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 1.5]).trunc().toArray(); // => [-1, 1]
 * ```
 */
export function trunc(x: Tensor): Tensor {
  return truncOp(x);
}

const roundOp = unary("round", flatGradient);
/**
 * Elementwise the nearest integer, ties to the even one; with `decimals`, to that many places after the point. Gradient: 0.
 *
 * PyTorch: [`torch.round`](https://pytorch.org/docs/stable/generated/torch.round.html).
 *
 * @param x - Any shape; floating point or int32.
 * @param options - `decimals`: default 0; negative rounds to tens, hundreds, ...
 * @returns Shape of `x`.
 * @throws ValueError if `decimals` is no integer.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.5, 1.5, 2.5, -1.7]).round().toArray(); // => [0, 2, 2, -2]
 * tensor([1.2345]).round({ decimals: 2 }).toArray(); // => [1.23]
 * ```
 */
export function round(x: Tensor, options: { decimals?: number } = {}): Tensor {
  requireOptions("round", options, "decimals: 2", ["decimals"]);
  const { decimals = 0 } = options;
  if (!Number.isInteger(decimals))
    throw new ValueError("round", `decimals must be an integer, got ${decimals}`);
  if (decimals === 0) return roundOp(x);
  const scale = powerOf(10, Math.abs(decimals));
  return decimals > 0 ? roundOp(mul(x, scale)).div(scale) : roundOp(div(x, scale)).mul(scale);
}
