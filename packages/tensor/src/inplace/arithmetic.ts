import { kernels } from "../kernels/kernels.ts";
import { clamp } from "../ops/choose.ts";
import * as elementwise from "../ops/elementwise/index.ts";
import type { Operandlike } from "../ops/operands.ts";
import { alphaOf } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { change, changeDirectly } from "./change.ts";

/**
 * `x ← x + alpha other`. Gradients: `g` and `alpha g`.
 *
 * PyTorch: [`Tensor.add_`](https://pytorch.org/docs/stable/generated/torch.Tensor.add_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param other - A number, or a tensor that broadcasts to the shape of `x`.
 * @param options - `alpha`: multiplies `other`, default 1.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { noGrad, tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => w.add_(tensor([10, 20]), { alpha: 0.5 }));
 * w.toArray(); // => [6, 12]
 * ```
 */
export function add_(x: Tensor, other: Operandlike, options?: elementwise.AlphaOptions): Tensor {
  const alpha = alphaOf("add_", options);
  if (changeDirectly("add_", x, other, (y) => kernels().addScaled(x, x, y, alpha))) return x;
  return change("add_", x, (x) => elementwise.add(x, other, options), other);
}

/**
 * `x ← x - alpha other`. Gradients: `g` and `-alpha g`.
 *
 * PyTorch: [`Tensor.sub_`](https://pytorch.org/docs/stable/generated/torch.Tensor.sub_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param other - A number, or a tensor that broadcasts to the shape of `x`.
 * @param options - `alpha`: multiplies `other`, default 1.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if an operand is bool, or `x` cannot hold the result.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { noGrad, tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => w.sub_(tensor([1, 1]), { alpha: 0.5 })); // a step of gradient descent
 * w.toArray(); // => [0.5, 1.5]
 * ```
 */
export function sub_(x: Tensor, other: Operandlike, options?: elementwise.AlphaOptions): Tensor {
  const alpha = alphaOf("sub_", options);
  if (changeDirectly("sub_", x, other, (y) => kernels().addScaled(x, x, y, -alpha))) return x;
  return change("sub_", x, (x) => elementwise.sub(x, other, options), other);
}

/**
 * `x ← x other`. Gradients: `g other` and `g x`.
 *
 * PyTorch: [`Tensor.mul_`](https://pytorch.org/docs/stable/generated/torch.Tensor.mul_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param other - A number, or a tensor that broadcasts to the shape of `x`.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).mul_(3).toArray(); // => [3, 6]
 * ```
 */
export function mul_(x: Tensor, other: Operandlike): Tensor {
  if (changeDirectly("mul_", x, other, (y) => kernels().binary(x, "mul", x, y))) return x;
  return change("mul_", x, (x) => elementwise.mul(x, other), other);
}

/**
 * `x ← x / other`. Gradients: `g / other` and `-g x / other²`.
 *
 * PyTorch: [`Tensor.div_`](https://pytorch.org/docs/stable/generated/torch.Tensor.div_.html); here without rounding mode.
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param other - A number, or a tensor that broadcasts to the shape of `x`.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).div_(2).toArray(); // => [0.5, 1]
 * tensor([1, 2], { dtype: "int32" }).div_(2); // throws DTypeError: the result is float32
 * ```
 */
export function div_(x: Tensor, other: Operandlike): Tensor {
  if (changeDirectly("div_", x, other, (y) => kernels().binary(x, "div", x, y))) return x;
  return change("div_", x, (x) => elementwise.div(x, other), other);
}

/**
 * `x ← x + value a b`. Gradients: `g`, `value g b` and `value g a`.
 *
 * PyTorch: [`Tensor.addcmul_`](https://pytorch.org/docs/stable/generated/torch.Tensor.addcmul_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param a - A shape that broadcasts to that of `x`.
 * @param b - Likewise.
 * @param options - `value`: default 1.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).addcmul_(tensor([3, 4]), tensor([5, 6]), { value: 0.5 }).toArray(); // => [8.5, 14]
 * ```
 */
export function addcmul_(x: Tensor, a: Tensor, b: Tensor, options: elementwise.ValueOptions = {}): Tensor {
  return change("addcmul_", x, (x) => elementwise.addcmul(x, a, b, options), a, b);
}

