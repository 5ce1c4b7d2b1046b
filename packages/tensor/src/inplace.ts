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
import { overlaps } from "./layout.ts";
import type { Node } from "./node.ts";
import { defineOp } from "./op.ts";
import { expand } from "./ops/broadcast.ts";
import { clamp, maskedFill } from "./ops/choose.ts";
import { to } from "./ops/convert.ts";
import * as elementwise from "./ops/elementwise.ts";
import { scatter, scatterAdd, type ScatterOptions } from "./ops/gather.ts";
import { lift, type Operandlike } from "./ops/operands.ts";
import { reshape } from "./ops/views.ts";
import { format, sameShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** Throws where writing is never allowed: into a leaf that is being recorded, into elements that share memory. */
export function checkWritable(op: string, x: Tensor): void {
  if (overlaps(x.layout))
    throw new AutogradError(
      op,
      `several elements of this tensor share one place in memory (expanded, strides [${x.strides.join(", ")}]); clone() it before writing`,
    );
  if (!isGradEnabled() || x.node === null) return;
  const viewOfLeaf = x.node.leaf === null && x.storage.viewed && isViewOfLeaf(x, x.node);
  if (x.node.leaf !== null || viewOfLeaf) {
    throw new AutogradError(
      op,
      `a ${viewOfLeaf ? "view of a leaf" : "leaf"} that requires a gradient cannot be changed in place while it is recorded; do it inside noGrad(() => ...), or use the out-of-place operation`,
    );
  }
}

/** Views have one parent each, down to the tensor that they look at. */
function isViewOfLeaf(x: Tensor, node: Node): boolean {
  while (node.parents.length === 1 && node.parents[0]) node = node.parents[0];
  return node.leaf?.storage === x.storage;
}

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
  const y = typeof other === "number" ? expand(lift(op, other, x.dtype), x.shape) : other;
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

/** Overwrites `x` with `source`, broadcast and converted. */
export function copy_(x: Tensor, source: Operandlike): Tensor {
  const y = to(expand(lift("copy_", source, x.dtype), x.shape), x.dtype);
  return change("copy_", x, (x) => (isGradEnabled() && x.node !== null ? overwrite(x, y) : y), source);
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
  const { alpha = 1 } = options;
  if (changeDirectly("add_", x, other, (y) => kernels().addScaled(x, x, y, alpha))) return x;
  return change("add_", x, (x) => elementwise.add(x, other, options), other);
}

/** `x ← x - alpha other`. */
export function sub_(x: Tensor, other: Operandlike, options: elementwise.AlphaOptions = {}): Tensor {
  const { alpha = 1 } = options;
  if (changeDirectly("sub_", x, other, (y) => kernels().addScaled(x, x, y, -alpha))) return x;
  return change("sub_", x, (x) => elementwise.sub(x, other, options), other);
}

/** `x ← x other`. */
export function mul_(x: Tensor, other: Operandlike): Tensor {
  if (changeDirectly("mul_", x, other, (y) => kernels().binary(x, "mul", x, y))) return x;
  return change("mul_", x, (x) => elementwise.mul(x, other), other);
}

/** `x ← x / other`. */
export function div_(x: Tensor, other: Operandlike): Tensor {
  if (changeDirectly("div_", x, other, (y) => kernels().binary(x, "div", x, y))) return x;
  return change("div_", x, (x) => elementwise.div(x, other), other);
}

/** `x ← x + value a b`. */
export function addcmul_(x: Tensor, a: Tensor, b: Tensor, options: elementwise.ValueOptions = {}): Tensor {
  return change("addcmul_", x, (x) => elementwise.addcmul(x, a, b, options), a, b);
}

/** `x ← x + value a / b`. */
export function addcdiv_(x: Tensor, a: Tensor, b: Tensor, options: elementwise.ValueOptions = {}): Tensor {
  return change("addcdiv_", x, (x) => elementwise.addcdiv(x, a, b, options), a, b);
}

/** `x ← x^exponent`. */
export function pow_(x: Tensor, exponent: Operandlike): Tensor {
  return change("pow_", x, (x) => elementwise.pow(x, exponent), exponent);
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
  return change("clamp_", x, (x) => clamp(x, min, max), min, max);
}

/** Sets `x` to `value` wherever `mask` holds. */
export function maskedFill_(x: Tensor, mask: Tensor, value: number | Tensor): Tensor {
  return change("maskedFill_", x, (x) => maskedFill(x, mask, value), value);
}

/** {@link scatter} into `x` itself. */
export function scatter_(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
  options: ScatterOptions = {},
): Tensor {
  return change("scatter_", x, (x) => scatter(x, dim, index, src, options), src);
}

/** {@link scatterAdd} into `x` itself. */
export function scatterAdd_(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  return change("scatterAdd_", x, (x) => scatterAdd(x, dim, index, src), src);
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
