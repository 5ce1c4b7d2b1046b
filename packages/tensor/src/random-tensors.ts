/** Tensors filled with random numbers. The streams themselves are in `random/`. */
import { checkDType, isFloatingPoint, type DType } from "./dtype.ts";
import { DTypeError, ValueError } from "./errors.ts";
import { finish, parseShape, type ShapeArguments, type TensorOptions } from "./create.ts";
import { checkWritable } from "./inplace.ts";
import { defaultGenerator, type Generator } from "./random/generator.ts";
import { checkShape, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** Options of functions that draw random numbers. */
export interface RandomOptions extends TensorOptions {
  /** Where the numbers come from. Default: the generator that {@link manualSeed} seeds. */
  generator?: Generator;
}

type FloatArray = Float32Array | Float64Array;

function floatTensor(
  op: string,
  shape: Shape,
  dtype: DType = "float32",
): Tensor & { readonly data: FloatArray } {
  checkDType(op, dtype);
  if (!isFloatingPoint(dtype))
    throw new DTypeError(op, `draws floating-point numbers, got dtype ${dtype}; use randint for integers`);
  return Tensor.allocate(shape, dtype) as Tensor & { readonly data: FloatArray };
}

/** Numbers drawn evenly from [0, 1). PyTorch: `torch.rand`. */
export function rand(...args: ShapeArguments<RandomOptions>): Tensor {
  const { shape, options } = parseShape("rand", args);
  const x = floatTensor("rand", shape, options?.dtype);
  (options?.generator ?? defaultGenerator()).uniform(x.data, 0, 1);
  return finish("rand", x, options);
}

/** Numbers drawn from the standard normal distribution. PyTorch: `torch.randn`. */
export function randn(...args: ShapeArguments<RandomOptions>): Tensor {
  const { shape, options } = parseShape("randn", args);
  const x = floatTensor("randn", shape, options?.dtype);
  (options?.generator ?? defaultGenerator()).normal(x.data, 0, 1);
  return finish("randn", x, options);
}

/** Integers drawn evenly from `low` (inclusive) to `high` (exclusive), as int32 unless `dtype` says otherwise. PyTorch: `torch.randint`. */
export function randint(low: number, high: number, shape: Shape, options: RandomOptions = {}): Tensor {
  checkShape("randint", shape);
  if (!Number.isInteger(low) || !Number.isInteger(high) || low >= high)
    throw new ValueError("randint", `needs integers low < high, got ${low} and ${high}`);
  const x = Tensor.allocate(shape, "int32");
  (options.generator ?? defaultGenerator()).integers(x.storage.data as Int32Array, low, high);
  return finish("randint", x.to(options.dtype ?? "int32"), options);
}

/** The integers from 0 to `n - 1` in random order, as int32 unless `dtype` says otherwise. PyTorch: `torch.randperm`. */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  checkShape("randperm", [n]);
  const x = Tensor.allocate([n], "int32");
  x.storage.data.set((options.generator ?? defaultGenerator()).permutation(n));
  return finish("randperm", x.to(options.dtype ?? "int32"), options);
}

/** {@link rand} in the shape and dtype of `x`. PyTorch: `torch.rand_like`. */
export function randLike(x: Tensor, options: RandomOptions = {}): Tensor {
  return rand(x.shape, { dtype: x.dtype, ...options });
}

/** {@link randn} in the shape and dtype of `x`. PyTorch: `torch.randn_like`. */
export function randnLike(x: Tensor, options: RandomOptions = {}): Tensor {
  return randn(x.shape, { dtype: x.dtype, ...options });
}

/** {@link randint} in the shape and dtype of `x`. PyTorch: `torch.randint_like`. */
export function randintLike(x: Tensor, low: number, high: number, options: RandomOptions = {}): Tensor {
  return randint(low, high, x.shape, { dtype: x.dtype, ...options });
}

/** For each element 1 with that element's probability, else 0. No gradient. PyTorch: `torch.bernoulli`. */
export function bernoulli(p: Tensor, options: { generator?: Generator } = {}): Tensor {
  const out = floatTensor("bernoulli", p.shape, p.dtype);
  const probabilities = p.toTypedArray() as FloatArray;
  if (probabilities.some((v) => !(v >= 0 && v <= 1)))
    throw new ValueError("bernoulli", "probabilities must lie between 0 and 1");
  (options.generator ?? defaultGenerator()).bernoulliEach(out.data, probabilities);
  return out;
}

type Draw = (generator: Generator, out: FloatArray) => void;

/** Overwrites a tensor with random numbers, drawn in row-major order whatever its strides are. */
function refill(op: string, x: Tensor, generator: Generator | undefined, draw: Draw): Tensor {
  checkWritable(op, x);
  const values = floatTensor(op, x.shape, x.dtype);
  draw(generator ?? defaultGenerator(), values.data);
  return x.copy_(values);
}

/** Fills `x` with numbers drawn evenly from [low, high). */
export function uniform_(x: Tensor, low = 0, high = 1, options: { generator?: Generator } = {}): Tensor {
  if (!(low <= high)) throw new ValueError("uniform_", `needs low <= high, got ${low} and ${high}`);
  return refill("uniform_", x, options.generator, (generator, out) => generator.uniform(out, low, high));
}

/** Fills `x` with numbers from the normal distribution. */
export function normal_(x: Tensor, mean = 0, std = 1, options: { generator?: Generator } = {}): Tensor {
  if (!(std >= 0)) throw new ValueError("normal_", `std must not be negative, got ${std}`);
  return refill("normal_", x, options.generator, (generator, out) => generator.normal(out, mean, std));
}

/** Fills `x` with 1 with probability `p`, else 0. */
export function bernoulli_(x: Tensor, p = 0.5, options: { generator?: Generator } = {}): Tensor {
  if (!(p >= 0 && p <= 1)) throw new ValueError("bernoulli_", `p must lie between 0 and 1, got ${p}`);
  return refill("bernoulli_", x, options.generator, (generator, out) => generator.bernoulli(out, p));
}
