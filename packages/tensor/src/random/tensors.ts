/** Tensors filled with random numbers. The streams themselves are in `random/`. */
import { checkDType, isFloatingPoint, type DType } from "../dtype.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { requireOptions } from "../options.ts";
import { checkShape, type Shape } from "../shape.ts";
import { finish, parseShape, type ShapeArguments, type TensorOptions } from "../tensor-options.ts";
import { Tensor } from "../tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";

/** Options of functions that draw random numbers. */
export interface RandomOptions extends TensorOptions {
  /** Where the numbers come from. Default: the generator that {@link manualSeed} seeds. */
  generator?: Generator;
}

/** The elements of a floating-point tensor. */
export type FloatArray = Float32Array | Float64Array;

/** A tensor of any values, to be filled. */
export function floatTensor(
  op: string,
  shape: Shape,
  dtype: DType = "float32",
): Tensor & { readonly data: FloatArray } {
  checkDType(op, dtype);
  if (!isFloatingPoint(dtype))
    throw new DTypeError(op, `draws floating-point numbers, got dtype ${dtype}; use randint for integers`);
  return Tensor.unset(shape, dtype) as Tensor & { readonly data: FloatArray };
}

const NAMES = ["dtype", "requiresGrad", "generator"];

/**
 * Numbers drawn evenly from [0, 1).
 *
 * PyTorch: [`torch.rand`](https://pytorch.org/docs/stable/generated/torch.rand.html); its numbers come out of the generator's engine
 * `"torch"`.
 *
 * @param args - The shape, `rand(2, 3)` or `rand([2, 3])`; after an array also options: `dtype` (float32 or float64; default
 * float32), `requiresGrad`, `generator` (default: the one that {@link manualSeed} seeds).
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `dtype` is not floating point.
 *
 * @example
 * ```ts
 * import { manualSeed, rand } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * rand(3).toArray(); // => [0.4963, 0.7682, 0.0885]
 * ```
 */
export function rand(...args: ShapeArguments<RandomOptions>): Tensor {
  const { shape, options } = parseShape("rand", args);
  const x = floatTensor("rand", shape, options?.dtype);
  (options?.generator ?? defaultGenerator()).uniform(x.storage.data as FloatArray, 0, 1);
  return finish("rand", x, options, NAMES);
}

/**
 * Numbers drawn from the standard normal distribution (mean 0, variance 1).
 *
 * PyTorch: [`torch.randn`](https://pytorch.org/docs/stable/generated/torch.randn.html); its numbers come out of the generator's
 * engine `"torch"`.
 *
 * @param args - The shape, `randn(2, 3)` or `randn([2, 3])`; after an array also options: `dtype` (float32 or float64; default
 * float32), `requiresGrad`, `generator` (default: the one that {@link manualSeed} seeds).
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `dtype` is not floating point.
 *
 * @example
 * ```ts
 * import { manualSeed, randn } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * randn(3).toArray(); // => [1.5410, -0.2934, -2.1788]
 * ```
 */
export function randn(...args: ShapeArguments<RandomOptions>): Tensor {
  const { shape, options } = parseShape("randn", args);
  const x = floatTensor("randn", shape, options?.dtype);
  (options?.generator ?? defaultGenerator()).normal(x.storage.data as FloatArray, 0, 1);
  return finish("randn", x, options, NAMES);
}

/**
 * Integers drawn evenly from `low` (inclusive) to `high` (exclusive), as int32 unless `dtype` says otherwise.
 *
 * PyTorch: [`torch.randint`](https://pytorch.org/docs/stable/generated/torch.randint.html); there, int64 is the default and `low` may
 * be left out.
 *
 * @param low - The smallest possible value.
 * @param high - One more than the largest.
 * @param shape - The shape.
 * @param options - `dtype`, `requiresGrad`, `generator`.
 * @throws ValueError if `low` and `high` are no integers with `low < high`, or int32 cannot hold them.
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { manualSeed, randint } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * randint(0, 10, [5]).toArray(); // => [4, 9, 3, 0, 3]
 * ```
 */
export function randint(low: number, high: number, shape: Shape, options: RandomOptions = {}): Tensor {
  checkShape("randint", shape);
  if (!Number.isInteger(low) || !Number.isInteger(high) || low >= high)
    throw new ValueError("randint", `needs integers low < high, got ${low} and ${high}`);
  const x = Tensor.allocate(shape, "int32");
  (options.generator ?? defaultGenerator()).integers(x.storage.data as Int32Array, low, high);
  return finish("randint", x.to(options.dtype ?? "int32"), options, NAMES);
}

