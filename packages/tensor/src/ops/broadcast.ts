/** Broadcasting and its gradient: the one place that repeats elements, and the one that adds up what was repeated. */
import { ShapeError } from "../errors.ts";
import { contiguousLayout, expandLayout } from "../layout.ts";
import { defineOp, defineView, hidden } from "../op.ts";
import { format, reducedShape, sameShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { flat, type Numbers } from "./views/numbers.ts";
import { reshape } from "./views/reshape.ts";

const expandView = defineView<[shape: Shape, op: string]>("expand", {
  view: (x, shape, op) => expandLayout(op, x, shape),
  vjp:
    (_, { shape }) =>
    (g) =>
      sumTo(g, shape),
});

/**
 * Broadcasts to a shape without copying: dimensions of size 1 repeat, -1 keeps a size. Gradient: summed over what was repeated.
 *
 * The result is a view whose repeated elements share memory: `clone()` it before writing into it.
 *
 * PyTorch: [`Tensor.expand`](https://pytorch.org/docs/stable/generated/torch.Tensor.expand.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - The sizes, `expand(2, 3)` or `expand([2, 3])`; more of them than `x` has dimensions add leading ones.
 * @returns A view with strides of 0 where it repeats; `x` itself if it has that shape.
 * @throws ShapeError if a size other than 1 would have to change, or the shape has fewer dimensions than `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1], [2]]).expand(-1, 3).toArray(); // => [[1, 1, 1], [2, 2, 2]]
 * ```
 */
export function expand(x: Tensor, ...shape: Numbers): Tensor {
  return expandTo("expand", x, flat(shape));
}

function expandTo(op: string, x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : expandView(x, shape, op);
}

/** {@link expand} on behalf of another operation, which errors name and which shows the view to nobody. */
export function expandFor(op: string, x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : hidden([], () => expandView(x, shape, op));
}

/**
 * Expands to the shape of another tensor. Gradient: summed over what was repeated; none for `other`.
 *
 * PyTorch: [`Tensor.expand_as`](https://pytorch.org/docs/stable/generated/torch.Tensor.expand_as.html).
 *
 * @param x - Any shape, any dtype.
 * @param other - Only its shape counts.
 * @returns A view, as of {@link expand}.
 * @throws ShapeError if `x` does not broadcast to that shape.
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * tensor([1, 2]).expandAs(zeros(3, 2)).toArray(); // => [[1, 2], [1, 2], [1, 2]]
 * ```
 */
export function expandAs(x: Tensor, other: Tensor): Tensor {
  return expandTo("expandAs", x, other.shape);
}

/**
 * {@link expand} under NumPy's name. Gradient: summed over what was repeated.
 *
 * PyTorch: [`torch.broadcast_to`](https://pytorch.org/docs/stable/generated/torch.broadcast_to.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - The sizes, `broadcastTo(2, 3)` or `broadcastTo([2, 3])`; -1 keeps a size.
 * @returns A view, as of {@link expand}.
 * @throws ShapeError if `x` does not broadcast to that shape.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).broadcastTo(2, 2).toArray(); // => [[1, 2], [1, 2]]
 * ```
 */
export function broadcastTo(x: Tensor, ...shape: Numbers): Tensor {
  return expandTo("broadcastTo", x, flat(shape));
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

/**
 * Sums `x` down to `shape`: the mirror image of {@link expand}. Gradient: `g` expanded to the shape of `x`.
 *
 * What was broadcast is added up: leading dimensions that `shape` lacks disappear, those where it has size 1 shrink to it. The
 * gradient of every operation that broadcasts.
 *
 * PyTorch: [`Tensor.sum_to_size`](https://pytorch.org/docs/stable/generated/torch.Tensor.sum_to_size.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - A shape that broadcasts to that of `x`.
 * @returns `x` itself if it has that shape.
 * @throws ShapeError if `shape` does not broadcast to that of `x`.
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 *
 * ones(4, 2, 3).sumTo([2, 1]).toArray(); // => [[12], [12]]
 * ```
 */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  const lead = x.ndim - shape.length;
  const dims: number[] = [];
  let fits = lead >= 0;
  for (let i = 0; i < x.ndim; i++) {
    const size = i < lead ? 1 : shape[i - lead];
    fits &&= size === 1 || size === x.shape[i];
    if (i < lead || (size === 1 && x.shape[i] !== 1)) dims.push(i);
  }
  if (!fits)
    throw new ShapeError(
      "sumTo",
      `shape ${format(shape)} does not broadcast to the tensor's ${format(x.shape)}`,
    );
  return dims.length === 0 ? x : hidden([x], () => reshape(sumOver(x, dims, true), shape));
}

/** A result of a reduction stretched back over the dimensions that were reduced. */
export function stretch(y: Tensor, shape: Shape, dims: readonly number[]): Tensor {
  const aligned = y.ndim === 0 || y.ndim === shape.length;
  return expand(aligned ? y : reshape(y, reducedShape(shape, dims, true)), shape);
}