/**
 * `x ← x + value a / b`. Gradients: `g`, `value g / b` and `-value g a / b²`.
 *
 * PyTorch: [`Tensor.addcdiv_`](https://pytorch.org/docs/stable/generated/torch.Tensor.addcdiv_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param a - A shape that broadcasts to that of `x`.
 * @param b - Likewise.
 * @param options - `value`: default 1.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).addcdiv_(tensor([3, 4]), tensor([6, 2]), { value: 2 }).toArray(); // => [2, 6]
 * ```
 */
export function addcdiv_(x: Tensor, a: Tensor, b: Tensor, options: elementwise.ValueOptions = {}): Tensor {
  return change("addcdiv_", x, (x) => elementwise.addcdiv(x, a, b, options), a, b);
}

/**
 * `x ← x^exponent`. Gradients: those of {@link pow}.
 *
 * PyTorch: [`Tensor.pow_`](https://pytorch.org/docs/stable/generated/torch.Tensor.pow_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param exponent - A number, or a tensor that broadcasts to the shape of `x`.
 * @returns `x` itself.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).pow_(2).toArray(); // => [1, 4, 9]
 * ```
 */
export function pow_(x: Tensor, exponent: Operandlike): Tensor {
  return change("pow_", x, (x) => elementwise.pow(x, exponent), exponent);
}

/**
 * `x ← -x`. Gradient: `-g`.
 *
 * PyTorch: [`Tensor.neg_`](https://pytorch.org/docs/stable/generated/torch.Tensor.neg_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws DTypeError if `x` is bool.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, -2]).neg_().toArray(); // => [-1, 2]
 * ```
 */
export function neg_(x: Tensor): Tensor {
  return change("neg_", x, elementwise.neg);
}

/**
 * `x ← eˣ`. Gradient: `g eˣ`.
 *
 * PyTorch: [`Tensor.exp_`](https://pytorch.org/docs/stable/generated/torch.Tensor.exp_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).exp_().toArray(); // => [1, 2.7183]
 * ```
 */
export function exp_(x: Tensor): Tensor {
  return change("exp_", x, elementwise.exp);
}

/**
 * `x ← √x`. Gradient: `g / (2√x)`.
 *
 * PyTorch: [`Tensor.sqrt_`](https://pytorch.org/docs/stable/generated/torch.Tensor.sqrt_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([4, 9]).sqrt_().toArray(); // => [2, 3]
 * ```
 */
export function sqrt_(x: Tensor): Tensor {
  return change("sqrt_", x, elementwise.sqrt);
}

/**
 * `x ← max(x, 0)`. Gradient: `g`, but 0 where `x ≤ 0`.
 *
 * PyTorch: [`torch.relu_`](https://pytorch.org/docs/stable/generated/torch.nn.functional.relu_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws DTypeError if `x` is bool.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1, 2]).relu_().toArray(); // => [0, 2]
 * ```
 */
export function relu_(x: Tensor): Tensor {
  return change("relu_", x, elementwise.relu);
}

/**
 * `x ← 1 / (1 + e⁻ˣ)`. Gradient: `g y (1 - y)`.
 *
 * PyTorch: [`Tensor.sigmoid_`](https://pytorch.org/docs/stable/generated/torch.Tensor.sigmoid_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 2]).sigmoid_().toArray(); // => [0.5, 0.8808]
 * ```
 */
export function sigmoid_(x: Tensor): Tensor {
  return change("sigmoid_", x, elementwise.sigmoid);
}

/**
 * `x ← tanh x`. Gradient: `g (1 - tanh² x)`.
 *
 * PyTorch: [`Tensor.tanh_`](https://pytorch.org/docs/stable/generated/torch.Tensor.tanh_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).tanh_().toArray(); // => [0, 0.7616]
 * ```
 */
export function tanh_(x: Tensor): Tensor {
  return change("tanh_", x, elementwise.tanh);
}

/**
 * Limits the values of `x` to `[min, max]`. Gradient: that of {@link clamp}.
 *
 * PyTorch: [`Tensor.clamp_`](https://pytorch.org/docs/stable/generated/torch.Tensor.clamp_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param min - A number, a tensor that broadcasts to the shape of `x`, or null.
 * @param max - Likewise.
 * @returns `x` itself.
 * @throws ValueError if neither bound is given.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws DTypeError if `x` cannot hold the result, as int32 cannot hold fractions.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-2, 0.5, 3]).clamp_(0, 1).toArray(); // => [0, 0.5, 1]
 * ```
 */
export function clamp_(x: Tensor, min: Operandlike | null = null, max: Operandlike | null = null): Tensor {
  return change("clamp_", x, (x) => clamp(x, min, max), min, max);
}
