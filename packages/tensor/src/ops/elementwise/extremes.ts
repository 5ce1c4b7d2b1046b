/** The larger and the smaller. */
import type { Tensor } from "../../tensor.ts";
import { where } from "../choose.ts";
import { meet, requireTensors } from "../operands.ts";
import { binary } from "./define.ts";

/** The gradient of an operand: none where it loses, half in a tie; where a NaN decides, neither has lost. */
function unlessLost(g: Tensor, loses: Tensor, tie: Tensor): Tensor {
  return where(loses, 0, where(tie, g.mul(0.5), g));
}

const maximumOp = binary(
  "maximum",
  (_y, a, b) => (g) => unlessLost(g, a.lt(b), a.eq(b)),
  (_y, a, b) => (g) => unlessLost(g, a.gt(b), a.eq(b)),
);
/**
 * Elementwise the larger of two; NaN if either is NaN. Gradient: to the larger, halved in a tie.
 *
 * PyTorch: [`torch.maximum`](https://pytorch.org/docs/stable/generated/torch.maximum.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A shape that broadcasts with it.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).maximum(tensor([4, 2])).toArray(); // => [4, 5]
 * ```
 */
export function maximum(a: Tensor, b: Tensor): Tensor {
  requireTensors("maximum", a, b);
  return maximumOp(...meet("maximum", a, b));
}

const minimumOp = binary(
  "minimum",
  (_y, a, b) => (g) => unlessLost(g, a.gt(b), a.eq(b)),
  (_y, a, b) => (g) => unlessLost(g, a.lt(b), a.eq(b)),
);
/**
 * Elementwise the smaller of two; NaN if either is NaN. Gradient: to the smaller, halved in a tie.
 *
 * PyTorch: [`torch.minimum`](https://pytorch.org/docs/stable/generated/torch.minimum.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A shape that broadcasts with it.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).minimum(tensor([4, 2])).toArray(); // => [1, 2]
 * ```
 */
export function minimum(a: Tensor, b: Tensor): Tensor {
  requireTensors("minimum", a, b);
  return minimumOp(...meet("minimum", a, b));
}
