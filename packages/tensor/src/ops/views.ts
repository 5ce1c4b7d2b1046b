import { ShapeError } from "../errors.ts";
import {
  diagonalLayout,
  narrowLayout,
  permuteLayout,
  selectLayout,
  sliceLayout,
  squeezeLayout,
  transposeLayout,
  tryReshape,
  unsqueezeLayout,
  type Layout,
} from "../layout.ts";
import { defineOp, defineView, type Op } from "../op.ts";
import { checkShape, format, inferShape, normalizeDim, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { clone } from "./convert.ts";

/** Sizes or dimensions as separate arguments, `view(2, -1)`, or as one array, `view([2, -1])`. */
export type Numbers = number[] | [list: readonly number[]];

/** Takes the two forms of {@link Numbers} as one list. */
export function flat(args: Numbers): readonly number[] {
  return Array.isArray(args[0]) ? (args[0] as readonly number[]) : (args as number[]);
}

// ----- rearranging: every element keeps its place in the result -----

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

const reshapeView = defineView<[op: string, shape: Shape]>("view", {
  view: (x, op, shape) => {
    const layout = tryReshape(op, x, shape);
    if (layout !== null) return layout;
    throw new ShapeError(
      op,
      `strides [${x.strides.join(", ")}] of shape ${format(x.shape)} cannot be seen as ${format(shape)} without moving elements; use .reshape(...)`,
    );
  },
  vjp:
    (_, { shape }) =>
    (g) =>
      reshape(g, shape),
});

/**
 * The same elements under another shape, sharing memory; one size may be -1. Gradient: reshaped back.
 *
 * Throws where the strides do not allow it, as after most transposes; {@link reshape} copies there.
 *
 * PyTorch: [`Tensor.view`](https://pytorch.org/docs/stable/generated/torch.Tensor.view.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - The sizes, `view(2, -1)` or `view([2, -1])`; -1 is what makes the number of elements fit.
 * @returns A view.
 * @throws ShapeError if the number of elements differs, or elements would have to move.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(6).view(2, -1).toArray(); // => [[0, 1, 2], [3, 4, 5]]
 * arange(6).view(2, 3).t().view(6); // throws ShapeError: cannot be seen as [6] without moving elements
 * ```
 */
export function view(x: Tensor, ...shape: Numbers): Tensor {
  return reshapeView(x, "view", flat(shape));
}

/**
 * Views the elements in the shape of another tensor. Gradient: reshaped back; none for `other`.
 *
 * PyTorch: [`Tensor.view_as`](https://pytorch.org/docs/stable/generated/torch.Tensor.view_as.html).
 *
 * @param x - Any shape, any dtype.
 * @param other - Only its shape counts.
 * @returns A view.
 * @throws ShapeError if the number of elements differs, or elements would have to move.
 *
 * @example
 * ```ts
 * import { arange, zeros } from "@torchlet/tensor";
 *
 * arange(4).viewAs(zeros(2, 2)).toArray(); // => [[0, 1], [2, 3]]
 * ```
 */
export function viewAs(x: Tensor, other: Tensor): Tensor {
  return reshapeView(x, "viewAs", other.shape);
}

/**
 * The same elements under another shape; copies only where the strides demand it. One size may be -1. Gradient: reshaped back.
 *
 * PyTorch: [`torch.reshape`](https://pytorch.org/docs/stable/generated/torch.reshape.html).
 *
 * @param x - Any shape, any dtype.
 * @param shape - The sizes, `reshape(2, -1)` or `reshape([2, -1])`; -1 is what makes the number of elements fit.
 * @returns A view where possible, else a copy: do not rely on shared memory.
 * @throws ShapeError if the number of elements differs.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(6).view(2, 3).t().reshape(-1).toArray(); // => [0, 3, 1, 4, 2, 5]
 * ```
 */
export function reshape(x: Tensor, ...shape: Numbers): Tensor {
  const sizes = inferShape("reshape", flat(shape), x.numel);
  const stays = x.layout.contiguous || tryReshape("reshape", x.layout, sizes) !== null;
  return reshapeView(stays ? x : clone(x), "reshape", sizes);
}

/**
 * Merges dimensions `startDim` to `endDim` into one. Gradient: reshaped back.
 *
 * PyTorch: [`torch.flatten`](https://pytorch.org/docs/stable/generated/torch.flatten.html).
 *
 * @param x - Any shape, any dtype; a 0-d tensor becomes a vector of 1.
 * @param startDim - The first to merge. Default: 0.
 * @param endDim - The last to merge. Default: the last of all.
 * @returns A view where the strides allow it, else a copy.
 * @throws ShapeError if a dimension does not exist, or `startDim` comes after `endDim`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(64, 1, 28, 28).flatten(1).shape; // => [64, 784]
 * ```
 */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  const start = normalizeDim("flatten", startDim, x.ndim);
  const end = normalizeDim("flatten", endDim, x.ndim);
  if (start > end) throw new ShapeError("flatten", `startDim ${startDim} comes after endDim ${endDim}`);
  if (x.ndim === 0) return reshape(x, 1);
  const merged = x.shape.slice(start, end + 1).reduce((a, b) => a * b, 1);
  return reshape(x, [...x.shape.slice(0, start), merged, ...x.shape.slice(end + 1)]);
}

