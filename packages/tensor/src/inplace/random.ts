/** Tensors overwritten with random numbers. */
import { ValueError } from "../errors.ts";
import { requireOptions } from "../options.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import { floatTensor, type FloatArray } from "../random/tensors.ts";
import type { Tensor } from "../tensor.ts";
import { checkWritable } from "./writable.ts";

type Draw = (generator: Generator, out: FloatArray) => void;

/** Overwrites a tensor with random numbers, drawn in row-major order whatever its strides are. */
function refill(op: string, x: Tensor, options: { generator?: Generator }, draw: Draw): Tensor {
  requireOptions(op, options, "generator: new Generator(1)", ["generator"]);
  checkWritable(op, x);
  const values = floatTensor(op, x.shape, x.dtype);
  draw(options.generator ?? defaultGenerator(), values.storage.data as FloatArray);
  return x.copy_(values);
}

/**
 * Fills `x` with numbers drawn evenly from [low, high).
 *
 * PyTorch: [`Tensor.uniform_`](https://pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html); a transposed tensor is filled row by row
 * here, there in the order of its memory.
 *
 * @param x - Any shape, floating point; a leaf that requires a gradient only under {@link noGrad}.
 * @param low - The smallest possible value. Default: 0.
 * @param high - The bound that is not reached. Default: 1.
 * @param options - `generator`.
 * @returns `x` itself.
 * @throws ValueError unless `low <= high`.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to.
 *
 * @example
 * ```ts
 * import { manualSeed, zeros } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * zeros(3).uniform_(-1, 1).toArray(); // => [-0.0075, 0.5364, -0.8230]
 * ```
 */
export function uniform_(x: Tensor, low = 0, high = 1, options: { generator?: Generator } = {}): Tensor {
  if (!(low <= high)) throw new ValueError("uniform_", `needs low <= high, got ${low} and ${high}`);
  return refill("uniform_", x, options, (generator, out) => generator.uniform(out, low, high));
}

/**
 * Fills `x` with numbers from the normal distribution.
 *
 * PyTorch: [`Tensor.normal_`](https://pytorch.org/docs/stable/generated/torch.Tensor.normal_.html); a transposed tensor is filled row by row
 * here, there in the order of its memory.
 *
 * @param x - Any shape, floating point; a leaf that requires a gradient only under {@link noGrad}.
 * @param mean - The mean. Default: 0.
 * @param std - The standard deviation. Default: 1.
 * @param options - `generator`.
 * @returns `x` itself.
 * @throws ValueError if `std` is negative.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to.
 *
 * @example
 * ```ts
 * import { manualSeed, zeros } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * zeros(3).normal_(10, 2).toArray(); // => [13.0820, 9.4131, 5.6424]
 * ```
 */
export function normal_(x: Tensor, mean = 0, std = 1, options: { generator?: Generator } = {}): Tensor {
  if (!(std >= 0)) throw new ValueError("normal_", `std must not be negative, got ${std}`);
  return refill("normal_", x, options, (generator, out) => generator.normal(out, mean, std));
}

/**
 * Fills `x` with 1 with probability `p`, else 0.
 *
 * PyTorch: [`Tensor.bernoulli_`](https://pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html); here `x` must be floating
 * point, and `p` a number.
 *
 * @param x - Any shape, floating point; a leaf that requires a gradient only under {@link noGrad}.
 * @param p - The probability of a 1. Default: 0.5.
 * @param options - `generator`.
 * @returns `x` itself.
 * @throws ValueError if `p` is not between 0 and 1.
 * @throws DTypeError if `x` is not floating point.
 * @throws AutogradError if `x` must not be written to.
 *
 * @example
 * ```ts
 * import { manualSeed, zeros } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * zeros(3).bernoulli_(1).toArray(); // => [1, 1, 1]
 * ```
 */
export function bernoulli_(x: Tensor, p = 0.5, options: { generator?: Generator } = {}): Tensor {
  if (!(p >= 0 && p <= 1)) throw new ValueError("bernoulli_", `p must lie between 0 and 1, got ${p}`);
  return refill("bernoulli_", x, options, (generator, out) => generator.bernoulli(out, p));
}
