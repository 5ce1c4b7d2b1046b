/** What activations are made of, beside `tanh`. */
import { DTypeError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { reluBackward, sigmoidBackward } from "../gradients.ts";
import { floatUnary, unary } from "./define.ts";

const sigmoidOp = floatUnary("sigmoid", (y) => (g) => sigmoidBackward(g, y));
/**
 * Elementwise `1 / (1 + e⁻ˣ)`, between 0 and 1. Gradient: `g y (1 - y)`.
 *
 * PyTorch: [`torch.sigmoid`](https://pytorch.org/docs/stable/generated/torch.sigmoid.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 2]).sigmoid().toArray(); // => [0.5, 0.8808]
 * ```
 */
export function sigmoid(x: Tensor): Tensor {
  return sigmoidOp(x);
}

const reluOp = unary("relu", (y) => (g) => reluBackward(g, y));
/**
 * Elementwise `max(x, 0)`; NaN stays NaN. Gradient: `g`, but 0 where `x ≤ 0`.
 *
 * PyTorch: [`torch.nn.functional.relu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.relu.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([-1, 0, 2], { requiresGrad: true });
 * const y = x.relu();
 * y.toArray(); // => [0, 0, 2]
 * y.sum().backward();
 * x.grad?.toArray(); // => [0, 0, 1]
 * ```
 */
export function relu(x: Tensor): Tensor {
  if (x.dtype === "bool") throw new DTypeError("relu", "is not defined for bool; convert with .to()");
  return reluOp(x);
}

const erfOp = floatUnary("erf", (_, x) => (g) => g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)));
/**
 * Elementwise error function `2/√π ∫₀ˣ e^(-t²) dt`. Gradient: `2/√π e^(-x²) g`.
 *
 * PyTorch: [`torch.erf`](https://pytorch.org/docs/stable/generated/torch.erf.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 0.5, 1]).erf().toArray(); // => [0, 0.5205, 0.8427]
 * ```
 */
export function erf(x: Tensor): Tensor {
  return erfOp(x);
}