const squeezeView = defineView<[dims: readonly number[]]>("squeeze", {
  view: squeezeLayout,
  vjp:
    (_, { shape }) =>
    (g) =>
      reshape(g, shape),
});

/**
 * Drops dimensions of size 1: all of them, or those named. Gradient: reshaped back.
 *
 * PyTorch: [`torch.squeeze`](https://pytorch.org/docs/stable/generated/torch.squeeze.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, or several; one of another size stays. Default: all of size 1.
 * @returns A view.
 * @throws ShapeError if a dimension does not exist.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(1, 3, 1).squeeze().shape; // => [3]
 * zeros(1, 3, 1).squeeze(0).shape; // => [3, 1]
 * ```
 */
export function squeeze(x: Tensor, dim?: number | readonly number[]): Tensor {
  const dims =
    dim === undefined
      ? x.shape.map((_, i) => i)
      : (typeof dim === "number" ? [dim] : dim).map((d) => normalizeDim("squeeze", d, x.ndim));
  return squeezeView(x, dims);
}

const unsqueezeView = defineView<[dim: number]>("unsqueeze", {
  view: (x, dim) => unsqueezeLayout("unsqueeze", x, dim),
  vjp:
    (_, { shape }) =>
    (g) =>
      reshape(g, shape),
});

/**
 * Inserts a dimension of size 1 before `dim`. Gradient: reshaped back.
 *
 * PyTorch: [`torch.unsqueeze`](https://pytorch.org/docs/stable/generated/torch.unsqueeze.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - Where it stands in the result; -1 appends it.
 * @returns A view.
 * @throws ShapeError if there is no such place.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(3).unsqueeze(0).shape; // => [1, 3]
 * zeros(3).unsqueeze(-1).shape; // => [3, 1]
 * ```
 */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  return unsqueezeView(x, dim);
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

/**
 * Splits one dimension into several; the opposite of {@link flatten}. One size may be -1. A view. Gradient: reshaped back.
 *
 * PyTorch: [`torch.unflatten`](https://pytorch.org/docs/stable/generated/torch.unflatten.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension to split.
 * @param sizes - Their sizes, with the product of the old one.
 * @throws ShapeError if the sizes do not fit.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 12).unflatten(1, [3, -1]).shape; // => [2, 3, 4]
 * ```
 */
export function unflatten(x: Tensor, dim: number, sizes: readonly number[]): Tensor {
  const d = normalizeDim("unflatten", dim, x.ndim);
  const split = inferShape("unflatten", sizes, x.shape[d] ?? 1);
  return reshapeView(x, "unflatten", [...x.shape.slice(0, d), ...split, ...x.shape.slice(d + 1)]);
}

// ----- choosing: only some elements appear in the result -----

