/** Views with the dimensions in another order. */
import { ShapeError } from "../../errors.ts";
import { permuteLayout, transposeLayout } from "../../layout.ts";
import { defineView } from "../../op.ts";
import { format, normalizeDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { flat, type Numbers } from "./numbers.ts";

const permuteView = defineView<[order: readonly number[]]>("permute", {
  view: (x, order) => permuteLayout("permute", x, order),
  vjp: (_, { ndim }, order) => {
    const dims = order.map((d) => normalizeDim("permute", d, ndim));
    return (g) =>
      permute(
        g,
        dims.map((_d, i) => dims.indexOf(i)),
      );
  },
});

/**
 * Reorders dimensions without copying: dimension `i` of the result is dimension `order[i]`. Gradient: ordered back.
 *
 * PyTorch: [`torch.permute`](https://pytorch.org/docs/stable/generated/torch.permute.html).
 *
 * @param x - Any shape, any dtype.
 * @param order - Every dimension once, `permute(2, 0, 1)` or `permute([2, 0, 1])`; negative counts from the end.
 * @returns A view.
 * @throws ShapeError if `order` does not name every dimension once.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 3, 4).permute(2, 0, 1).shape; // => [4, 2, 3]
 * ```
 */
export function permute(x: Tensor, ...order: Numbers): Tensor {
  return permuteView(x, flat(order));
}

const transposeView = defineView<[dim0: number, dim1: number]>("transpose", {
  view: (x, dim0, dim1) => transposeLayout("transpose", x, dim0, dim1),
  vjp: (_y, _x, dim0, dim1) => (g) => transpose(g, dim0, dim1),
});

/**
 * Swaps two dimensions without copying. Gradient: swapped back.
 *
 * PyTorch: [`torch.transpose`](https://pytorch.org/docs/stable/generated/torch.transpose.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim0 - The one; negative counts from the end.
 * @param dim1 - The other.
 * @returns A view.
 * @throws ShapeError if a dimension does not exist.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 3, 4).transpose(0, -1).shape; // => [4, 3, 2]
 * ```
 */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  return transposeView(x, dim0, dim1);
}

/**
 * The transpose of a matrix; vectors and 0-d tensors stay as they are. Gradient: transposed.
 *
 * PyTorch: [`torch.t`](https://pytorch.org/docs/stable/generated/torch.t.html).
 *
 * @param x - At most 2 dimensions, any dtype.
 * @returns A view.
 * @throws ShapeError if there are more than 2 dimensions; `x.mT` transposes the last two.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2, 3], [4, 5, 6]]).t().toArray(); // => [[1, 4], [2, 5], [3, 6]]
 * ```
 */
export function t(x: Tensor): Tensor {
  if (x.ndim > 2)
    throw new ShapeError(
      "t",
      `needs at most 2 dimensions, got ${format(x.shape)}; use .mT for the last two, or transpose(dim0, dim1)`,
    );
  return x.ndim < 2 ? transpose(x, 0, 0) : transpose(x, 0, 1);
}

/**
 * Moves dimensions to other places; the rest keep their order. A view. Gradient: moved back.
 *
 * PyTorch: [`torch.movedim`](https://pytorch.org/docs/stable/generated/torch.movedim.html).
 *
 * @param x - Any shape, any dtype.
 * @param source - The dimension to move, or several.
 * @param destination - Where it goes, or they go.
 * @throws ShapeError if a dimension does not exist or is named twice, or the lists differ in length.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 3, 4).movedim(0, -1).shape; // => [3, 4, 2]
 * ```
 */
export function movedim(
  x: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  const listed = (dims: number | readonly number[]): number[] =>
    (typeof dims === "number" ? [dims] : dims).map((d) => normalizeDim("movedim", d, x.ndim));
  const [from, to] = [listed(source), listed(destination)];
  if (from.length !== to.length || new Set(from).size < from.length || new Set(to).size < to.length)
    throw new ShapeError(
      "movedim",
      `source ${format(from)} and destination ${format(to)} must name equally many dimensions, each once`,
    );
  const rest = x.shape.map((_, d) => d).filter((d) => !from.includes(d));
  const order = x.shape.map((_, d) => (to.includes(d) ? from[to.indexOf(d)]! : rest.shift()!));
  return permute(x, order);
}
