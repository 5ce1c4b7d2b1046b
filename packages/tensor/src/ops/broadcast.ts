/** Broadcasting and its gradient: the one place that repeats elements, and the one that adds up what was repeated. */
import { contiguousLayout, expandLayout } from "../layout.ts";
import { defineOp, defineView } from "../op.ts";
import { reducedShape, sameShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { flat, reshape, type Numbers } from "./views.ts";

const expandView = defineView<[shape: Shape, op: string]>("expand", {
  view: (x, shape, op) => expandLayout(op, x, shape),
  vjp:
    (_, { shape }) =>
    (g) =>
      sumTo(g, shape),
});

/** Broadcasts to a shape without copying: dimensions of size 1 repeat, -1 keeps a size. Gradient: summed over what was repeated. */
export function expand(x: Tensor, ...shape: Numbers): Tensor {
  return expandFor("expand", x, flat(shape));
}

/** {@link expand} on behalf of another operation, which errors name. */
export function expandFor(op: string, x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : expandView(x, shape, op);
}

/** Expands to the shape of another tensor. */
export function expandAs(x: Tensor, other: Tensor): Tensor {
  return expandFor("expandAs", x, other.shape);
}

/** {@link expand} under NumPy's name. */
export function broadcastTo(x: Tensor, ...shape: Numbers): Tensor {
  return expandFor("broadcastTo", x, flat(shape));
}

/** The sum over listed dimensions, of a tensor whose dtype can hold it. */
export const sumOver = defineOp<[x: Tensor], [dims: readonly number[], keepdim: boolean]>("sum", {
  shape: (x, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
  run: (k, out, x, dims) =>
    k.reduce({ storage: out.storage, layout: contiguousLayout(reducedShape(x.shape, dims, true)) }, "sum", x),
  vjp: [
    (_, { shape }, dims) =>
      (g) =>
        stretch(g, shape, dims),
  ],
});

/** Sums `x` down to `shape`: the mirror image of {@link expand}. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  const lead = x.ndim - shape.length;
  const dims = x.shape
    .map((_, i) => i)
    .filter((i) => i < lead || (shape[i - lead] === 1 && x.shape[i] !== 1));
  return dims.length === 0 ? x : reshape(sumOver(x, dims, true), shape);
}

/** A result of a reduction stretched back over the dimensions that were reduced. */
export function stretch(y: Tensor, shape: Shape, dims: readonly number[]): Tensor {
  return expand(reshape(y, reducedShape(shape, dims, true)), shape);
}
