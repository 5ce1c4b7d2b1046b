/** Functions of one tensor that stand between layers. */
import { requireOptions, ShapeError, ValueError, where, type DType, type Tensor } from "@torchlet/tensor";
import * as fused from "@torchlet/tensor/fused";
import { requireNumbers, requireTensor } from "../require-tensor.ts";
import { format } from "../shapes.ts";

// ----- rectifiers -----

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
  requireNumbers("leakyRelu", { negativeSlope });
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
  requireNumbers("elu", { alpha });
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
  requireNumbers("celu", { alpha });
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

// ----- sigmoids and what is made of them -----

/**
 * Elementwise `1 / (1 + e⁻ˣ)`. Gradient: `g y (1 - y)`.
 *
 * PyTorch: [`F.sigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.functional.sigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.sigmoid(tensor([-Infinity, 0, Infinity])).toArray(); // => [0, 0.5, 1]
 * ```
 */
export function sigmoid(x: Tensor): Tensor {
  requireTensor("sigmoid", "the input", x);
  return x.sigmoid();
}

/**
 * Elementwise `log(1 / (1 + e⁻ˣ))`, accurate for all `x`. Gradient: `g / (1 + eˣ)`.
 *
 * PyTorch: [`F.logsigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.functional.logsigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.logSigmoid(tensor([-1000, 1000])).toArray(); // => [-1000, 0]
 * ```
 */
export function logSigmoid(x: Tensor): Tensor {
  return fused.logSigmoid(x);
}

/**
 * Elementwise `x / (1 + e⁻ˣ)`, also called swish. Gradient: `g σ(x) (1 + x (1 - σ(x)))`.
 *
 * PyTorch: [`F.silu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.silu.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.silu(tensor(1, { dtype: "float64" })).item().toFixed(6); // => "0.731059"
 * ```
 */
export function silu(x: Tensor): Tensor {
  return fused.silu(x);
}

/**
 * Elementwise `x tanh(log(1 + eˣ))`. Gradient: by the product and chain rules.
 *
 * PyTorch: [`F.mish`](https://pytorch.org/docs/stable/generated/torch.nn.functional.mish.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.mish(tensor(1, { dtype: "float64" })).item().toFixed(6); // => "0.865098"
 * ```
 */
export function mish(x: Tensor): Tensor {
  requireTensor("mish", "the input", x);
  return x.mul(softplus(x).tanh());
}

/**
 * Elementwise `log(1 + e^(beta x)) / beta`, a smooth {@link relu}; `x` itself where `beta x > threshold`. Gradient: `g σ(beta x)`.
 *
 * PyTorch: [`F.softplus`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softplus.html).
 *
 * @param x - Any shape.
 * @param beta - How sharp the bend is. Default: 1.
 * @param threshold - Where the function becomes linear. Default: 20.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softplus(tensor([-1000, 1000])).toArray(); // => [0, 1000]
 * F.softplus(tensor(0, { dtype: "float64" }), 2).item() === Math.LN2 / 2; // => true
 * ```
 */
export function softplus(x: Tensor, beta = 1, threshold = 20): Tensor {
  return fused.softplus(x, beta, threshold);
}

/**
 * Elementwise `x / (1 + |x|)`. Gradient: `g / (1 + |x|)²`.
 *
 * PyTorch: [`F.softsign`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softsign.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softsign(tensor([-1, 0, 3])).toArray(); // => [-0.5, 0, 0.75]
 * ```
 */
export function softsign(x: Tensor): Tensor {
  requireTensor("softsign", "the input", x);
  return x.div(x.abs().add(1));
}

/**
 * Elementwise hyperbolic tangent. Gradient: `g (1 - y²)`.
 *
 * PyTorch: [`F.tanh`](https://pytorch.org/docs/stable/generated/torch.nn.functional.tanh.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.tanh(tensor([-Infinity, 0, Infinity])).toArray(); // => [-1, 0, 1]
 * ```
 */
export function tanh(x: Tensor): Tensor {
  requireTensor("tanh", "the input", x);
  return x.tanh();
}

/**
 * Elementwise `x - tanh(x)`. Gradient: `g tanh²(x)`.
 *
 * PyTorch: [`F.tanhshrink`](https://pytorch.org/docs/stable/generated/torch.nn.functional.tanhshrink.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.tanhshrink(tensor([-50, 0, 50])).toArray(); // => [-49, 0, 49]
 * ```
 */
export function tanhshrink(x: Tensor): Tensor {
  requireTensor("tanhshrink", "the input", x);
  return x.sub(x.tanh());
}

// ----- piecewise linear functions -----

/**
 * Elementwise `x` limited to `[min, max]`. Gradient: `g` strictly inside, else 0.
 *
 * PyTorch: [`F.hardtanh`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html).
 *
 * @param x - Any shape.
 * @param min - The lowest value. Default: -1.
 * @param max - The highest value. Default: 1.
 * @throws ValueError if `min > max`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardtanh(tensor([-3, 0.5, 3])).toArray(); // => [-1, 0.5, 1]
 * ```
 */
export function hardtanh(x: Tensor, min = -1, max = 1): Tensor {
  requireTensor("hardtanh", "the input", x);
  if (!(min <= max)) throw new ValueError("hardtanh", `needs min <= max, got ${min} and ${max}`);
  return fused.hardtanh(x, min, max);
}

/**
 * Elementwise `x/6 + 1/2` limited to `[0, 1]`. Gradient: `g / 6` for `-3 < x < 3`, else 0.
 *
 * PyTorch: [`F.hardsigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardsigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardsigmoid(tensor([-4, 0, 1.5, 4])).toArray(); // => [0, 0.5, 0.75, 1]
 * ```
 */
