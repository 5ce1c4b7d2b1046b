import { promoteTypes, requireFloatingPoint, type DType } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import type { ArgReduceOp, ReduceOp } from "../kernels/reduce.ts";
import { contiguousLayout } from "../layout.ts";
import { eye } from "../create.ts";
import type { Vjp } from "../node.ts";
import { defineOp, type Op } from "../op.ts";
import { keepdimOf } from "../options.ts";
import { format, normalizeDim, normalizeDims, reducedShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { stretch, sumOver } from "./broadcast.ts";
import { where } from "./choose.ts";
import { eq, ne } from "./compare.ts";
import { to } from "./convert.ts";
import { cat, stack } from "./joining.ts";
import { floating, requireTensor } from "./operands.ts";

/** Which dimensions a reduction removes: one, several, or (left out, null or empty) all of them. */
export type Dims = number | readonly number[] | null;

/** Options of reductions. */
export interface ReduceOptions {
  /** Keep reduced dimensions with size 1. Default: false. */
  keepdim?: boolean;
}

/** The largest or smallest elements along a dimension, and where they stand. */
export interface ValuesAndIndices {
  /** The elements. */
  readonly values: Tensor;
  /** Positions along the dimension, as int32. */
  readonly indices: Tensor;
}

type Reduction = [dims: readonly number[], keepdim: boolean];
type ReductionMaker = (y: Tensor, x: Tensor, dims: readonly number[]) => Vjp;

function reduction(
  name: string,
  op: ReduceOp,
  vjp: ReductionMaker,
): (x: Tensor, ...params: Reduction) => Tensor {
  return defineOp<[x: Tensor], Reduction>(name, {
    shape: (x, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
    run: (k, out, x, dims) =>
      k.reduce({ storage: out.storage, layout: contiguousLayout(reducedShape(x.shape, dims, true)) }, op, x),
    vjp: [vjp],
  });
}

/** How many elements each result is made of. */
function countOver(shape: Shape, dims: readonly number[]): number {
  return dims.reduce((n, d) => n * shape[d]!, 1);
}

function allDims(x: Tensor): readonly number[] {
  return x.shape.map((_, d) => d);
}

/** Throws where there is no element to choose from. */
function requireElements(op: string, x: Tensor, dims: readonly number[]): void {
  const empty = dims.find((d) => x.shape[d] === 0);
  if (empty !== undefined)
    throw new ShapeError(
      op,
      `no elements to choose from: dimension ${empty} of shape ${format(x.shape)} has size 0`,
    );
}

// ----- sums and averages -----

/**
 * The sum of the elements; integers and booleans add up as int32. Gradient: `g` for every element.
 *
 * PyTorch: [`torch.sum`](https://pytorch.org/docs/stable/generated/torch.sum.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `dtype`: what `x` is converted to first.
 * @returns The shape of `x` without the reduced dimensions. The sum of nothing is 0.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.sum().item(); // => 21
 * x.sum(0).toArray(); // => [5, 7, 9]
 * x.sum(1, { keepdim: true }).toArray(); // => [[6], [15]]
 * ```
 */
export function sum(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("sum", dim, x.ndim);
  const keepdim = keepdimOf("sum", options);
  if (options.dtype === "bool") return ne(countNonzero(x, dims, keepdim), 0);
  return sumOver(to(x, options.dtype ?? promoteTypes(x.dtype, "int32")), dims, keepdim);
}

/**
 * The arithmetic mean. Gradient: `g / n` for every element, where `n` elements make one mean.
 *
 * PyTorch: [`torch.mean`](https://pytorch.org/docs/stable/generated/torch.mean.html).
 *
 * @param x - Any shape, floating point.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `dtype`: what `x` is converted to first.
 * @returns The shape of `x` without the reduced dimensions. The mean of nothing is NaN.
 * @throws DTypeError if `x` is not floating point (without `dtype`).
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 6]]).mean().item(); // => 3
 * tensor([[1, 2], [3, 6]]).mean(0).toArray(); // => [2, 4]
 * ```
 */
export function mean(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("mean", dim, x.ndim);
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("mean", typed.dtype);
  return sumOver(typed, dims, keepdimOf("mean", options)).div(countOver(x.shape, dims));
}

/** Options of {@link variance} and {@link std}. */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the number of elements in the divisor. Default: 1 (Bessel's correction); 0 divides by n. */
  correction?: number;
}

/** Distances from the mean. They add up to 0, so the mean's own part of the variance's gradient vanishes. */
function distances(x: Tensor, dims: readonly number[]): Tensor {
  return x.sub(sumOver(x, dims, true).div(countOver(x.shape, dims)));
}

const varianceOp = defineOp<[x: Tensor], [dims: readonly number[], keepdim: boolean, correction: number]>(
  "var",
  {
    shape: (x, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
    run: (k, out, x, dims, keepdim, correction) => {
      const squares = distances(x.detach(), dims).square();
      k.copy(out, sumOver(squares, dims, keepdim).div(Math.max(0, countOver(x.shape, dims) - correction)));
    },
    vjp: [
      (_y, x, dims, _keepdim, correction) => (g) =>
        stretch(g, x.shape, dims)
          .mul(distances(x, dims))
          .mul(2 / (countOver(x.shape, dims) - correction)),
    ],
  },
);

/**
 * The variance: squared distances from the mean, divided by `n - correction`. Gradient: `2 g (x - mean) / (n - correction)`.
 *
 * As a function it is imported under another name, since `var` is a keyword: `import { var as variance } from "@torchlet/tensor"`.
 *
 * PyTorch: [`torch.var`](https://pytorch.org/docs/stable/generated/torch.var.html).
 *
 * @param x - Any shape, floating point.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `correction`: default 1, 0 divides by `n`.
 * @returns The shape of `x` without the reduced dimensions; NaN for a single element with `correction` 1.
 * @throws DTypeError if `x` is not floating point.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3, 4]).var().item(); // => 1.6667
 * tensor([1, 2, 3, 4]).var(0, { correction: 0 }).item(); // => 1.25
 * ```
 */
function variance(x: Tensor, dim?: Dims, options: VarianceOptions = {}): Tensor {
  requireTensor("var", x);
  requireFloatingPoint("var", x.dtype);
  const keepdim = keepdimOf("var", options);
  return varianceOp(x, normalizeDims("var", dim, x.ndim), keepdim, options.correction ?? 1);
}

export { variance as var };

/**
 * The standard deviation, the root of the variance. Gradient: that of the variance, divided by `2 std`; 0 where `std` is 0.
 *
 * PyTorch: [`torch.std`](https://pytorch.org/docs/stable/generated/torch.std.html).
 *
 * @param x - Any shape, floating point.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `correction`: default 1, 0 divides by `n`.
 * @returns The shape of `x` without the reduced dimensions; NaN for a single element with `correction` 1.
 * @throws DTypeError if `x` is not floating point.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3, 4]).std().item(); // => 1.2910
 * ```
 */
export function std(x: Tensor, dim?: Dims, options: VarianceOptions = {}): Tensor {
  requireFloatingPoint("std", x.dtype);
  return rootOp(variance(x, dim, options));
}

/** A square root whose gradient at 0 is 0, as the standard deviation of equal elements needs it. */
const rootOp = defineOp<[x: Tensor]>("std", {
  shape: (x) => x.shape,
  run: (k, out, x) => k.unary(out, "sqrt", x),
  vjp: [(y) => (g) => g.div(y.mul(2)).maskedFill(y.eq(0), 0)],
});

const prodOp = reduction("prod", "prod", (y, x, dims) => (g) => {
  const others = (): Tensor => stretch(y, x.shape, dims).div(x);
  return stretch(g, x.shape, dims).mul(canBeDivided(y) ? others() : productOfOthers(x, dims));
});

/** Whether a product without one of its factors is the quotient: not where it is 0, or too large. */
function canBeDivided(products: Tensor): boolean {
  const y = products.detach();
  return y.ne(0).logicalAnd(y.isfinite()).all().item() !== 0;
}

/** For each element the product of all others along `dims`, right also where elements are 0. */
function productOfOthers(x: Tensor, dims: readonly number[]): Tensor {
  const kept = x.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const order = [...kept, ...dims];
  const n = countOver(x.shape, dims);
  const rows = x.permute(order).reshape(countOver(x.shape, kept), 1, n);
  const others = where(eye(n, n, { dtype: "bool" }), rows.detach().mul(0).add(1), rows);
  return prodOp(others, [2], false)
    .reshape(order.map((d) => x.shape[d]!))
    .permute(order.map((_, i) => order.indexOf(i)));
}

/**
 * The product of the elements; integers and booleans multiply as int32. Gradient: `g` times the product of all other elements.
 *
 * The gradient is right also where elements are 0, but takes a table of `n²` elements for a product of `n`.
 *
 * PyTorch: [`torch.prod`](https://pytorch.org/docs/stable/generated/torch.prod.html); there, only one dimension can be named.
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `dtype`: what `x` is converted to first.
 * @returns The shape of `x` without the reduced dimensions. The product of nothing is 1.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([2, 3, 4], { requiresGrad: true });
 * const y = x.prod();
 * y.item(); // => 24
 * y.backward();
 * x.grad?.toArray(); // => [12, 8, 6]
 * ```
 */
export function prod(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("prod", dim, x.ndim);
  return prodOp(to(x, options.dtype ?? promoteTypes(x.dtype, "int32")), dims, keepdimOf("prod", options));
}

// ----- extremes -----

/** The gradient goes to the extreme elements, in equal parts where there are several. */
const toExtremes: ReductionMaker = (y, x, dims) => (g) => {
  const mask = x.eq(stretch(y, x.shape, dims)).to(x.dtype);
  return stretch(g, x.shape, dims)
    .mul(mask)
    .div(sumOver(mask, dims, true).expand(x.shape));
};

const amaxOp = reduction("amax", "max", toExtremes);
/**
 * The largest element; NaN if there is one. Gradient: to the largest, in equal parts if several are.
 *
 * PyTorch: [`torch.amax`](https://pytorch.org/docs/stable/generated/torch.amax.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns The shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).amax(1).toArray(); // => [5, 7]
 * ```
 */
export function amax(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("amax", dim, x.ndim);
  return extremeOf("amax", amaxOp, x, dims, options);
}

function extremeOf(
  name: string,
  op: typeof amaxOp,
  x: Tensor,
  dims: readonly number[],
  options: ReduceOptions,
): Tensor {
  const keepdim = keepdimOf(name, options);
  requireElements(name, x, dims);
  return op(x, dims, keepdim);
}

const aminOp = reduction("amin", "min", toExtremes);
/**
 * The smallest element; NaN if there is one. Gradient: to the smallest, in equal parts if several are.
 *
 * PyTorch: [`torch.amin`](https://pytorch.org/docs/stable/generated/torch.amin.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns The shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).amin(1).toArray(); // => [1, 3]
 * ```
 */
export function amin(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("amin", dim, x.ndim);
  return extremeOf("amin", aminOp, x, dims, options);
}

function argReduction(name: ArgReduceOp): (x: Tensor, dim: number, keepdim: boolean) => Tensor {
  return defineOp<[x: Tensor], [dim: number, keepdim: boolean]>(name, {
    shape: (x, dim, keepdim) => reducedShape(x.shape, [dim], keepdim),
    dtype: () => "int32",
    run: (k, out, x, dim) =>
      k.argReduce(
        { storage: out.storage, layout: contiguousLayout(reducedShape(x.shape, [dim], true)) },
        name,
        x,
        dim,
      ),
    vjp: [null],
  });
}

const argmaxOp = argReduction("argmax");
const argminOp = argReduction("argmin");

function argExtreme(
  op: typeof argmaxOp,
  name: string,
  x: Tensor,
  dim: number | null | undefined,
  options: ReduceOptions,
): Tensor {
  const keepdim = keepdimOf(name, options);
  if (x.dtype === "bool") throw new DTypeError(name, 'is not defined for bool; convert with .to("int32")');
  if (dim === undefined || dim === null || x.ndim === 0) {
    if (typeof dim === "number") normalizeDim(name, dim, 0);
    const flat = x.detach().reshape(-1);
    requireElements(name, flat, [0]);
    return op(flat, 0, false).reshape(keepdim ? x.shape.map(() => 1) : []);
  }
  const d = normalizeDim(name, dim, x.ndim);
  requireElements(name, x, [d]);
  return op(x, d, keepdim);
}

/**
 * Where the largest element stands: along `dim`, or counted in row-major order over all; the first if several. No gradient.
 *
 * NaN counts as the largest.
 *
 * PyTorch: [`torch.argmax`](https://pytorch.org/docs/stable/generated/torch.argmax.html).
 *
 * @param x - Any shape; not bool.
 * @param dim - The dimension. Default: all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns int32, in the shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or no such dimension.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const scores = tensor([[0.1, 0.7, 0.2], [0.8, 0.1, 0.1]]);
 * scores.argmax(1).toArray(); // => [1, 0]
 * scores.argmax().item(); // => 3
 * ```
 */
export function argmax(x: Tensor, dim?: number | null, options: ReduceOptions = {}): Tensor {
  return argExtreme(argmaxOp, "argmax", x, dim, options);
}

/**
 * Where the smallest element stands: along `dim`, or counted in row-major order over all; the first if several. No gradient.
 *
 * NaN counts as the smallest.
 *
 * PyTorch: [`torch.argmin`](https://pytorch.org/docs/stable/generated/torch.argmin.html).
 *
 * @param x - Any shape; not bool.
 * @param dim - The dimension. Default: all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns int32, in the shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or no such dimension.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[3, 1], [2, 4]]).argmin(0).toArray(); // => [1, 0]
 * ```
 */
export function argmin(x: Tensor, dim?: number | null, options: ReduceOptions = {}): Tensor {
  return argExtreme(argminOp, "argmin", x, dim, options);
}

/** The extreme values along `dim`, taken from where the index says, so that only the first of several receives the gradient. */
function extremesAlong(
  name: string,
  op: typeof argmaxOp,
  x: Tensor,
  dim: number,
  keepdim: boolean,
): ValuesAndIndices {
  const d = normalizeDim(name, dim, x.ndim);
  if (x.ndim === 0) return { values: x.clone(), indices: to(x.detach().mul(0), "int32") };
  requireElements(name, x, [d]);
  const indices = op(x, d, true);
  const values = x.gather(d, indices);
  return keepdim ? { values, indices } : { values: values.squeeze(d), indices: indices.squeeze(d) };
}

/** Like that of `amax`, except that where the extreme is NaN, the NaNs share the gradient. */
const toExtremesOrNaN: ReductionMaker = (y, x) => (g) => {
  const mask = x.eq(y).logicalOr(x.isnan().logicalAnd(y.isnan()));
  return where(mask, g.div(mask.sum()), 0);
};

const maxOp = reduction("max", "max", toExtremesOrNaN);
const minOp = reduction("min", "min", toExtremesOrNaN);

/**
 * The largest element of all; NaN if there is one. Gradient: to the largest, in equal parts if several are.
 *
 * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
 *
 * @param x - Any shape, any dtype.
 * @returns A 0-d tensor.
 * @throws ShapeError if `x` has no elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).max().item(); // => 7
 * ```
 */
export function max(x: Tensor): Tensor;
/**
 * The largest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are largest.
 *
 * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
 *
 * @param x - Any shape; not bool, unless 0-d.
 * @param dim - The dimension.
 * @param options - `keepdim`: keep the dimension with size 1 (default false).
 * @returns `values`, and `indices` along `dim` as int32; both in the shape of `x` without `dim`.
 * @throws ShapeError if there is no such dimension, or it has size 0.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const { values, indices } = tensor([[1, 5], [7, 3]]).max(1);
 * values.toArray(); // => [5, 7]
 * indices.toArray(); // => [1, 0]
 * ```
 */
export function max(x: Tensor, dim: number, options?: ReduceOptions): ValuesAndIndices;
/**
 * Elementwise the larger of two: {@link maximum}.
 *
 * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
 *
 * @param x - Any shape.
 * @param other - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).max(tensor([4, 2])).toArray(); // => [4, 5]
 * ```
 */
export function max(x: Tensor, other: Tensor): Tensor;
export function max(
  x: Tensor,
  dim?: number | Tensor,
  options: ReduceOptions = {},
): Tensor | ValuesAndIndices {
  requireTensor("max", x);
  if (dim === undefined) return extremeOf("max", maxOp, x, allDims(x), options);
  if (typeof dim === "number") return extremesAlong("max", argmaxOp, x, dim, keepdimOf("max", options));
  requireTensor("max", dim, "the second operand");
  return x.maximum(dim);
}

/**
 * The smallest element of all; NaN if there is one. Gradient: to the smallest, in equal parts if several are.
 *
 * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
 *
 * @param x - Any shape, any dtype.
 * @returns A 0-d tensor.
 * @throws ShapeError if `x` has no elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 5], [7, 3]]).min().item(); // => 1
 * ```
 */
export function min(x: Tensor): Tensor;
/**
 * The smallest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are smallest.
 *
 * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
 *
 * @param x - Any shape; not bool, unless 0-d.
 * @param dim - The dimension.
 * @param options - `keepdim`: keep the dimension with size 1 (default false).
 * @returns `values`, and `indices` along `dim` as int32; both in the shape of `x` without `dim`.
 * @throws ShapeError if there is no such dimension, or it has size 0.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const { values, indices } = tensor([[1, 5], [7, 3]]).min(1);
 * values.toArray(); // => [1, 3]
 * indices.toArray(); // => [0, 1]
 * ```
 */
export function min(x: Tensor, dim: number, options?: ReduceOptions): ValuesAndIndices;
/**
 * Elementwise the smaller of two: {@link minimum}.
 *
 * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
 *
 * @param x - Any shape.
 * @param other - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).min(tensor([4, 2])).toArray(); // => [1, 2]
 * ```
 */
export function min(x: Tensor, other: Tensor): Tensor;
export function min(
  x: Tensor,
  dim?: number | Tensor,
  options: ReduceOptions = {},
): Tensor | ValuesAndIndices {
  requireTensor("min", x);
  if (dim === undefined) return extremeOf("min", minOp, x, allDims(x), options);
  if (typeof dim === "number") return extremesAlong("min", argminOp, x, dim, keepdimOf("min", options));
  requireTensor("min", dim, "the second operand");
  return x.minimum(dim);
}

// ----- questions -----

/** How many elements are not 0. */
function countNonzero(x: Tensor, dims: readonly number[], keepdim: boolean): Tensor {
  return sumOver(to(to(x, "bool"), "int32"), dims, keepdim);
}

/**
 * Whether all elements are not 0. No gradient.
 *
 * PyTorch: [`torch.all`](https://pytorch.org/docs/stable/generated/torch.all.html).
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns bool, in the shape of `x` without the reduced dimensions; true of nothing.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 0], [2, 3]]).all(1).toArray(); // => [false, true]
 * ```
 */
export function all(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("all", dim, x.ndim);
  return eq(countNonzero(x, dims, keepdimOf("all", options)), countOver(x.shape, dims));
}

/**
 * Whether some element is not 0. No gradient.
 *
 * PyTorch: [`torch.any`](https://pytorch.org/docs/stable/generated/torch.any.html).
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns bool, in the shape of `x` without the reduced dimensions; false of nothing.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 0], [0, 0]]).any(1).toArray(); // => [true, false]
 * ```
 */
export function any(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  return ne(countNonzero(x, normalizeDims("any", dim, x.ndim), keepdimOf("any", options)), 0);
}

// ----- sums of exponentials, running sums -----

/**
 * `log(Σ eˣ)` without overflow. Gradient: `g softmax(x)`.
 *
 * PyTorch: [`torch.logsumexp`](https://pytorch.org/docs/stable/generated/torch.logsumexp.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @param dim - One dimension, several, or (null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns The shape of `x` without the reduced dimensions; -Infinity of nothing.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).logsumexp(0).item(); // => 3.4076
 * tensor([1000, 1000]).logsumexp(0).item(); // => 1000.6931
 * ```
 */
export function logsumexp(x: Tensor, dim: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  const y = floating("logsumexp", x);
  const keepdim = keepdimOf("logsumexp", options);
  if (countOver(y.shape, dims) === 0) return sumOver(y.exp(), dims, keepdim).log();
  const top = amaxOp(y.detach(), dims, true);
  const shift = top.maskedFill(top.isinf(), 0);
  return sumOver(y.sub(shift).exp(), dims, true)
    .log()
    .add(shift)
    .reshape(reducedShape(x.shape, dims, keepdim));
}

const cumsumOp = defineOp<[x: Tensor], [dim: number]>("cumsum", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.cumsum(out, x, dim),
  vjp: [(_y, _x, dim) => (g) => g.flip(dim).cumsum(dim).flip(dim)],
});

/**
 * Running sums along `dim`. Gradient: running sums of `g` from the end.
 *
 * PyTorch: [`torch.cumsum`](https://pytorch.org/docs/stable/generated/torch.cumsum.html).
 *
 * @param x - Any shape, any dtype; integers and booleans add up as int32.
 * @param dim - The dimension.
 * @param options - `dtype`: what `x` is converted to first.
 * @returns Shape of `x`.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2, 3], [4, 5, 6]]).cumsum(1).toArray(); // => [[1, 3, 6], [4, 9, 15]]
 * ```
 */
export function cumsum(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  return cumsumOp(
    to(x, options.dtype ?? promoteTypes(x.dtype, "int32")),
    normalizeDim("cumsum", dim, x.ndim),
  );
}

const cumprodOp: Op<[x: Tensor], [dim: number]> = defineOp<[x: Tensor], [dim: number]>("cumprod", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.cumprod(out, x, dim),
  vjp: [
    (y, x, dim) => (g) =>
      canBeDivided(y)
        ? g.mul(y).flip(dim).cumsum(dim).flip(dim).div(x)
        : productBefore(x, dim).mul(sensitivity(g, x, dim)),
  ],
});

/** For each element the product of those before it. */
function productBefore(x: Tensor, dim: number): Tensor {
  const first = x.narrow(dim, 0, 1).detach().mul(0).add(1);
  return cat([first, cumprodOp(x.narrow(dim, 0, x.shape[dim]! - 1), dim)], dim);
}

/** What a running product that ends with an element contributes: its own gradient, and what the next one contributes times that factor. */
function sensitivity(g: Tensor, x: Tensor, dim: number): Tensor {
  const factors = x.unbind(dim);
  let next: Tensor | null = null;
  const contributions = g
    .unbind(dim)
    .map((own, i) => ({ own, factor: factors[i + 1] }))
    .reverse()
    .map(({ own, factor }) => (next = next === null ? own : own.add(factor!.mul(next))));
  return stack(contributions.reverse(), dim);
}

/**
 * Running products along `dim`; integers and booleans multiply as int32. Gradient: of each product, to its factors.
 *
 * PyTorch: [`torch.cumprod`](https://pytorch.org/docs/stable/generated/torch.cumprod.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension.
 * @param options - Settings.
 * @param options.dtype - What `x` is converted to first. Default: its own, int32 for bool.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3, 4]).cumprod(0).toArray(); // => [1, 2, 6, 24]
 * ```
 */
export function cumprod(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  const d = normalizeDim("cumprod", dim, x.ndim);
  const typed = to(x, options.dtype ?? promoteTypes(x.dtype, "int32"));
  return x.ndim === 0 ? typed.clone() : cumprodOp(typed, d);
}
