import { ShapeError, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "@torchlet/tensor/checks";
import { requireTensor } from "../../arguments/tensors.ts";

/** Throws unless there are no weights, or one for each class. */
export function checkClassWeights(op: string, weight: Tensor | null, classes: number): void {
  if (weight === null) return;
  requireTensor(op, "the weight", weight);
  if (!sameShape(weight.shape, [classes]))
    throw new ShapeError(
      op,
      `weight ${format(weight.shape)} must have one element for each of the ${classes} classes`,
    );
}