type Window = (x: Layout) => Layout;

/** Zeros of `shape` with `x` written where `window` looks. */
const embedOp: Op<[x: Tensor], [shape: Shape, window: Window]> = defineOp<
  [x: Tensor],
  [shape: Shape, window: Window]
>("embed", {
  shape: (_, shape) => shape,
  run: (k, out, x, _shape, window) => {
    k.fill(out, 0);
    k.copy({ storage: out.storage, layout: window(out.layout) }, x);
  },
  vjp: [(_y, _x, _shape, window) => (g) => windowView(g, "embedBackward", window)],
});

const windowView: Op<[x: Tensor], [op: string, window: Window]> = defineView<[op: string, window: Window]>(
  "window",
  {
    view: (x, _op, window) => window(x),
    vjp:
      (_, { shape }, _op, window) =>
      (g) =>
        embedOp(g, shape, window),
  },
);

/** A view of some elements; its gradient is zero everywhere else. */
function chosen<P extends readonly unknown[]>(
  name: string,
  layout: (x: Layout, ...params: P) => Layout,
): Op<[x: Tensor], P> {
  return defineView<P>(name, {
    view: layout,
    vjp:
      (_, { shape }, ...params) =>
      (g) =>
        embedOp(g, shape, (l) => layout(l, ...params)),
  });
}

const narrowView = chosen("narrow", (x: Layout, dim: number, start: number, length: number) =>
  narrowLayout("narrow", x, dim, start, length),
);

/**
 * `length` indices of `dim` from `start` on, as a view. Gradient: `g` there, 0 elsewhere.
 *
 * PyTorch: [`torch.narrow`](https://pytorch.org/docs/stable/generated/torch.narrow.html).
 *
 * @param x - At least 1 dimension, any dtype.
 * @param dim - The dimension.
 * @param start - The first index, a number or a tensor of one element; negative counts from the end.
 * @param length - How many.
 * @throws ShapeError if there is no such dimension.
 * @throws IndexError if the indices leave the dimension.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(5).narrow(0, 1, 3).toArray(); // => [1, 2, 3]
 * ```
 */
export function narrow(x: Tensor, dim: number, start: number | Tensor, length: number): Tensor {
  return narrowView(x, dim, typeof start === "number" ? start : start.item(), length);
}

const selectView = chosen("select", (x: Layout, dim: number, index: number) =>
  selectLayout("select", x, dim, index),
);

/**
 * One index of `dim`, as a view without that dimension. Gradient: `g` there, 0 elsewhere.
 *
 * PyTorch: [`torch.select`](https://pytorch.org/docs/stable/generated/torch.select.html).
 *
 * @param x - At least 1 dimension, any dtype.
 * @param dim - The dimension.
 * @param index - The index; negative counts from the end.
 * @throws ShapeError if there is no such dimension.
 * @throws IndexError if the index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).select(1, 0).toArray(); // => [1, 3]
 * ```
 */
export function select(x: Tensor, dim: number, index: number): Tensor {
  return selectView(x, dim, index);
}

/** Every `step`-th index of `dim` from `start` up to `stop`, with bounds that already lie inside. */
export const slice = chosen("slice", sliceLayout);

const diagonalView = chosen("diagonal", (x: Layout, offset: number, dim1: number, dim2: number) =>
  diagonalLayout("diagonal", x, offset, dim1, dim2),
);

/**
 * The diagonal of two dimensions, as a view with it as last dimension. Gradient: `g` on the diagonal, 0 elsewhere.
 *
 * PyTorch: [`torch.diagonal`](https://pytorch.org/docs/stable/generated/torch.diagonal.html).
 *
 * @param x - At least 2 dimensions, any dtype.
 * @param offset - How many columns right of the main diagonal; negative: rows below it. Default: 0.
 * @param dim1 - The dimension of the rows. Default: 0.
 * @param dim2 - The dimension of the columns. Default: 1.
 * @throws ShapeError if a dimension does not exist, both are the same, or `offset` is no integer.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, 2], [3, 4]]);
 * x.diagonal().toArray(); // => [1, 4]
 * x.diagonal(1).toArray(); // => [2]
 * ```
 */
