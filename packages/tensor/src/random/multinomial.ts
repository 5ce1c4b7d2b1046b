/** Categories drawn by their probabilities. */
import { requireFloatingPoint, type TypedArray } from "../dtype.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { log } from "../math/index.ts";
import { requireTensor } from "../ops/operands.ts";
import { topk } from "../ops/sorting.ts";
import { requireOptions } from "../options.ts";
import { format } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { defaultGenerator, type Generator } from "./generator.ts";

/** Options of {@link multinomial}. */
export interface MultinomialOptions {
  /** Whether a category may be drawn again. Default: false. */
  replacement?: boolean;
  /** Where the random numbers come from. Default: the generator that {@link manualSeed} seeds. */
  generator?: Generator;
}

/**
 * Draws categories, each with a probability in proportion to its weight. No gradient.
 *
 * PyTorch: [`torch.multinomial`](https://pytorch.org/docs/stable/generated/torch.multinomial.html); with engine `"torch"` the categories
 * are those of PyTorch on the CPU where it is built without MKL.
 *
 * @param weights - Shape [C], or [N, C] for N draws at once; floating point, not negative, and need not add up to 1.
 * @param numSamples - How many categories are drawn from each row.
 * @param options - `replacement`, `generator`.
 * @returns int32, shape [numSamples] or [N, numSamples].
 * @throws ShapeError if `weights` has neither 1 nor 2 dimensions.
 * @throws DTypeError if `weights` is not floating point.
 * @throws ValueError if a weight is negative or not finite, all of a row are 0, `numSamples` is not a positive integer, or, without
 * replacement, fewer categories than that have a weight above 0.
 *
 * @example
 * ```ts
 * import { manualSeed, multinomial, tensor } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * multinomial(tensor([0, 10, 3, 0]), 2).toArray(); // => [1, 2]
 * multinomial(tensor([0, 1, 0]), 3, { replacement: true }).toArray(); // => [1, 1, 1]
 * ```
 */
export function multinomial(weights: Tensor, numSamples: number, options: MultinomialOptions = {}): Tensor {
  const op = "multinomial";
  requireTensor(op, weights, "the weights");
  requireOptions(op, options, "replacement: true", ["replacement", "generator"]);
  requireFloatingPoint(op, weights.dtype);
  if (weights.ndim !== 1 && weights.ndim !== 2)
    throw new ShapeError(op, `the weights must be [C] or [N, C], got ${format(weights.shape)}`);
  if (!Number.isInteger(numSamples) || numSamples < 1)
    throw new ValueError(op, `numSamples must be a positive integer, got ${numSamples}`);
  const { replacement = false, generator = defaultGenerator() } = options;
  const values = weights.toTypedArray();
  checkWeights(values, weights.shape.at(-1)!, replacement ? 1 : numSamples);
  return replacement
    ? drawAgain(weights, values, numSamples, generator)
    : topk(race(weights, values, generator), numSamples).indices;
}

/** Throws unless all weights make sense, and `needed` of each row are above 0. */
function checkWeights(values: TypedArray, categories: number, needed: number): void {
  const wrong = values.find((v) => !(v >= 0 && v < Infinity));
  if (wrong !== undefined)
    throw new ValueError("multinomial", `weights must be finite and not negative, got ${wrong}`);
  if (categories === 0) throw new ValueError("multinomial", "there are no categories");
  for (let start = 0; start < values.length; start += categories) {
    const possible = values.subarray(start, start + categories).filter((v) => v > 0).length;
    if (possible < needed)
      throw new ValueError(
        "multinomial",
        `needs ${needed} weight(s) above 0 in each row, one has ${possible}`,
      );
  }
}

/**
 * Weights divided by exponentially distributed numbers: the largest is each one's with a probability in proportion to its weight, and so
 * is the second largest among the others. (Times until something happens at that rate: who is first?)
 */
function race(weights: Tensor, values: TypedArray, generator: Generator): Tensor {
  const random = new Float64Array(values.length);
  generator.uniform(random);
  const scores = Tensor.unset(weights.shape, weights.dtype);
  const time = Tensor.unset([1], weights.dtype).storage.data; // rounds to the dtype
  values.forEach((weight, i) => {
    time[0] = -log(1 - random[i]!);
    scores.storage.data[i] = weight > 0 ? weight / time[0] : -1;
  });
  return scores;
}

/** Looks up random numbers between 0 and 1 in the running sums of the weights. */
function drawAgain(weights: Tensor, values: TypedArray, numSamples: number, generator: Generator): Tensor {
  const categories = weights.shape.at(-1)!;
  const drawn = Tensor.unset([...weights.shape.slice(0, -1), numSamples], "int32");
  const sums = Tensor.unset([categories], weights.dtype).storage.data;
  const random = new Float64Array(numSamples);
  for (let row = 0; row * categories < values.length; row++) {
    sums.set(values.subarray(row * categories, (row + 1) * categories));
    for (let i = 1; i < categories; i++) sums[i]! += sums[i - 1]!;
    const total = sums[categories - 1]!;
    for (let i = 0; i < categories; i++) sums[i]! /= total;
    generator.uniform(random);
    random.forEach((u, k) => (drawn.storage.data[row * numSamples + k] = firstAbove(sums, u)));
  }
  return drawn;
}

/** The first of ascending numbers that is larger than `u`. */
function firstAbove(ascending: TypedArray, u: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
