/** Ops that take or put elements where an index tensor says. */
import { DTypeError, IndexError, ShapeError, ValueError } from "../errors.ts";
import type { ScatterOp } from "../kernels/indexing.ts";
import { flipLayout, sliceLayout } from "../layout.ts";
import { defineOp, type Op } from "../op.ts";
import { tensor, zeros } from "../create.ts";
import { broadcastShapes, format, normalizeDim, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { lift } from "./operands.ts";
import { flat, type Numbers } from "./views.ts";

function checkIndex(op: string, index: Tensor, size: number): void {
  if (index.dtype !== "int32")
    throw new DTypeError(op, `the index must be int32, got ${index.dtype}; convert it with .to("int32")`);
  const values = index.toTypedArray();
  let signs = 0;
  for (let k = 0; k < values.length; k++) signs |= values[k]! | (size - 1 - values[k]!);
  if (signs >= 0) return;
  const outside = values.find((i) => i < 0 || i >= size)!;
  throw new IndexError(op, `index ${outside} is out of range for a dimension of size ${size}`);
}

/** An index may be smaller than what it points into, except along `dim`, where its size is free. */
function checkFits(op: string, index: Tensor, shape: Shape, dim: number, what: string): void {
  if (index.ndim !== shape.length)
    throw new ShapeError(
      op,
      `index ${format(index.shape)} and ${what} ${format(shape)} must have the same number of dimensions`,
    );
  index.shape.forEach((size, d) => {
    if (d !== dim && size > shape[d]!)
      throw new ShapeError(
        op,
        `index ${format(index.shape)} exceeds ${what} ${format(shape)} at dimension ${d}`,
      );
  });
}

const gatherOp = defineOp<[x: Tensor, index: Tensor], [dim: number]>("gather", {
  shape: (_, index) => index.shape,
  run: (k, out, x, index, dim) => k.gather(out, x, dim, index),
  vjp: [
    (_, { shape }, index, dim) =>
      (g) =>
        gatherBackward(g, index, shape, dim),
    null,
  ],
});

/** Zeros of a given shape, with `g` added where `index` says. */
const gatherBackward: Op<[g: Tensor, index: Tensor], [shape: Shape, dim: number]> = defineOp<
  [g: Tensor, index: Tensor],
  [shape: Shape, dim: number]
>("gatherBackward", {
  shape: (_g, _index, shape) => shape,
  run: (k, out, g, index, _shape, dim) => {
    k.fill(out, 0);
    k.scatter(out, "add", dim, index, g);
  },
  vjp: [(_y, _g, index, _shape, dim) => (h) => gatherOp(h, index, dim), null],
});

/**
 * Takes one element per element of `index`: `y[i][j] = x[index[i][j]][j]` for `dim` 0. Gradient: added up where it was taken from.
 *
 * PyTorch: [`torch.gather`](https://pytorch.org/docs/stable/generated/torch.gather.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, with as many dimensions as `x`, and no larger than it except along `dim`; not negative.
 * @returns Shape of `index`, dtype of `x`.
 * @throws ShapeError if there is no such dimension, or `index` does not fit.
 * @throws DTypeError if `index` is not int32.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const logits = tensor([[1, 2], [3, 4]]);
 * const target = tensor([[1], [0]], { dtype: "int32" });
 * logits.gather(1, target).toArray(); // => [[2], [3]]
 * ```
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  const d = normalizeDim("gather", dim, x.ndim);
  if (x.ndim === 0 && index.ndim === 1) return gather(x.reshape(1), dim, index);
  if (index.ndim === 0 && x.ndim === 1) return gather(x, dim, index.reshape(1)).reshape([]);
  if (index.numel > 0) checkFits("gather", index, x.shape, d, "the tensor");
  checkIndex("gather", index, x.shape[d] ?? 1);
  return gatherOp(x, index, d);
}

/**
 * Takes whole slices along `dim`, in the order of the 1-d `index`; slices may repeat. Gradient: added up where it was taken from.
 *
 * PyTorch: [`torch.index_select`](https://pytorch.org/docs/stable/generated/torch.index_select.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension.
 * @param index - int32, 1-d (or 0-d); not negative.
 * @returns The shape of `x`, with the length of `index` along `dim`; a copy.
 * @throws ShapeError if there is no such dimension, or `index` has more than 1.
 * @throws DTypeError if `index` is not int32.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const rows = tensor([2, 0, 2], { dtype: "int32" });
 * tensor([[1, 2], [3, 4], [5, 6]]).indexSelect(0, rows).toArray(); // => [[5, 6], [1, 2], [5, 6]]
 * ```
 */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  const d = normalizeDim("indexSelect", dim, x.ndim);
  if (index.ndim > 1)
    throw new ShapeError("indexSelect", `the index must have 1 dimension, got ${format(index.shape)}`);
  checkIndex("indexSelect", index, x.shape[d] ?? 1);
  if (x.ndim === 0) return gatherOp(x.reshape(1), index.reshape(-1), 0).reshape([]);
  const shape = x.shape.map((size, i) => (i === d ? index.numel : size));
  const along = index.reshape(shape.map((_, i) => (i === d ? index.numel : 1)));
  return gatherOp(x, expand(along, shape), d);
}

