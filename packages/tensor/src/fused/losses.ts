import { isFloatingPoint } from "../dtype.ts";
import { defineOp } from "../op.ts";
import { sameShape } from "../shape.ts";
import { discarding } from "../storage/scratch.ts";
import type { Tensor } from "../tensor.ts";

const squaredErrorOp = defineOp<[x: Tensor, target: Tensor], [mean: boolean]>("mseLoss", {
  shape: () => [],
  run: (k, out, x, target, mean) => {
    discarding(() => {
      const squares = x.detach().sub(target.detach()).square();
      k.copy(out, mean ? squares.mean() : squares.sum());
    });
  },
  vjp: [
    (_y, x, target, mean) => (g) => slope(x, target, mean, g),
    (_y, x, target, mean) => (g) => slope(target, x, mean, g),
  ],
});

function slope(x: Tensor, target: Tensor, mean: boolean, g: Tensor): Tensor {
  return x.sub(target).mul((mean ? g.div(x.numel) : g).mul(2));
}

/** The sum of `(x - target)²`, or its mean; in one pass where shapes and dtypes are the same. */
export function squaredError(x: Tensor, target: Tensor, mean: boolean): Tensor {
  if (x.dtype === target.dtype && isFloatingPoint(x.dtype) && sameShape(x.shape, target.shape))
    return squaredErrorOp(x, target, mean);
  const squares = x.sub(target).square();
  return mean ? squares.mean() : squares.sum();
}
