/** Curves from one level to another, and what is made of them. */
import type { Tensor } from "@torchlet/tensor";
import * as fused from "@torchlet/tensor/fused";
import { requireTensor } from "../../arguments/tensors.ts";

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