export function diagonal(x: Tensor, offset = 0, dim1 = 0, dim2 = 1): Tensor {
  return diagonalView(x, offset, dim1, dim2);
}

/**
 * Views along `dim`: pieces of `size` (the last may be smaller), or of the listed sizes. Gradient: of each piece, to its place.
 *
 * PyTorch: [`torch.split`](https://pytorch.org/docs/stable/generated/torch.split.html).
 *
 * @param x - At least 1 dimension, any dtype.
 * @param size - The size of each piece, or one size per piece.
 * @param dim - The dimension. Default: 0.
 * @throws ShapeError if there is no such dimension, `size` is not positive, or listed sizes do not add up to that of the dimension.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(5).split(2).map((x) => x.toArray()); // => [[0, 1], [2, 3], [4]]
 * arange(5).split([1, 4]).map((x) => x.toArray()); // => [[0], [1, 2, 3, 4]]
 * ```
 */
export function split(x: Tensor, size: number | readonly number[], dim = 0): Tensor[] {
  if (x.ndim === 0) throw new ShapeError("split", "a 0-d tensor cannot be split");
  const d = normalizeDim("split", dim, x.ndim);
  const length = x.shape[d]!;
  const sizes = typeof size === "number" ? evenPieces("split", length, size) : size;
  checkShape("split", sizes);
  const total = sizes.reduce((a, b) => a + b, 0);
  if (total !== length)
    throw new ShapeError(
      "split",
      `sizes ${format(sizes)} add up to ${total}, dimension ${d} has size ${length}`,
    );
  let start = 0;
  return sizes.map((n) => narrow(x, d, (start += n) - n, n));
}

function evenPieces(op: string, length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 0 || (size === 0 && length > 0))
    throw new ShapeError(op, `the size of a piece must be a positive integer, got ${size}`);
  const pieces = size === 0 ? 1 : Math.max(1, Math.ceil(length / size));
  return Array.from({ length: pieces }, (_, i) => Math.min(size, length - i * size));
}

/**
 * At most `chunks` views along `dim`, of equal size except the last. Gradient: of each piece, to its place.
 *
 * PyTorch: [`torch.chunk`](https://pytorch.org/docs/stable/generated/torch.chunk.html).
 *
 * @param x - At least 1 dimension, any dtype.
 * @param chunks - How many pieces; fewer come out where the size is not enough for all.
 * @param dim - The dimension. Default: 0.
 * @throws ShapeError if there is no such dimension, or `chunks` is no positive integer.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(5).chunk(2).map((x) => x.toArray()); // => [[0, 1, 2], [3, 4]]
 * ```
 */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
  if (x.ndim === 0) throw new ShapeError("chunk", "a 0-d tensor cannot be split");
  if (!Number.isInteger(chunks) || chunks < 1)
    throw new ShapeError("chunk", `chunks must be a positive integer, got ${chunks}`);
  const length = x.shape[normalizeDim("chunk", dim, x.ndim)]!;
  if (length === 0)
    return split(
      x,
      Array.from({ length: chunks }, () => 0),
      dim,
    );
  return split(x, Math.ceil(length / chunks), dim);
}

/**
 * One view per index of `dim`, without that dimension. Gradient: of each, to its place.
 *
 * PyTorch: [`torch.unbind`](https://pytorch.org/docs/stable/generated/torch.unbind.html).
 *
 * @param x - At least 1 dimension, any dtype.
 * @param dim - The dimension. Default: 0.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const [first, second] = tensor([[1, 2], [3, 4]]).unbind();
 * second!.toArray(); // => [3, 4]
 * first!.toArray(); // => [1, 2]
 * ```
 */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  if (x.ndim === 0) throw new ShapeError("unbind", "a 0-d tensor has no dimension to take apart");
  const d = normalizeDim("unbind", dim, x.ndim);
  return Array.from({ length: x.shape[d]! }, (_, i) => select(x, d, i));
}
