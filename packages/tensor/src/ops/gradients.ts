/**
 * Gradients that their kernels compute in one pass, from the gradient `g` of a result and the result `y`, where the library's other ops
 * would take several. They are ops themselves, so that they have gradients in turn.
 */
import type { Vjp } from "../autograd/node.ts";
import { zerosLike } from "../create.ts";
import type { BinaryOp } from "../kernels/scalar/functions.ts";
import { defineOp, type Op } from "../op.ts";
import type { Tensor } from "../tensor.ts";

type Gradient = Op<[g: Tensor, y: Tensor]>;
type GradientAlong = Op<[g: Tensor, y: Tensor], [dim: number]>;

/** A gradient of one element; all of them are linear in `g`. `byResult` is what pulls a gradient back to `y`. */
function elementwise(name: BinaryOp, byResult: (g: Tensor, y: Tensor) => Vjp): Gradient {
  const op: Gradient = defineOp<[g: Tensor, y: Tensor]>(name, {
    shape: (g) => g.shape,
    run: (k, out, g, y) => k.binary(out, name, g, y),
    vjp: [(_z, _g, y) => (h) => op(h, y), (_z, g, y) => byResult(g, y)],
  });
  return op;
}

/** `g`, but 0 where `y ≤ 0`. */
export const reluBackward = elementwise("reluBackward", () => (h) => zerosLike(h));

/** `g y (1 - y)`. */
export const sigmoidBackward = elementwise(
  "sigmoidBackward",
  (g, y) => (h) => h.mul(g).mul(y.mul(-2).add(1)),
);

/** `g (1 - y²)`. */
export const tanhBackward = elementwise("tanhBackward", (g, y) => (h) => h.mul(g).mul(y).mul(-2));

/** The sum along `dim`, which stays. */
function total(x: Tensor, dim: number): Tensor {
  return x.sum(dim, { keepdim: true });
}

/** `y (g - Σ g y)` along `dim`. */
export const softmaxBackward: GradientAlong = defineOp<[g: Tensor, y: Tensor], [dim: number]>(
  "softmaxBackward",
  {
    shape: (g) => g.shape,
    run: (k, out, g, y, dim) => k.softmaxBackward(out, g, y, dim),
    vjp: [
      (_z, _g, y, dim) => (h) => softmaxBackward(h, y, dim),
      (_z, g, y, dim) => (h) => h.mul(g.sub(total(g.mul(y), dim))).sub(g.mul(total(h.mul(y), dim))),
    ],
  },
);

/** `g - eʸ Σ g` along `dim`. */
export const logSoftmaxBackward: GradientAlong = defineOp<[g: Tensor, y: Tensor], [dim: number]>(
  "logSoftmaxBackward",
  {
    shape: (g) => g.shape,
    run: (k, out, g, y, dim) => k.logSoftmaxBackward(out, g, y, dim),
    vjp: [
      (_z, _g, y, dim) => (h) => h.sub(total(h.mul(y.exp()), dim)),
      (_z, g, y, dim) => (h) => h.mul(y.exp()).mul(total(g, dim)).neg(),
    ],
  },
);
