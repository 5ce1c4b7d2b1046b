/** Straight above 0, and 0 or nearly below it. */
import { requireOptions, ShapeError, ValueError, where, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import * as fused from "@torchlet/tensor/fused";
import { checkNumbers } from "../../arguments/numbers.ts";
import { requireTensor } from "../../arguments/tensors.ts";
import { hardtanh } from "./piecewise-linear.ts";

/**
 * Elementwise `max(x, 0)`. Gradient: `g` where `x > 0`, else 0.
 *
 * PyTorch: [`F.relu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.relu.html).
 *
 * @throws DTypeError for bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.relu(tensor([-1, 0, 2])).toArray(); // => [0, 0, 2]
 * ```
 */
export function relu(x: Tensor): Tensor {
  requireTensor("relu", "the input", x);
  return x.relu();
}

/**
 * Elementwise `min(max(x, 0), 6)`. Gradient: `g` where `0 < x < 6`, else 0.
 *
 * PyTorch: [`F.relu6`](https://pytorch.org/docs/stable/generated/torch.nn.functional.relu6.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.relu6(tensor([-1, 2, 8])).toArray(); // => [0, 2, 6]
 * ```
 */
export function relu6(x: Tensor): Tensor {
  return hardtanh(x, 0, 6);
}

/**
 * Elementwise `x` where `x > 0`, else `negativeSlope x`. Gradient: `g`, or `negativeSlope g`.
 *
 * PyTorch: [`F.leaky_relu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html).
 *
 * @param x - Any shape.
 * @param negativeSlope - The slope below 0. Default: 0.01.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.leakyRelu(tensor([-4, 2]), 0.25).toArray(); // => [-1, 2]
 * ```
 */
export function leakyRelu(x: Tensor, negativeSlope = 0.01): Tensor {
  checkNumbers("leakyRelu", { negativeSlope });
  return fused.leakyRelu(x, negativeSlope);
}

/**
 * {@link leakyRelu} with a learned slope below 0. Gradients: as there, and the sum of `g x` over `x ≤ 0`.
 *
 * PyTorch: [`F.prelu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.prelu.html).
 *
 * @param x - Any shape.
 * @param weight - One slope, or one for each channel: the size of dimension 1 of `x`.
 * @throws ShapeError if there is another number of slopes.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.prelu(tensor([[-4, -4, 2]]), tensor([0.25, 0.5, 1])).toArray(); // => [[-1, -2, 2]]
 * ```
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  requireTensor("prelu", "the input", x);
  requireTensor("prelu", "the weight", weight);
  const channels = x.ndim < 2 ? 1 : x.shape[1]!;
  if (weight.numel !== 1 && (weight.ndim !== 1 || weight.numel !== channels))
    throw new ShapeError(
      "prelu",
      `weight ${format(weight.shape)} does not fit input ${format(x.shape)}: it must have 1 element or one per channel (${channels})`,
    );
  const slope = x.ndim < 2 ? weight.reshape([]) : weight.reshape(-1, ...x.shape.slice(2).map(() => 1));
  return where(x.gt(0), x, x.mul(slope));
}

/**
 * Elementwise `x` where `x > 0`, else `alpha (eˣ - 1)`. Gradient: `g`, or `alpha eˣ g`.
 *
 * PyTorch: [`F.elu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.elu.html).
 *
 * @param x - Any shape.
 * @param alpha - Minus the limit at minus infinity. Default: 1.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.elu(tensor([-Infinity, 0, 2]), 3).toArray(); // => [-3, 0, 2]
 * ```
 */
export function elu(x: Tensor, alpha = 1): Tensor {
  checkNumbers("elu", { alpha });
  return fused.elu(x, alpha, 1, 1);
}

/**
 * Elementwise `max(x, 0) + min(0, alpha (e^(x/alpha) - 1))`, {@link elu} with a continuous derivative. Gradient: `g`, or `e^(x/alpha) g`.
 *
 * PyTorch: [`F.celu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.celu.html).
 *
 * @param x - Any shape.
 * @param alpha - Minus the limit at minus infinity. Default: 1.
 * @throws ValueError if `alpha` is 0.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.celu(tensor([-Infinity, 0, 2]), 3).toArray(); // => [-3, 0, 2]
 * ```
 */
export function celu(x: Tensor, alpha = 1): Tensor {
  checkNumbers("celu", { alpha });
  if (alpha === 0) throw new ValueError("celu", "alpha must not be 0");
  return fused.elu(x, alpha, 1, 1 / alpha);
}

const seluAlpha = 1.6732632423543772848170429916717;
const seluScale = 1.0507009873554804934193349852946;

/**
 * Elementwise `scale elu(x, alpha)` with the constants that keep mean 0 and variance 1 (Klambauer et al. 2017). Gradient: that of {@link elu}, scaled.
 *
 * PyTorch: [`F.selu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.selu.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.selu(tensor([0, 1], { dtype: "float64" })).toArray(); // => [0, 1.0507009873554805]
 * ```
 */
export function selu(x: Tensor): Tensor {
  return fused.elu(x, seluAlpha * seluScale, seluScale, 1);
}

/** Options of {@link gelu}. */
export interface GeluOptions {
  /** `"tanh"` for the approximation with tanh. Default: `"none"`, the exact function. */
  approximate?: "none" | "tanh";
}

/**
 * Elementwise `x Φ(x)`, with the distribution function Φ of the standard normal distribution. Gradient: `g (Φ(x) + x φ(x))`.
 *
 * PyTorch: [`F.gelu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.gelu.html).
 *
 * @param x - Any shape.
 * @param options - `approximate`: `"tanh"` computes `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))` instead.
 * @throws ValueError if `approximate` is neither `"none"` nor `"tanh"`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.gelu(tensor(1, { dtype: "float64" })).item().toFixed(6); // => "0.841345"
 * F.gelu(tensor(1, { dtype: "float64" }), { approximate: "tanh" }).item().toFixed(6); // => "0.841192"
 * ```
 */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  requireOptions("gelu", options, 'approximate: "tanh"', ["approximate"]);
  requireTensor("gelu", "the input", x);
  const approximate: string = options.approximate ?? "none";
  if (approximate === "none") return fused.gelu(x);
  if (approximate !== "tanh")
    throw new ValueError("gelu", `approximate must be "none" or "tanh", got ${JSON.stringify(approximate)}`);
  // (1 + tanh(u)) / 2 is σ(2u).
  const factor = 2 * Math.sqrt(2 / Math.PI);
  const doubled = x.mul(
    x
      .square()
      .mul(0.044715 * factor)
      .add(factor),
  );
  return x.mul(doubled.sigmoid());
}