export function hardsigmoid(x: Tensor): Tensor {
  requireTensor("hardsigmoid", "the input", x);
  return hardtanh(x.add(3), 0, 6).div(6);
}

/**
 * Elementwise `x hardsigmoid(x)`. Gradient: `g (x/3 + 1/2)` for `-3 ≤ x ≤ 3`, `g` above, 0 below.
 *
 * PyTorch: [`F.hardswish`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardswish.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardswish(tensor([-4, 0, 1.5, 4])).toArray(); // => [0, 0, 1.125, 4]
 * ```
 */
export function hardswish(x: Tensor): Tensor {
  return fused.hardswish(x);
}

/**
 * Elementwise `x` where `|x| > lambd`, else 0. Gradient: `g`, or 0.
 *
 * PyTorch: [`F.hardshrink`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardshrink.html).
 *
 * @param x - Any shape.
 * @param lambd - The threshold. Default: 0.5.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardshrink(tensor([-1, 0.25, 2])).toArray(); // => [-1, 0, 2]
 * ```
 */
export function hardshrink(x: Tensor, lambd = 0.5): Tensor {
  requireTensor("hardshrink", "the input", x);
  return x.maskedFill(x.abs().le(lambd), 0);
}

/**
 * Elementwise `x` moved towards 0 by `lambd`, and 0 where `|x| ≤ lambd`. Gradient: `g` where `|x| > lambd`, else 0.
 *
 * PyTorch: [`F.softshrink`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softshrink.html).
 *
 * @param x - Any shape.
 * @param lambd - How far. Default: 0.5.
 * @throws ValueError if `lambd` is negative.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softshrink(tensor([-1, 0.25, 2])).toArray(); // => [-0.5, 0, 1.5]
 * ```
 */
export function softshrink(x: Tensor, lambd = 0.5): Tensor {
  requireTensor("softshrink", "the input", x);
  if (!(lambd >= 0)) throw new ValueError("softshrink", `lambd must not be negative, got ${lambd}`);
  return x.sub(x.sign().mul(lambd)).maskedFill(x.abs().le(lambd), 0);
}

/**
 * Elementwise `x` where `x > threshold`, else `value`. Gradient: `g`, or 0.
 *
 * PyTorch: [`F.threshold`](https://pytorch.org/docs/stable/generated/torch.nn.functional.threshold.html).
 *
 * @param x - Any shape.
 * @param threshold - What must be exceeded.
 * @param value - What stands elsewhere.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.threshold(tensor([-1, 0.5, 2]), 1, 20).toArray(); // => [20, 20, 2]
 * ```
 */
export function threshold(x: Tensor, threshold: number, value: number): Tensor {
  requireTensor("threshold", "the input", x);
  return x.maskedFill(x.le(threshold), value);
}

// ----- along a dimension -----

/**
 * One half of `x` along `dim`, gated by the sigmoid of the other: `a σ(b)`. Gradients: by the product rule.
 *
 * PyTorch: [`F.glu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.glu.html).
 *
 * @param x - Any shape.
 * @param dim - The dimension that is halved. Default: -1.
 * @throws ShapeError if its size is odd, or `x` has no dimensions.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.glu(tensor([[8, 6, 0, Infinity]])).toArray(); // => [[4, 6]]
 * ```
 */
export function glu(x: Tensor, dim = -1): Tensor {
  requireTensor("glu", "the input", x);
  if (x.ndim === 0) throw new ShapeError("glu", "a 0-d tensor has no halves");
  const size = x.size(dim);
  if (size % 2 !== 0)
    throw new ShapeError(
      "glu",
      `dimension ${dim} of shape ${format(x.shape)} has the odd size ${size}, which has no halves`,
    );
  return x.narrow(dim, 0, size / 2).mul(x.narrow(dim, size / 2, size / 2).sigmoid());
}

/** Options of {@link softmax}, {@link logSoftmax} and {@link softmin}. */
export interface SoftmaxOptions {
  /** Convert to this dtype before. Default: that of the input. */
  dtype?: DType;
}

/**
 * `eˣ / Σ eˣ` along `dim`: positive numbers that add up to 1. Gradient: `y (g - Σ g y)`.
 *
 * PyTorch: [`F.softmax`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html), where leaving out `dim` guesses it
 * with a warning; here `dim` is required.
 *
 * @param x - Any shape.
 * @param dim - Along which the results add up to 1.
 * @param options - `dtype`: convert to it before.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softmax(tensor([[0, 0], [1000, 0]]), 1).toArray(); // => [[0.5, 0.5], [1, 0]]
 * ```
 */
export function softmax(x: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  requireTensor("softmax", "the input", x);
  return x.softmax(dim, options);
}

/**
 * `x - log Σ eˣ` along `dim`: the logarithm of {@link softmax}, without its loss of precision. Gradient: `g - eʸ Σ g`.
 *
 * PyTorch: [`F.log_softmax`](https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html).
 *
 * @param x - Any shape.
 * @param dim - Along which the exponentials of the results add up to 1.
 * @param options - `dtype`: convert to it before.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.logSoftmax(tensor([1000, 0]), 0).toArray(); // => [0, -1000]
 * ```
 */
export function logSoftmax(x: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  requireTensor("logSoftmax", "the input", x);
  return x.logSoftmax(dim, options);
}

/**
 * {@link softmax} of `-x`.
 *
 * PyTorch: [`F.softmin`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softmin.html).
 *
 * @param x - Any shape.
 * @param dim - Along which the results add up to 1.
 * @param options - `dtype`: convert to it before.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softmin(tensor([1000, 0]), 0).toArray(); // => [0, 1]
 * ```
 */
export function softmin(x: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  requireTensor("softmin", "the input", x);
  return x.neg().softmax(dim, options);
}
