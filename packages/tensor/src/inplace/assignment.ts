import { isGradEnabled } from "../autograd/grad-mode.ts";
import { zerosLike } from "../create.ts";
import { elementOf } from "../dtype.ts";
import { IndexError, ShapeError } from "../errors.ts";
import { basicView, dropLeadingOnes, fits, putAt, type Index } from "../indexing.ts";
import { kernels } from "../kernels/kernels.ts";
import { defineOp, hidden } from "../op.ts";
import { expand } from "../ops/broadcast.ts";
import { maskedFill } from "../ops/choose.ts";
import { to } from "../ops/convert.ts";
import { lift, type Operandlike } from "../ops/operands.ts";
import { scatter, scatterAdd, type ScatterOptions } from "../ops/scatter.ts";
import { reshape } from "../ops/views/reshape.ts";
import { kindOf } from "../options.ts";
import { format } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { change } from "./change.ts";
import { checkWritable } from "./writable.ts";

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
  return change(
    "copy_",
    x,
    (x) => (isGradEnabled() && (x.node !== null || y.node !== null) ? overwrite(x, y) : y),
    source,
  );
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
  kernels().fill(x, elementOf(x.dtype, value));
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
  if (!Array.isArray(indices))
    throw new IndexError(
      "setAt_",
      `the indices are a list, as in setAt_([0, ":"], 1), got ${kindOf(indices)}`,
    );
  const source = to(lift("setAt_", value, x.dtype), x.dtype);
  const recorded = isGradEnabled() && (x.node !== null || source.node !== null);
  const view = recorded ? null : hidden([], () => basicView(x, indices));
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
