import { DTypeError, requireOptions, ShapeError, ValueError, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "@torchlet/tensor/checks";
import { requireTensor } from "../../arguments/tensors.ts";
import { broadcasts, broadcastShape } from "../../shapes.ts";

/** What becomes of the losses of the single elements: their mean, their sum, or all of them. */
export type Reduction = "mean" | "sum" | "none";

/** Options of all losses. */
export interface LossOptions {
  /** What becomes of the losses of the single elements. Default: `"mean"`. */
  reduction?: Reduction;
}

/** The reduction that the options of a loss name, checked. */
export function reductionOf(op: string, options: LossOptions, others: readonly string[] = []): Reduction {
  requireOptions(op, options, 'reduction: "sum"', ["reduction", ...others]);
  const { reduction = "mean" } = options;
  if (!["mean", "sum", "none"].includes(reduction))
    throw new ValueError(op, `reduction must be "mean", "sum" or "none", got ${JSON.stringify(reduction)}`);
  return reduction;
}

/** The losses of the single elements, reduced. */
export function reduceLosses(losses: Tensor, reduction: Reduction): Tensor {
  if (reduction === "none") return losses;
  return reduction === "mean" ? losses.mean() : losses.sum();
}

/** Throws unless `x` stretches to the shape of the input without stretching the input. */
export function requireBroadcast(op: string, what: string, x: Tensor, input: Tensor): void {
  requireTensor(op, `the ${what}`, x);
  if (!broadcasts(x.shape, input.shape) || !sameShape(broadcastShape(x.shape, input.shape), input.shape))
    throw new ShapeError(
      op,
      `${what} ${format(x.shape)} does not broadcast to the shape of the input, ${format(input.shape)}`,
    );
}

/** Throws if a target is what a comparison gives: losses calculate with it. */
export function refuseBool(op: string, what: string, target: Tensor): void {
  if (target.dtype === "bool")
    throw new DTypeError(op, `the ${what} is bool; convert it with .to("float32")`);
}

/** Throws unless two operands have the same shape. */
export function requireSameShape(op: string, input: Tensor, target: Tensor, what = "target"): void {
  requireTensor(op, "the input", input);
  requireTensor(op, `the ${what}`, target);
  refuseBool(op, what, target);
  if (!sameShape(input.shape, target.shape))
    throw new ShapeError(
      op,
      `${what} ${format(target.shape)} must have the shape of the input, ${format(input.shape)}`,
    );
}
