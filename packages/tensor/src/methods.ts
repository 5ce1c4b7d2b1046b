/**
 * Which functions are also methods of {@link Tensor}: `x.name(...rest)` is `name(x, ...rest)`.
 *
 * The functions know the class, and the class must not import the functions: so the class learns its methods here, at import, while
 * its type learns them from {@link TensorMethods}.
 */
import { backward } from "./engine.ts";
import { at } from "./indexing.ts";
import * as inplace from "./inplace.ts";
import * as ops from "./ops/index.ts";
import * as random from "./random-tensors.ts";
import { Tensor } from "./tensor.ts";

// prettier-ignore
const opNames = [
  "abs", "acos", "add", "addcdiv", "addcmul", "addmm", "all", "allclose", "amax", "amin", "any", "argmax", "argmin", "argsort", "asin",
  "atan", "atan2", "bincount", "bmm", "broadcastTo", "ceil", "chunk", "clamp", "clampMax", "clampMin", "clone", "contiguous", "cos", "cosh",
  "cumprod", "cumsum", "detach", "diag", "diagonal", "div", "dot", "eq", "equal", "erf", "exp", "exp2", "expand", "expandAs", "expm1",
  "flatten", "flip", "floor", "fmod", "gather", "ge", "gt", "hypot", "indexSelect", "isclose", "isfinite", "isinf", "isnan", "le", "lerp",
  "log", "log10", "log1p", "log2", "logaddexp", "logicalAnd", "logicalNot", "logicalOr", "logicalXor", "logSoftmax", "logsumexp", "lt",
  "maskedFill", "maskedSelect", "matmul", "max", "maximum", "mean", "min", "minimum", "mm", "movedim", "mul", "mv", "narrow", "ne", "neg",
  "nonzero", "norm", "outer", "permute", "pow", "prod", "reciprocal", "relu", "remainder", "repeat", "reshape", "roll", "round", "rsqrt",
  "scatter", "scatterAdd", "select", "sigmoid", "sign", "sin", "sinh", "softmax", "sort", "split", "sqrt", "square", "squeeze", "std",
  "sub", "sum", "sumTo", "t", "takeAlongDim", "tan", "tanh", "tile", "to", "topk", "trace", "transpose", "tril", "triu", "trunc", "unbind",
  "unflatten", "unique", "unsqueeze", "var", "view", "viewAs",
] as const;

// prettier-ignore
const inplaceNames = [
  "add_", "addcdiv_", "addcmul_", "clamp_", "copy_", "div_", "exp_", "fill_", "maskedFill_", "mul_", "neg_", "pow_", "relu_",
  "scatter_", "scatterAdd_", "setAt_", "sigmoid_", "sqrt_", "sub_", "tanh_", "zero_",
] as const;

const randomNames = ["bernoulli_", "normal_", "uniform_"] as const;

type Method<F> = F extends (x: never, ...rest: infer R extends readonly unknown[]) => infer Y
  ? (...rest: R) => Y
  : never;
type Methods<T> = { [K in keyof T]: Method<T[K]> };
type Overloaded = "max" | "min";

/** The methods that {@link Tensor} has from the functions of the same name, which document them. */
export interface TensorMethods
  extends
    Methods<Pick<typeof ops, Exclude<(typeof opNames)[number], Overloaded>>>,
    Methods<Pick<typeof inplace, (typeof inplaceNames)[number]>>,
    Methods<Pick<typeof random, (typeof randomNames)[number]>>,
    Methods<{ at: typeof at; backward: typeof backward }> {
  /**
   * The largest element of all; NaN if there is one. Gradient: to the largest, in equal parts if several are.
   *
   * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
   *
   * @returns A 0-d tensor.
   * @throws ShapeError if there are no elements.
   */
  max(): Tensor;
  /**
   * The largest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are largest.
   *
   * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
   *
   * @param dim - The dimension.
   * @param options - `keepdim`: keep the dimension with size 1 (default false).
   * @returns `values`, and `indices` along `dim` as int32; both without `dim`.
   * @throws ShapeError if there is no such dimension, or it has size 0.
   * @throws DTypeError if the tensor is bool.
   */
  max(dim: number, options?: ops.ReduceOptions): ops.ValuesAndIndices;
  /**
   * Elementwise the larger of two: {@link maximum}.
   *
   * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
   *
   * @param other - A shape that broadcasts.
   * @throws ShapeError if the shapes do not broadcast.
   */
  max(other: Tensor): Tensor;
  /**
   * The smallest element of all; NaN if there is one. Gradient: to the smallest, in equal parts if several are.
   *
   * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
   *
   * @returns A 0-d tensor.
   * @throws ShapeError if there are no elements.
   */
  min(): Tensor;
  /**
   * The smallest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are smallest.
   *
   * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
   *
   * @param dim - The dimension.
   * @param options - `keepdim`: keep the dimension with size 1 (default false).
   * @returns `values`, and `indices` along `dim` as int32; both without `dim`.
   * @throws ShapeError if there is no such dimension, or it has size 0.
   * @throws DTypeError if the tensor is bool.
   */
  min(dim: number, options?: ops.ReduceOptions): ops.ValuesAndIndices;
  /**
   * Elementwise the smaller of two: {@link minimum}.
   *
   * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
   *
   * @param other - A shape that broadcasts.
   * @throws ShapeError if the shapes do not broadcast.
   */
  min(other: Tensor): Tensor;
}

function define(name: string, f: (x: Tensor, ...rest: never) => unknown): void {
  const call = f as (...args: unknown[]) => unknown;
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]) {
      return call(this, ...rest);
    },
    writable: true,
    configurable: true,
  });
}

for (const name of opNames) define(name, ops[name]);
for (const name of inplaceNames) define(name, inplace[name]);
for (const name of randomNames) define(name, random[name]);
define("at", at);
define("backward", backward);
