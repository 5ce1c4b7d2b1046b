/**
 * Operations that change a tensor instead of making a new one, named with PyTorch's trailing underscore.
 *
 * They return the tensor itself. Every change is counted, so that backward finds out if a value that it needs was overwritten.
 */
import { zerosLike } from "./create.ts";
import { isFloatingPoint, type DType } from "./dtype.ts";
import { AutogradError, DTypeError, ShapeError } from "./errors.ts";
import { isGradEnabled, noGrad } from "./grad-mode.ts";
import { basicView, dropLeadingOnes, fits, putAt, type Index } from "./indexing.ts";
import { kernels } from "./kernels/kernels.ts";
import { defineOp } from "./op.ts";
import { expand } from "./ops/broadcast.ts";
import { clamp, maskedFill } from "./ops/choose.ts";
import { to } from "./ops/convert.ts";
import * as elementwise from "./ops/elementwise/index.ts";
import { scatter, scatterAdd, type ScatterOptions } from "./ops/gather.ts";
import { lift, type Operandlike } from "./ops/operands.ts";
import { reshape } from "./ops/views.ts";
import { format, sameShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { checkWritable } from "./writable.ts";

/** Throws where other tensors may see the storage: the history of a view cannot be rewritten. */
function checkSoleOwner(op: string, x: Tensor): void {
  if (x.storage.viewed) {
    throw new AutogradError(
      op,
      "this change would have to be recorded, but the tensor is a view or has views, whose history would become wrong; use the out-of-place operation, or clone() first",
    );
  }
}

const order = { bool: 0, int32: 1, float32: 2, float64: 2 } as const satisfies Record<DType, number>;

/** Writes the result of `compute` into `x`, with its history; `others` are what else it is computed from. */
function change(
  op: string,
  x: Tensor,
  compute: (x: Tensor) => Tensor,
  ...others: readonly (Operandlike | null)[]
): Tensor {
  checkWritable(op, x);
  const recorded = isGradEnabled() && [x, ...others].some((t) => t instanceof Tensor && t.node !== null);
  if (recorded) checkSoleOwner(op, x);
  const { viewed } = x.storage;
  const y = compute(recorded ? snapshot(x) : x);
  x.storage.viewed = viewed; // views made inside compute are not seen by anybody
  if (!sameShape(y.shape, x.shape))
    throw new ShapeError(
      op,
      `the result has shape ${format(y.shape)}, which the tensor of shape ${format(x.shape)} cannot hold`,
    );
  if (order[y.dtype] > order[x.dtype])
    throw new DTypeError(
      op,
      `the result is ${y.dtype}, which a ${x.dtype} tensor cannot hold; use the out-of-place operation`,
    );
  const z = to(y, x.dtype);
  if (z.node !== null) checkSoleOwner(op, x);
  kernels().copy(x, z.storage === x.storage ? noGrad(() => z.clone()) : z);
  x.storage.touch(op);
  if (isGradEnabled()) x.rebase(z.node);
  return x;
}

/**
 * Lets `kernel` write straight into `x`, where nothing is recorded and `other` fits as it is; returns whether it did. Optimizers spend
 * their time here.
 */
function changeDirectly(op: string, x: Tensor, other: Operandlike, kernel: (y: Tensor) => void): boolean {
  if (!isFloatingPoint(x.dtype) || !x.layout.contiguous) return false;
  const y = typeof other === "number" ? lift(op, other, x.dtype, x.shape) : other;
  if (
    !(y instanceof Tensor) ||
    y.dtype !== x.dtype ||
    y.storage === x.storage ||
    !sameShape(y.shape, x.shape)
  )
    return false;
  if (isGradEnabled() && (x.node !== null || y.node !== null)) return false;
  checkWritable(op, x);
  x.checkSaved();
  y.checkSaved();
  kernel(y);
  x.storage.touch(op);
  return true;
}

/** The present values with their history, for gradients that need them after they have been overwritten. */
function snapshot(x: Tensor): Tensor {
  const copy = noGrad(() => x.clone());
  copy.node = x.node;
  return copy;
}

const overwrite = defineOp<[x: Tensor, source: Tensor]>("copy_", {
  shape: (x) => x.shape,
  run: (k, out, _x, source) => k.copy(out, source),
  vjp: [() => (g) => zerosLike(g), () => (g) => g], // nothing of x is left
});

/**
 * Overwrites `x` with `source`, broadcast and converted. Gradients: 0 for the old `x`, `g` for `source`.
 *
 * PyTorch: [`Tensor.copy_`](https://pytorch.org/docs/stable/generated/torch.Tensor.copy_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param source - A number, or a tensor that broadcasts to the shape of `x`, of any dtype.
 * @returns `x` itself.
 * @throws ShapeError if `source` does not broadcast to the shape of `x`.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const x = zeros(2, 2);
 * x.copy_(tensor([1, 2])).toArray(); // => [[1, 2], [1, 2]]
 * ```
 */
export function copy_(x: Tensor, source: Operandlike): Tensor {
  const y = to(expand(lift("copy_", source, x.dtype, x.shape), x.shape), x.dtype);
  return change("copy_", x, (x) => (isGradEnabled() && x.node !== null ? overwrite(x, y) : y), source);
}

/**
 * Sets every element to `value`. Gradient: 0.
 *
 * PyTorch: [`Tensor.fill_`](https://pytorch.org/docs/stable/generated/torch.Tensor.fill_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param value - Converted to the dtype of `x`.
 * @returns `x` itself.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(3).fill_(7).toArray(); // => [7, 7, 7]
 * ```
 */
export function fill_(x: Tensor, value: number | boolean): Tensor {
  checkWritable("fill_", x);
  if (x.node !== null && isGradEnabled()) return copy_(x, value);
  kernels().fill(x, x.dtype === "bool" ? Number(Boolean(value)) : Number(value));
  x.storage.touch("fill_");
  return x;
}

/**
 * Sets every element to 0. Gradient: 0.
 *
 * PyTorch: [`Tensor.zero_`](https://pytorch.org/docs/stable/generated/torch.Tensor.zero_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @returns `x` itself.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).zero_().toArray(); // => [0, 0]
 * ```
 */
export function zero_(x: Tensor): Tensor {
  return fill_(x, 0);
}

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
export function add_(x: Tensor, other: Operandlike, options: elementwise.AlphaOptions = {}): Tensor {
  const { alpha = 1 } = options;
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
export function sub_(x: Tensor, other: Operandlike, options: elementwise.AlphaOptions = {}): Tensor {
  const { alpha = 1 } = options;
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

/**
 * Sets `x` to `value` wherever `mask` holds. Gradient: that of {@link maskedFill}.
 *
 * PyTorch: [`Tensor.masked_fill_`](https://pytorch.org/docs/stable/generated/torch.Tensor.masked_fill_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param mask - bool; broadcasts to the shape of `x`.
 * @param value - A number or a 0-d tensor, converted to the dtype of `x`.
 * @returns `x` itself.
 * @throws DTypeError if `mask` is not bool.
 * @throws ValueError if `value` has dimensions.
 * @throws ShapeError if the result has another shape than `x`.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([1, -2, 3]);
 * x.maskedFill_(x.lt(0), 0).toArray(); // => [1, 0, 3]
 * ```
 */
export function maskedFill_(x: Tensor, mask: Tensor, value: number | Tensor): Tensor {
  return change("maskedFill_", x, (x) => maskedFill(x, mask, value), value);
}

/**
 * {@link scatter} into `x` itself; gradients as there.
 *
 * PyTorch: [`Tensor.scatter_`](https://pytorch.org/docs/stable/generated/torch.Tensor.scatter_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, as for {@link scatter}.
 * @param src - A number, or a tensor of the dtype of `x` and at least as large as `index`.
 * @param options - `reduce`: `"add"`, `"multiply"`, or null (the default) to replace.
 * @returns `x` itself.
 * @throws ShapeError if there is no such dimension, or `index` or `src` does not fit.
 * @throws DTypeError if `index` is not int32, or `src` has another dtype than `x`.
 * @throws IndexError if an index is out of range.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const classes = tensor([[2], [0]], { dtype: "int32" });
 * zeros(2, 3).scatter_(1, classes, 1).toArray(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function scatter_(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
  options: ScatterOptions = {},
): Tensor {
  return change("scatter_", x, (x) => scatter(x, dim, index, src, options), src);
}

/**
 * {@link scatterAdd} into `x` itself; gradients as there.
 *
 * PyTorch: [`Tensor.scatter_add_`](https://pytorch.org/docs/stable/generated/torch.Tensor.scatter_add_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, as for {@link scatter}.
 * @param src - Of the dtype of `x` and at least as large as `index`.
 * @returns `x` itself.
 * @throws ShapeError if there is no such dimension, or `index` or `src` does not fit.
 * @throws DTypeError if `index` is not int32, or `src` has another dtype than `x`.
 * @throws IndexError if an index is out of range.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const bins = tensor([0, 1, 0], { dtype: "int32" });
 * zeros(2).scatterAdd_(0, bins, tensor([1, 2, 3])).toArray(); // => [4, 2]
 * ```
 */
export function scatterAdd_(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  return change("scatterAdd_", x, (x) => scatterAdd(x, dim, index, src), src);
}

/**
 * Assignment to a selection: `x[indices] = value`. Gradients: 0 for what was replaced, `g` there for `value`.
 *
 * PyTorch: `x[...] = value`; [`Tensor.index_put_`](https://pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html).
 *
 * @param x - Not a leaf that requires a gradient, except under {@link noGrad}; elements must not share memory, as after `expand`.
 * @param indices - Those of {@link at}, as an array.
 * @param value - A number, or a tensor that broadcasts to the selection; converted to the dtype of `x`. Where an index repeats, the
 * last wins.
 * @returns `x` itself.
 * @throws ShapeError if `value` does not broadcast to the selection.
 * @throws IndexError if there are too many indices or one is out of range.
 * @throws AutogradError if `x` must not be written to (a recorded leaf, elements that share memory, a recorded change of a view).
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * const x = zeros(2, 3);
 * x.setAt_([0, "1:"], 7).setAt_([1], 3);
 * x.toArray(); // => [[0, 7, 7], [3, 3, 3]]
 * ```
 */
export function setAt_(x: Tensor, indices: readonly Index[], value: Operandlike): Tensor {
  checkWritable("setAt_", x);
  const source = to(lift("setAt_", value, x.dtype), x.dtype);
  const recorded = isGradEnabled() && (x.node !== null || source.node !== null);
  const view = recorded ? null : hiddenView(x, indices);
  if (view === null) return change("setAt_", x, (x) => putAt("setAt_", x, indices, source), source);
  const shape = dropLeadingOnes(source.shape, view.ndim);
  if (!fits(shape, view.shape))
    throw new ShapeError(
      "setAt_",
      `a value of shape ${format(source.shape)} does not broadcast to the selection's ${format(view.shape)}`,
    );
  const overlapping = source.storage === x.storage ? source.clone() : source;
  kernels().copy(view, expand(reshape(overlapping, shape), view.shape));
  x.storage.touch("setAt_");
  return x;
}

/** A view for our own use, which does not count as one that the user holds. */
function hiddenView(x: Tensor, indices: readonly Index[]): Tensor | null {
  const { viewed } = x.storage;
  const view = basicView(x, indices);
  x.storage.viewed = viewed;
  return view;
}