/**
 * The integers from 0 to `n - 1` in random order, as int32 unless `dtype` says otherwise.
 *
 * PyTorch: [`torch.randperm`](https://pytorch.org/docs/stable/generated/torch.randperm.html); there, int64 is the default.
 *
 * @param n - How many.
 * @param options - `dtype`, `requiresGrad`, `generator`.
 * @returns A vector of `n` elements; every order is equally likely.
 * @throws ShapeError if `n` is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { manualSeed, randperm } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * randperm(5).toArray(); // => [4, 0, 1, 3, 2]
 * ```
 */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  checkShape("randperm", [n]);
  const x = Tensor.allocate([n], "int32");
  x.storage.data.set((options.generator ?? defaultGenerator()).permutation(n));
  return finish("randperm", x.to(options.dtype ?? "int32"), options, NAMES);
}

/**
 * {@link rand} in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.rand_like`](https://pytorch.org/docs/stable/generated/torch.rand_like.html).
 *
 * @param x - Only its shape and dtype count.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`, `generator`.
 * @throws DTypeError if the dtype is not floating point.
 *
 * @example
 * ```ts
 * import { randLike, zeros } from "@torchlet/tensor";
 *
 * const x = randLike(zeros([2, 3], { dtype: "float64" }));
 * [x.shape, x.dtype]; // => [[2, 3], "float64"]
 * ```
 */
export function randLike(x: Tensor, options: RandomOptions = {}): Tensor {
  return rand(x.shape, { dtype: x.dtype, ...options });
}

/**
 * {@link randn} in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.randn_like`](https://pytorch.org/docs/stable/generated/torch.randn_like.html).
 *
 * @param x - Only its shape and dtype count.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`, `generator`.
 * @throws DTypeError if the dtype is not floating point.
 *
 * @example
 * ```ts
 * import { randnLike, zeros } from "@torchlet/tensor";
 *
 * const x = randnLike(zeros([2, 3], { dtype: "float64" }));
 * [x.shape, x.dtype]; // => [[2, 3], "float64"]
 * ```
 */
export function randnLike(x: Tensor, options: RandomOptions = {}): Tensor {
  return randn(x.shape, { dtype: x.dtype, ...options });
}

/**
 * {@link randint} in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.randint_like`](https://pytorch.org/docs/stable/generated/torch.randint_like.html).
 *
 * @param x - Only its shape and dtype count.
 * @param low - The smallest possible value.
 * @param high - One more than the largest.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`, `generator`.
 * @throws ValueError if `low` and `high` are no integers with `low < high`, or int32 cannot hold them.
 *
 * @example
 * ```ts
 * import { randintLike, zeros } from "@torchlet/tensor";
 *
 * const x = randintLike(zeros(2, 3), 5, 6);
 * x.toArray(); // => [[5, 5, 5], [5, 5, 5]]
 * x.dtype; // => "float32"
 * ```
 */
export function randintLike(x: Tensor, low: number, high: number, options: RandomOptions = {}): Tensor {
  return randint(low, high, x.shape, { dtype: x.dtype, ...options });
}

/**
 * For each element 1 with that element's probability, else 0. No gradient.
 *
 * PyTorch: [`torch.bernoulli`](https://pytorch.org/docs/stable/generated/torch.bernoulli.html); there, the gradient is 0 instead of
 * missing.
 *
 * @param p - Probabilities, any shape, floating point.
 * @param options - `generator`.
 * @returns Zeros and ones in the shape and dtype of `p`.
 * @throws ValueError if a probability is not between 0 and 1.
 * @throws DTypeError if `p` is not floating point.
 *
 * @example
 * ```ts
 * import { bernoulli, manualSeed, tensor } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * bernoulli(tensor([0.5, 0.5, 0, 1])).toArray(); // => [1, 0, 0, 1]
 * ```
 */
export function bernoulli(p: Tensor, options: { generator?: Generator } = {}): Tensor {
  requireOptions("bernoulli", options, "generator: new Generator(1)", ["generator"]);
  const out = floatTensor("bernoulli", p.shape, p.dtype);
  const probabilities = p.toTypedArray() as FloatArray;
  if (probabilities.some((v) => !(v >= 0 && v <= 1)))
    throw new ValueError("bernoulli", "probabilities must lie between 0 and 1");
  (options.generator ?? defaultGenerator()).bernoulliEach(out.storage.data, probabilities);
  return out;
}