function scatterOp(
  name: string,
  op: ScatterOp,
): (x: Tensor, index: Tensor, src: Tensor, dim: number) => Tensor {
  return defineOp<[x: Tensor, index: Tensor, src: Tensor], [dim: number]>(name, {
    shape: (x) => x.shape,
    run: (k, out, x, index, src, dim) => {
      k.copy(out, x);
      k.scatter(out, op, dim, index, src);
    },
    vjp: [
      op === "add"
        ? () => (g) => g
        : (_y, _x, index, _src, dim) => (g) =>
            scatterSet(g, index, zeros(index.shape, { dtype: g.dtype }), dim),
      null,
      (_y, _x, index, _src, dim) => (g) => gatherOp(g, index, dim),
    ],
  });
}

const scatterSet = scatterOp("scatter", "set");
const scatterAdder = scatterOp("scatterAdd", "add");
const scatterMultiply = defineOp<[x: Tensor, index: Tensor, src: Tensor], [dim: number]>("scatter", {
  shape: (x) => x.shape,
  run: (k, out, x, index, src, dim) => {
    k.copy(out, x);
    k.scatter(out, "multiply", dim, index, src);
  },
  vjp: [null, null, null],
});

const reducingScatters = { add: scatterAdder, multiply: scatterMultiply };

function prepare(
  op: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
): [Tensor, Tensor, Tensor, number] {
  const d = normalizeDim(op, dim, x.ndim);
  if (index.numel > 0) checkFits(op, index, x.shape, d, "the tensor");
  checkIndex(op, index, x.shape[d] ?? 1);
  if (typeof src === "number") return [x, index, expand(lift(op, src, x.dtype), index.shape), d];
  if (src.dtype !== x.dtype)
    throw new DTypeError(op, `the source is ${src.dtype}, the tensor ${x.dtype}; convert one with .to()`);
  if (index.numel > 0) checkFits(op, index, src.shape, -1, "the source");
  const source =
    src.ndim === index.ndim
      ? index.shape.reduce((s, size, i) => s.narrow(i, 0, size), src)
      : src.reshape(index.shape);
  return [x, index, index.ndim === 0 ? src : source, d];
}

/** Options of {@link scatter}. */
export interface ScatterOptions {
  /** Combine with what stands there instead of replacing it. Default: null, replace. */
  reduce?: "add" | "multiply" | null;
}

/**
 * A copy of `x` with `y[index[i][j]][j] = src[i][j]` for `dim` 0: the mirror image of {@link gather}. Where indices repeat, the last
 * wins.
 *
 * Gradients: `g`, but 0 where it was replaced, for `x`; `g` gathered, for `src` (right where no index repeats, as in PyTorch). With
 * `reduce: "multiply"` there is none.
 *
 * PyTorch: [`torch.scatter`](https://pytorch.org/docs/stable/generated/torch.scatter.html), which leaves open who wins where indices
 * repeat.
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, with as many dimensions as `x`, and no larger than it except along `dim`; not negative.
 * @param src - A number, or a tensor of the dtype of `x` and at least as large as `index`.
 * @param options - `reduce`: `"add"` to or `"multiply"` with what stands there; null (the default) replaces it.
 * @returns Shape and dtype of `x`.
 * @throws ShapeError if there is no such dimension, or `index` or `src` does not fit.
 * @throws DTypeError if `index` is not int32, or `src` has another dtype than `x`.
 * @throws IndexError if an index is out of range.
 * @throws ValueError if `reduce` is unknown, or is `"multiply"` where a gradient is wanted.
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const classes = tensor([[2], [0]], { dtype: "int32" });
 * zeros(2, 3).scatter(1, classes, 1).toArray(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function scatter(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
  options: ScatterOptions = {},
): Tensor {
  const { reduce = null } = options;
  if (reduce !== null && !Object.hasOwn(reducingScatters, reduce))
    throw new ValueError(
      "scatter",
      `reduce must be "add", "multiply" or null, got ${JSON.stringify(reduce)}`,
    );
  if (reduce === "multiply" && (x.requiresGrad || (typeof src !== "number" && src.requiresGrad)))
    throw new ValueError("scatter", 'reduce "multiply" has no gradient; use detach(), or gather and mul');
  const op = reduce === null ? scatterSet : reducingScatters[reduce];
  return op(...prepare("scatter", x, dim, index, src));
}

/**
 * A copy of `x` with `src` added where `index` says. Gradients: `g`, and `g` gathered.
 *
 * PyTorch: [`torch.scatter_add`](https://pytorch.org/docs/stable/generated/torch.scatter_add.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, with as many dimensions as `x`, and no larger than it except along `dim`; not negative, may repeat.
 * @param src - Of the dtype of `x` and at least as large as `index`.
 * @returns Shape and dtype of `x`.
 * @throws ShapeError if there is no such dimension, or `index` or `src` does not fit.
 * @throws DTypeError if `index` is not int32, or `src` has another dtype than `x`.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const bins = tensor([0, 1, 0], { dtype: "int32" });
 * zeros(2).scatterAdd(0, bins, tensor([1, 2, 3])).toArray(); // => [4, 2]
 * ```
 */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  return scatterAdder(...prepare("scatterAdd", x, dim, index, src));
}

