import { promoteTypes, requireFloatingPoint, type DType } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import type { ArgReduceOp, ReduceOp } from "../kernels/reduce.ts";
import { contiguousLayout } from "../layout.ts";
import { eye } from "../create.ts";
import type { Vjp } from "../node.ts";
import { defineOp } from "../op.ts";
import { format, normalizeDim, normalizeDims, reducedShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { stretch, sumOver } from "./broadcast.ts";
import { where } from "./choose.ts";
import { to } from "./convert.ts";
import { stack } from "./joining.ts";
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
  readonly values: Tensor;
  /** Positions along the dimension, as int32. */
  readonly indices: Tensor;
}

type Reduction = [dims: readonly number[], keepdim: boolean];
type ReductionMaker = (y: Tensor, x: Tensor, dims: readonly number[]) => Vjp;

function reduction(
  name: string,
  op: ReduceOp,
  vjp: ReductionMaker | null,
  dtype?: DType,
): (x: Tensor, ...params: Reduction) => Tensor {
  return defineOp<[x: Tensor], Reduction>(name, {
    shape: (x, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
    dtype: (x) => dtype ?? x.dtype,
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

/** The sum of the elements; integers and booleans add up as int32. Gradient: `g` for every element. */
export function sum(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("sum", dim, x.ndim);
  if (options.dtype === "bool") return anyOp(x, dims, options.keepdim ?? false);
  return sumOver(to(x, options.dtype ?? promoteTypes(x.dtype, "int32")), dims, options.keepdim ?? false);
}

/** The arithmetic mean. Gradient: `g / n` for every element. */
export function mean(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("mean", dim, x.ndim);
  const typed = to(x, options.dtype ?? x.dtype);
  requireFloatingPoint("mean", typed.dtype);
  return sumOver(typed, dims, options.keepdim ?? false).div(countOver(x.shape, dims));
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

/** The variance: squared distances from the mean, divided by `n - correction`. Gradient: `2 g (x - mean) / (n - correction)`. */
export function variance(x: Tensor, dim?: Dims, options: VarianceOptions = {}): Tensor {
  requireTensor("var", x);
  requireFloatingPoint("var", x.dtype);
  const { keepdim = false, correction = 1 } = options;
  return varianceOp(x, normalizeDims("var", dim, x.ndim), keepdim, correction);
}

export { variance as var };

/** The standard deviation, the root of the {@link variance}. Gradient: that of the variance, divided by `2 std`; 0 where `std` is 0. */
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

const prodOp = reduction(
  "prod",
  "prod",
  (_, x, dims) => (g) => stretch(g, x.shape, dims).mul(productOfOthers(x, dims)),
);

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

/** The product of the elements; integers and booleans multiply as int32. Gradient: `g` times the product of all other elements. */
export function prod(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("prod", dim, x.ndim);
  return prodOp(to(x, options.dtype ?? promoteTypes(x.dtype, "int32")), dims, options.keepdim ?? false);
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
/** The largest element; NaN if there is one. Gradient: to the largest, in equal parts if several are. */
export function amax(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("amax", dim, x.ndim);
  return extremeOf("amax", amaxOp, x, dims, options);
}

function extremeOf(
  name: string,
  op: typeof amaxOp,
  x: Tensor,
  dims: readonly number[],
  { keepdim = false }: ReduceOptions,
): Tensor {
  requireElements(name, x, dims);
  return op(x, dims, keepdim);
}

const aminOp = reduction("amin", "min", toExtremes);
/** The smallest element; NaN if there is one. Gradient: to the smallest, in equal parts if several are. */
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
  { keepdim = false }: ReduceOptions,
): Tensor {
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

/** Where the largest element stands: along `dim`, or counted in row-major order over all; the first if several. No gradient. */
export function argmax(x: Tensor, dim?: number | null, options: ReduceOptions = {}): Tensor {
  return argExtreme(argmaxOp, "argmax", x, dim, options);
}

/** Where the smallest element stands: along `dim`, or counted in row-major order over all; the first if several. No gradient. */
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

/** The largest element of all. */
export function max(x: Tensor): Tensor;
/** The largest elements along `dim`, and where they stand. */
export function max(x: Tensor, dim: number, options?: ReduceOptions): ValuesAndIndices;
/** Elementwise the larger of two: {@link maximum}. */
export function max(x: Tensor, other: Tensor): Tensor;
export function max(
  x: Tensor,
  dim?: number | Tensor,
  options: ReduceOptions = {},
): Tensor | ValuesAndIndices {
  requireTensor("max", x);
  if (dim === undefined) return extremeOf("max", maxOp, x, allDims(x), options);
  if (typeof dim === "number") return extremesAlong("max", argmaxOp, x, dim, options.keepdim ?? false);
  requireTensor("max", dim, "the second operand");
  return x.maximum(dim);
}

/** The smallest element of all. */
export function min(x: Tensor): Tensor;
/** The smallest elements along `dim`, and where they stand. */
export function min(x: Tensor, dim: number, options?: ReduceOptions): ValuesAndIndices;
/** Elementwise the smaller of two: {@link minimum}. */
export function min(x: Tensor, other: Tensor): Tensor;
export function min(
  x: Tensor,
  dim?: number | Tensor,
  options: ReduceOptions = {},
): Tensor | ValuesAndIndices {
  requireTensor("min", x);
  if (dim === undefined) return extremeOf("min", minOp, x, allDims(x), options);
  if (typeof dim === "number") return extremesAlong("min", argminOp, x, dim, options.keepdim ?? false);
  requireTensor("min", dim, "the second operand");
  return x.minimum(dim);
}

// ----- questions -----

const allOp = reduction("all", "all", null, "bool");
/** Whether all elements are not 0. */
export function all(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  return allOp(x, normalizeDims("all", dim, x.ndim), options.keepdim ?? false);
}

const anyOp = reduction("any", "any", null, "bool");
/** Whether some element is not 0. */
export function any(x: Tensor, dim?: Dims, options: ReduceOptions = {}): Tensor {
  return anyOp(x, normalizeDims("any", dim, x.ndim), options.keepdim ?? false);
}

// ----- sums of exponentials, running sums -----

/** `log(Σ eˣ)` without overflow. Gradient: `g softmax(x)`. */
export function logsumexp(x: Tensor, dim: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  const y = floating("logsumexp", x);
  if (countOver(y.shape, dims) === 0) return sumOver(y.exp(), dims, options.keepdim ?? false).log();
  const top = amaxOp(y.detach(), dims, true);
  const shift = top.maskedFill(top.isinf(), 0);
  return sumOver(y.sub(shift).exp(), dims, true)
    .log()
    .add(shift)
    .reshape(reducedShape(x.shape, dims, options.keepdim ?? false));
}

const cumsumOp = defineOp<[x: Tensor], [dim: number]>("cumsum", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.cumsum(out, x, dim),
  vjp: [(_y, _x, dim) => (g) => g.flip(dim).cumsum(dim).flip(dim)],
});

/** Running sums along `dim`. Gradient: running sums of `g` from the end. */
export function cumsum(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  return cumsumOp(
    to(x, options.dtype ?? promoteTypes(x.dtype, "int32")),
    normalizeDim("cumsum", dim, x.ndim),
  );
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
  if (x.numel === 0 || x.ndim === 0) return typed.clone();
  const [first, ...factors] = typed.unbind(d) as [Tensor, ...Tensor[]];
  let product = first;
  return stack([first, ...factors.map((factor) => (product = product.mul(factor)))], d);
}
