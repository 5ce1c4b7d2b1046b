import { requireFloatingPoint } from "../../dtype.ts";
import { defineOp, hidden, type Op } from "../../op.ts";
import { keepdimOf } from "../../options.ts";
import { normalizeDims, reducedShape } from "../../shape.ts";
import { discarding } from "../../storage/scratch.ts";
import type { Tensor } from "../../tensor.ts";
import { stretch, sumOver } from "../broadcast.ts";
import { to } from "../convert.ts";
import { requireTensor } from "../operands.ts";
import { countOver, type Dims, type ReduceOptions } from "./define.ts";

/** Options of {@link variance} and {@link std}. */
export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the number of elements in the divisor. Default: 1 (Bessel's correction); 0 divides by n. */
  correction?: number;
}

/** Distances from the mean. They add up to 0, so the mean's own part of the variance's gradient vanishes. */
function distances(x: Tensor, dims: readonly number[]): Tensor {
  return x.sub(sumOver(x, dims, true).div(countOver(x.shape, dims)));
}

/** The variance in float64, which neither over- nor underflows where a float32 standard deviation does not. */
function wideVariance(x: Tensor, dims: readonly number[], keepdim: boolean, correction: number): Tensor {
  const value = x.detach();
  const wide = value.dtype === "float64" ? fromFirst(value, dims) : to(value, "float64");
  const squares = distances(wide, dims).square();
  return sumOver(squares, dims, keepdim).div(Math.max(0, countOver(x.shape, dims) - correction));
}

/** Differences from the first element, whose variance is the same; that of equal elements is then 0 and not a rounding error. */
function fromFirst(x: Tensor, dims: readonly number[]): Tensor {
  if (x.numel === 0) return x;
  return hidden([x], () => x.sub(dims.reduce((first, dim) => first.narrow(dim, 0, 1), x)));
}

/** Pulls the gradient of a variance back to `x`. */
function varianceBackward(g: Tensor, x: Tensor, dims: readonly number[], correction: number): Tensor {
  return stretch(g, x.shape, dims)
    .mul(distances(x, dims))
    .mul(2 / (countOver(x.shape, dims) - correction));
}

type SpreadOp = Op<[x: Tensor], [dims: readonly number[], keepdim: boolean, correction: number]>;

/** What is made of a variance `y`: `finish` makes it, and `toVariance` pulls its gradient back to the variance. */
function defineSpread(
  name: string,
  finish: (variance: Tensor) => Tensor,
  toVariance: (g: Tensor, y: Tensor) => Tensor,
): SpreadOp {
  return defineOp<[x: Tensor], [dims: readonly number[], keepdim: boolean, correction: number]>(name, {
    shape: (x, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
    run: (k, out, x, dims, keepdim, correction) => {
      discarding(() => {
        k.copy(out, finish(wideVariance(x, dims, keepdim, correction)));
      });
    },
    vjp: [
      (y, x, dims, _keepdim, correction) => (g) => varianceBackward(toVariance(g, y), x, dims, correction),
    ],
  });
}

const varianceOp = defineSpread(
  "var",
  (variance) => variance,
  (g) => g,
);

/** The root; its gradient is 0 where all elements are equal. */
const stdOp = defineSpread(
  "std",
  (variance) => variance.sqrt(),
  (g, y) => g.div(y.mul(2)).maskedFill(y.eq(0), 0),
);

function spread(
  name: string,
  op: SpreadOp,
  x: Tensor,
  dim: Dims | undefined,
  options: VarianceOptions,
): Tensor {
  requireTensor(name, x);
  requireFloatingPoint(name, x.dtype);
  const keepdim = keepdimOf(name, options, ["keepdim", "correction"]);
  return op(x, normalizeDims(name, dim, x.ndim), keepdim, options.correction ?? 1);
}

/**
 * The variance: squared distances from the mean, divided by `n - correction`, computed in float64. Gradient: `2 g (x - mean) / (n - correction)`.
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
  return spread("var", varianceOp, x, dim, options);
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
  return spread("std", stdOp, x, dim, options);
}