/**
 * The elements where `mask` holds, in row-major order, as a vector. Gradient: to the elements that were taken.
 *
 * PyTorch: [`torch.masked_select`](https://pytorch.org/docs/stable/generated/torch.masked_select.html).
 *
 * @param x - Any shape, any dtype.
 * @param mask - bool; broadcasts with `x`.
 * @returns A copy with as many elements as `mask` holds in the broadcast shape.
 * @throws DTypeError if `mask` is not bool.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, -2], [3, 4]]);
 * x.maskedSelect(x.gt(0)).toArray(); // => [1, 3, 4]
 * ```
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  if (mask.dtype !== "bool")
    throw new DTypeError(
      "maskedSelect",
      `the mask must be bool, got ${mask.dtype}; compare something, as in x.gt(0)`,
    );
  const shape = broadcastShapes("maskedSelect", x.shape, mask.shape);
  return indexSelect(expand(x, shape).reshape(-1), 0, nonzeroFlat(expand(mask, shape)));
}

/** The row-major positions of elements that are not 0. */
export function nonzeroFlat(x: Tensor): Tensor {
  const values = x.toTypedArray();
  const positions = new Int32Array(values.length);
  let count = 0;
  // Without a branch, which the processor could not foresee.
  for (let i = 0; i < values.length; i++) {
    positions[count] = i;
    count += Number(values[i] !== 0);
  }
  return tensor(positions.subarray(0, count));
}

/**
 * The indices of elements that are not 0: one row per element, one column per dimension, int32. No gradient.
 *
 * PyTorch: [`torch.nonzero`](https://pytorch.org/docs/stable/generated/torch.nonzero.html); there, int64.
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @returns `[count, ndim]`, rows in row-major order of the elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[0, 5], [7, 0]]).nonzero().toArray(); // => [[0, 1], [1, 0]]
 * ```
 */
export function nonzero(x: Tensor): Tensor {
  const flat = nonzeroFlat(x).toTypedArray();
  const out = zeros([flat.length, x.ndim], { dtype: "int32" });
  const indices = out.storage.data;
  for (let d = x.ndim - 1; d >= 0; d--) {
    const size = x.shape[d]!;
    for (let i = 0; i < flat.length; i++) {
      const rest = (flat[i]! / size) | 0;
      indices[i * x.ndim + d] = flat[i]! - rest * size;
      flat[i] = rest;
    }
  }
  return out;
}

/**
 * Reverses the order along the given dimensions, as a copy. Gradient: reversed as well.
 *
 * PyTorch: [`torch.flip`](https://pytorch.org/docs/stable/generated/torch.flip.html).
 *
 * @param x - Any shape, any dtype.
 * @param dims - `flip(0, 1)` or `flip([0, 1])`; none leaves the order as it is.
 * @returns Shape of `x`.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).flip(1).toArray(); // => [[2, 1], [4, 3]]
 * ```
 */
export function flip(x: Tensor, ...dims: Numbers): Tensor {
  const list = flat(dims);
  const normalized = list.map((d) => normalizeDim("flip", d, x.ndim));
  if (new Set(normalized).size < normalized.length)
    throw new ShapeError("flip", `a dim appears twice in ${format(list)}`);
  return flipOp(x, normalized);
}

