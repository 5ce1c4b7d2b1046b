/** Exponentials and logarithms. */
import { promoteTypes } from "../../dtype.ts";
import type { Tensor } from "../../tensor.ts";
import { commonDType, meet, requireTensors } from "../operands.ts";
import { binary, floatUnary } from "./define.ts";

const expOp = floatUnary("exp", (y) => (g) => g.mul(y));
/**
 * Elementwise `eˣ`. Gradient: `g eˣ`.
 *
 * PyTorch: [`torch.exp`](https://pytorch.org/docs/stable/generated/torch.exp.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).exp().toArray(); // => [1, 2.7183]
 * ```
 */
export function exp(x: Tensor): Tensor {
  return expOp(x);
}

const exp2Op = floatUnary("exp2", (y) => (g) => g.mul(y).mul(Math.LN2));
/**
 * Elementwise `2ˣ`. Gradient: `g 2ˣ log 2`.
 *
 * PyTorch: [`torch.exp2`](https://pytorch.org/docs/stable/generated/torch.exp2.html).
 *
 * @param x - Any shape; integers become float32.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, 10]).exp2().toArray(); // => [1, 2, 1024]
 * ```
 */
export function exp2(x: Tensor): Tensor {
  return exp2Op(x);
}

const expm1Op = floatUnary("expm1", (y) => (g) => g.mul(y.add(1)));
/**
 * Elementwise `eˣ - 1`, accurate near 0. Gradient: `g eˣ`.
 *
 * PyTorch: [`torch.expm1`](https://pytorch.org/docs/stable/generated/torch.expm1.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, 1e-20]).expm1().toArray(); // => [0, 1.7183, 1e-20]
 * ```
 */
export function expm1(x: Tensor): Tensor {
  return expm1Op(x);
}

const logOp = floatUnary("log", (_, x) => (g) => g.div(x));
/**
 * Elementwise natural logarithm; -Infinity of 0, NaN of negative numbers. Gradient: `g / x`.
 *
 * PyTorch: [`torch.log`](https://pytorch.org/docs/stable/generated/torch.log.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 0.5, 0]).log().toArray(); // => [0, -0.6931, -Infinity]
 * ```
 */
export function log(x: Tensor): Tensor {
  return logOp(x);
}

const log1pOp = floatUnary("log1p", (_, x) => (g) => g.div(x.add(1)));
/**
 * Elementwise `log(1 + x)`, accurate near 0. Gradient: `g / (1 + x)`.
 *
 * PyTorch: [`torch.log1p`](https://pytorch.org/docs/stable/generated/torch.log1p.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, 1e-20]).log1p().toArray(); // => [0, 0.6931, 1e-20]
 * ```
 */
export function log1p(x: Tensor): Tensor {
  return log1pOp(x);
}

const log2Op = floatUnary("log2", (_, x) => (g) => g.div(x.mul(Math.LN2)));
/**
 * Elementwise logarithm to base 2. Gradient: `g / (x log 2)`.
 *
 * PyTorch: [`torch.log2`](https://pytorch.org/docs/stable/generated/torch.log2.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.25, 1, 8]).log2().toArray(); // => [-2, 0, 3]
 * ```
 */
export function log2(x: Tensor): Tensor {
  return log2Op(x);
}

const log10Op = floatUnary("log10", (_, x) => (g) => g.div(x.mul(Math.LN10)));
/**
 * Elementwise logarithm to base 10. Gradient: `g / (x log 10)`.
 *
 * PyTorch: [`torch.log10`](https://pytorch.org/docs/stable/generated/torch.log10.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.5, 1, 100]).log10().toArray(); // => [-0.3010, 0, 2]
 * ```
 */
export function log10(x: Tensor): Tensor {
  return log10Op(x);
}

const logaddexpOp = binary(
  "logaddexp",
  (_y, a, b) => (g) => g.mul(a.sub(b).sigmoid()),
  (_y, a, b) => (g) => g.mul(b.sub(a).sigmoid()),
);
/**
 * Elementwise `log(eᵃ + eᵇ)`, without overflow. Gradients: `g σ(a - b)` and `g σ(b - a)`.
 *
 * PyTorch: [`torch.logaddexp`](https://pytorch.org/docs/stable/generated/torch.logaddexp.html).
 *
 * @param a - Any shape; integers become float32.
 * @param b - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1000, 0]).logaddexp(tensor([0, -1000])).toArray(); // => [1000, 0]
 * ```
 */
export function logaddexp(a: Tensor, b: Tensor): Tensor {
  requireTensors("logaddexp", a, b);
  return logaddexpOp(...meet("logaddexp", a, b, promoteTypes(commonDType([a, b]), "float32")));
}
