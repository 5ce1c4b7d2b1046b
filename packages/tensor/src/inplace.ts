/**
 * Operations that change a tensor instead of making a new one, named with PyTorch's trailing underscore.
 *
 * They return the tensor itself. Every change is counted, so that backward finds out if a value that it needs was overwritten.
 */
import type { DType } from "./dtype.ts";
import { AutogradError, DTypeError, ShapeError } from "./errors.ts";
import { isGradEnabled } from "./grad-mode.ts";
import { basicView, dropLeadingOnes, fits, putAt, type Index } from "./indexing.ts";
import { kernels } from "./kernels/kernels.ts";
import { overlaps } from "./layout.ts";
import { expand } from "./ops/broadcast.ts";
import { clamp, maskedFill } from "./ops/choose.ts";
import { to } from "./ops/convert.ts";
import * as elementwise from "./ops/elementwise.ts";
import { scatter, scatterAdd, type ScatterOptions } from "./ops/gather.ts";
import { lift, type Operandlike } from "./ops/operands.ts";
import { reshape } from "./ops/views.ts";
import { format, sameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Throws where writing is never allowed: into a leaf that is being recorded, into elements that share memory. */
export function checkWritable(op: string, x: Tensor): void {
  if (overlaps(x.layout))
    throw new AutogradError(
      op,
      `several elements of this tensor share one place in memory (expanded, strides [${x.strides.join(", ")}]); clone() it before writing`,
    );
  if (!isGradEnabled() || x.node === null) return;
  const viewOfLeaf = x.node.leaf === null && x.node.parents.some((p) => p?.leaf?.storage === x.storage);
  if (x.node.leaf !== null || viewOfLeaf) {
    throw new AutogradError(
      op,
      `a ${viewOfLeaf ? "view of a leaf" : "leaf"} that requires a gradient cannot be changed in place while it is recorded; do it inside noGrad(() => ...), or use the out-of-place operation`,
    );
  }
}

/** Throws where other tensors may see the storage: the history of a view cannot be rewritten. */
function checkSoleOwner(op: string, viewed: boolean): void {
  if (viewed) {
    throw new AutogradError(
      op,
      "this change would have to be recorded, but the tensor is a view or has views, whose history would become wrong; use the out-of-place operation, or clone() first",
    );
  }
}

const order = { bool: 0, int32: 1, float32: 2, float64: 2 } as const satisfies Record<DType, number>;

/** Writes the result of `compute` into `x`, with its history. */
function change(op: string, x: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  checkWritable(op, x);
  const { viewed } = x.storage;
  const y = compute(x);
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
  if (y.node !== null) checkSoleOwner(op, viewed);
  kernels().copy(x, y);
  x.storage.touch(op);
  if (isGradEnabled()) x.node = to(y, x.dtype).node;
  return x;
}

/** Overwrites `x` with `source`, broadcast and converted. */
export function copy_(x: Tensor, source: Operandlike): Tensor {
  return change("copy_", x, () => to(expand(lift("copy_", source, x.dtype), x.shape), x.dtype));
}

/** Sets every element to `value`. */
export function fill_(x: Tensor, value: number | boolean): Tensor {
  checkWritable("fill_", x);
  if (x.node !== null && isGradEnabled()) return copy_(x, value);
  kernels().fill(x, x.dtype === "bool" ? Number(Boolean(value)) : Number(value));
  x.storage.touch("fill_");
  return x;
}

/** Sets every element to 0. */
export function zero_(x: Tensor): Tensor {
  return fill_(x, 0);
}

/** `x ← x + alpha other`. */
export function add_(x: Tensor, other: Operandlike, options: elementwise.AlphaOptions = {}): Tensor {
  return change("add_", x, () => elementwise.add(x, other, options));
}

/** `x ← x - alpha other`. */
export function sub_(x: Tensor, other: Operandlike, options: elementwise.AlphaOptions = {}): Tensor {
  return change("sub_", x, () => elementwise.sub(x, other, options));
}

/** `x ← x other`. */
export function mul_(x: Tensor, other: Operandlike): Tensor {
  return change("mul_", x, () => elementwise.mul(x, other));
}

/** `x ← x / other`. */
export function div_(x: Tensor, other: Operandlike): Tensor {
  return change("div_", x, () => elementwise.div(x, other));
}

/** `x ← x + value a b`. */
export function addcmul_(x: Tensor, a: Tensor, b: Tensor, options: elementwise.ValueOptions = {}): Tensor {
  return change("addcmul_", x, () => elementwise.addcmul(x, a, b, options));
}

/** `x ← x + value a / b`. */
export function addcdiv_(x: Tensor, a: Tensor, b: Tensor, options: elementwise.ValueOptions = {}): Tensor {
  return change("addcdiv_", x, () => elementwise.addcdiv(x, a, b, options));
}

/** `x ← x^exponent`. */
export function pow_(x: Tensor, exponent: Operandlike): Tensor {
  return change("pow_", x, () => elementwise.pow(x, exponent));
}

/** `x ← -x`. */
export function neg_(x: Tensor): Tensor {
  return change("neg_", x, elementwise.neg);
}

/** `x ← eˣ`. */
export function exp_(x: Tensor): Tensor {
  return change("exp_", x, elementwise.exp);
}

/** `x ← √x`. */
export function sqrt_(x: Tensor): Tensor {
  return change("sqrt_", x, elementwise.sqrt);
}

/** `x ← max(x, 0)`. */
export function relu_(x: Tensor): Tensor {
  return change("relu_", x, elementwise.relu);
}

/** `x ← 1 / (1 + e⁻ˣ)`. */
export function sigmoid_(x: Tensor): Tensor {
  return change("sigmoid_", x, elementwise.sigmoid);
}

/** `x ← tanh x`. */
export function tanh_(x: Tensor): Tensor {
  return change("tanh_", x, elementwise.tanh);
}

/** Limits the values of `x` to `[min, max]`. */
export function clamp_(x: Tensor, min: Operandlike | null = null, max: Operandlike | null = null): Tensor {
  return change("clamp_", x, () => clamp(x, min, max));
}

/** Sets `x` to `value` wherever `mask` holds. */
export function maskedFill_(x: Tensor, mask: Tensor, value: number | Tensor): Tensor {
  return change("maskedFill_", x, () => maskedFill(x, mask, value));
}

/** {@link scatter} into `x` itself. */
export function scatter_(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
  options: ScatterOptions = {},
): Tensor {
  return change("scatter_", x, () => scatter(x, dim, index, src, options));
}

/** {@link scatterAdd} into `x` itself. */
export function scatterAdd_(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  return change("scatterAdd_", x, () => scatterAdd(x, dim, index, src));
}

/**
 * Assignment to a selection: `x[indices] = value`. The indices are those of {@link at}; `value` broadcasts to the selection.
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
  const view = basicView(x, indices);
  const recorded = isGradEnabled() && (x.node !== null || source.node !== null);
  if (view === null || recorded) return change("setAt_", x, () => putAt("setAt_", x, indices, source));
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