const flipOp: Op<[x: Tensor], [dims: readonly number[]]> = defineOp<[x: Tensor], [dims: readonly number[]]>(
  "flip",
  {
    shape: (x) => x.shape,
    run: (k, out, x, dims) => k.copy(out, { storage: x.storage, layout: flipLayout(x.layout, dims) }),
    vjp: [(_y, _x, dims) => (g) => flipOp(g, dims)],
  },
);

/**
 * Takes elements along `dim` where `index` says, like {@link gather}, but the other dimensions broadcast. Without `dim`, both count as
 * flat. Gradient: added up where it was taken from.
 *
 * PyTorch: [`torch.take_along_dim`](https://pytorch.org/docs/stable/generated/torch.take_along_dim.html).
 *
 * @param x - Any shape, any dtype.
 * @param index - Positions along `dim`, int32.
 * @param dim - The dimension. Default: all of them, in row-major order.
 * @throws ShapeError if the other dimensions do not broadcast.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[30, 10, 20], [1, 3, 2]]);
 * x.takeAlongDim(x.argsort(1), 1).toArray(); // => [[10, 20, 30], [1, 2, 3]]
 * ```
 */
export function takeAlongDim(x: Tensor, index: Tensor, dim?: number): Tensor {
  if (dim === undefined) return gather(x.reshape(-1), 0, index.reshape(-1));
  const d = normalizeDim("takeAlongDim", dim, x.ndim);
  if (index.ndim !== x.ndim)
    throw new ShapeError(
      "takeAlongDim",
      `index ${format(index.shape)} and the tensor ${format(x.shape)} must have the same number of dimensions`,
    );
  const one = (shape: Shape): Shape => shape.map((size, i) => (i === d ? 1 : size));
  const shape = broadcastShapes("takeAlongDim", one(x.shape), one(index.shape));
  const along = (y: Tensor): Tensor =>
    expand(
      y,
      shape.map((size, i) => (i === d ? y.shape[d]! : size)),
    );
  checkIndex("takeAlongDim", index, x.shape[d] ?? 1);
  return gatherOp(along(x), along(index), d);
}

/**
 * Moves the elements along dimensions by some places; what leaves at the end comes back at the beginning. Without `dims`, the elements
 * count as flat. Gradient: moved back.
 *
 * PyTorch: [`torch.roll`](https://pytorch.org/docs/stable/generated/torch.roll.html).
 *
 * @param x - Any shape, any dtype.
 * @param shifts - By how many places, for each dimension; negative moves towards the beginning.
 * @param dims - The dimensions.
 * @throws ShapeError if there are not as many shifts as dimensions.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3, 4]).roll(1).toArray(); // => [4, 1, 2, 3]
 * tensor([[1, 2, 3], [4, 5, 6]]).roll(-1, 1).toArray(); // => [[2, 3, 1], [5, 6, 4]]
 * ```
 */
export function roll(
  x: Tensor,
  shifts: number | readonly number[],
  dims?: number | readonly number[],
): Tensor {
  const places = typeof shifts === "number" ? [shifts] : shifts;
  if (dims === undefined && places.length === 1) return roll(x.reshape(-1), places, 0).reshape(x.shape);
  const list = (typeof dims === "number" ? [dims] : (dims ?? [])).map((d) => normalizeDim("roll", d, x.ndim));
  if (list.length !== places.length || places.length === 0)
    throw new ShapeError(
      "roll",
      `shifts ${format(places)} and dims ${format(list)} must be equally many, and at least one`,
    );
  return list.reduce((y, d, i) => rollOne(y, places[i]!, d), x);
}

function rollOne(x: Tensor, places: number, dim: number): Tensor {
  if (!Number.isInteger(places)) throw new ValueError("roll", `shifts must be integers, got ${places}`);
  const size = x.shape[dim] ?? 1;
  return size < 2 ? x.clone() : rollOp(x, ((places % size) + size) % size, dim);
}

const rollOp: Op<[x: Tensor], [places: number, dim: number]> = defineOp<
  [x: Tensor],
  [places: number, dim: number]
>("roll", {
  shape: (x) => x.shape,
  run: (k, out, { storage, layout }, places, dim) => {
    const cut = layout.shape[dim]! - places;
    const [first, last] = [
      sliceLayout(layout, dim, 0, cut, 1),
      sliceLayout(layout, dim, cut, cut + places, 1),
    ];
    k.cat(
      out,
      [last, first].map((part) => ({ storage, layout: part })),
      dim,
    );
  },
  vjp: [
    (_y, { shape }, places, dim) =>
      (g) =>
        rollOp(g, shape[dim]! - places, dim),
  ],
});
