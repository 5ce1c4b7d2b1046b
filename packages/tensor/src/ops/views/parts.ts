/** Views of some of the elements. */
import { ShapeError } from "../../errors.ts";
import { diagonalLayout, narrowLayout, selectLayout, sliceLayout, type Layout } from "../../layout.ts";
import { defineOp, defineView, type Op } from "../../op.ts";
import { checkShape, format, normalizeDim, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

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
