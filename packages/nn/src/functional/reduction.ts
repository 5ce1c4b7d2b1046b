import { ShapeError, ValueError, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "../shapes.ts";

/** What becomes of the losses of the single elements: their mean, their sum, or all of them. */
export type Reduction = "mean" | "sum" | "none";

/** Options of all losses. */
export interface LossOptions {
  /** What becomes of the losses of the single elements. Default: `"mean"`. */
  reduction?: Reduction;
}

/** Throws unless `reduction` is one of the three. */
export function checkReduction(op: string, reduction: string): void {
  if (reduction !== "mean" && reduction !== "sum" && reduction !== "none")
    throw new ValueError(op, `reduction must be "mean", "sum" or "none", got ${JSON.stringify(reduction)}`);
}

/** The losses of the single elements, reduced. */
export function reduceLosses(losses: Tensor, reduction: Reduction): Tensor {
  if (reduction === "none") return losses;
  return reduction === "mean" ? losses.mean() : losses.sum();
}

/** Throws unless two operands have the same shape. */
export function requireSameShape(op: string, input: Tensor, target: Tensor, what = "target"): void {
  if (!sameShape(input.shape, target.shape))
    throw new ShapeError(
      op,
      `${what} ${format(target.shape)} must have the shape of the input, ${format(input.shape)}`,
    );
}
