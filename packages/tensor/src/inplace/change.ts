/** How a change in place is checked, recorded and counted. */
import { isGradEnabled, noGrad } from "../autograd/grad-mode.ts";
import { category, isFloatingPoint } from "../dtype.ts";
import { AutogradError, DTypeError, ShapeError } from "../errors.ts";
import { kernels } from "../kernels/kernels.ts";
import { hidden } from "../op.ts";
import { to } from "../ops/convert.ts";
import { lift, type Operandlike } from "../ops/operands.ts";
import { format, sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkWritable } from "./writable.ts";

/** Throws where other tensors may see the storage: the history of a view cannot be rewritten. */
function checkSoleOwner(op: string, x: Tensor): void {
  if (x.storage.viewed) {
    throw new AutogradError(
      op,
      "this change would have to be recorded, but the tensor is a view or has had views, whose history would become wrong; do it inside noGrad if it needs no gradient, else use the out-of-place operation, or clone() first",
    );
  }
}

/** Writes the result of `compute` into `x`, with its history; `others` are what else it is computed from. */
export function change(
  op: string,
  x: Tensor,
  compute: (x: Tensor) => Tensor,
  ...others: readonly (Operandlike | null)[]
): Tensor {
  checkWritable(op, x);
  const recorded = isGradEnabled() && [x, ...others].some((t) => t instanceof Tensor && t.node !== null);
  if (recorded) checkSoleOwner(op, x);
  const y = hidden([], () => compute(recorded ? snapshot(x) : x));
  if (!sameShape(y.shape, x.shape))
    throw new ShapeError(
      op,
      `the result has shape ${format(y.shape)}, which the tensor of shape ${format(x.shape)} cannot hold`,
    );
  if (category[y.dtype] > category[x.dtype])
    throw new DTypeError(
      op,
      `the result is ${y.dtype}, which a tensor of ${x.dtype} cannot hold; use the out-of-place operation`,
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
export function changeDirectly(
  op: string,
  x: Tensor,
  other: Operandlike,
  kernel: (y: Tensor) => void,
): boolean {
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
