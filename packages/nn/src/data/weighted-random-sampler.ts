import { defaultGenerator, requireOptions, Tensor, ValueError, type Generator } from "@torchlet/tensor";
import { log1p } from "@torchlet/tensor/math";
import { checkCount } from "../arguments/numbers.ts";
import type { DrawOptions, Sampler } from "./samplers.ts";

/** Options of {@link WeightedRandomSampler}. */
export interface WeightedRandomSamplerOptions extends DrawOptions {
  /** Whether a sample may be drawn again. Default: true. */
  replacement?: boolean;
}

/**
 * Draws samples with given probabilities, for instance to see rare classes as often as frequent ones.
 *
 * PyTorch: [`WeightedRandomSampler`](https://pytorch.org/docs/stable/data.html#torch.utils.data.WeightedRandomSampler).
 *
 * @example
 * ```ts
 * import { WeightedRandomSampler } from "@torchlet/nn";
 *
 * const sampler = new WeightedRandomSampler([0, 1, 0, 3], 1000);
 * new Set(sampler).has(0); // => false
 * ```
 */
export class WeightedRandomSampler implements Sampler {
  /** How many samples an epoch has. */
  readonly length: number;
  readonly #weights: readonly number[];
  readonly #options: WeightedRandomSamplerOptions;

  /**
   * @param weights - For each sample, how likely it is; they need not sum to 1.
   * @param numSamples - How many samples an epoch has.
   * @param options - See {@link WeightedRandomSamplerOptions}.
   * @throws ValueError if a weight is negative or not finite, all are 0, or without replacement there are fewer samples with a weight than
   * are to be drawn.
   */
  constructor(
    weights: Iterable<number> | Tensor,
    numSamples: number,
    options: WeightedRandomSamplerOptions = {},
  ) {
    const op = "WeightedRandomSampler";
    requireOptions(op, options, "replacement: false", ["replacement", "generator"]);
    checkCount(op, { numSamples });
    this.#weights = [...(weights instanceof Tensor ? weights.toTypedArray() : weights)];
    if (!this.#weights.every((w) => w >= 0 && w < Infinity))
      throw new ValueError(op, "weights must be finite and not negative");
    const possible = this.#weights.filter((w) => w > 0).length;
    if (possible === 0) throw new ValueError(op, "at least one weight must be above 0");
    if (options.replacement === false && numSamples > possible)
      throw new ValueError(
        op,
        `cannot draw ${numSamples} without replacement from ${possible} samples with a weight`,
      );
    this.length = numSamples;
    this.#options = options;
  }

  /** The samples of an epoch. */
  *[Symbol.iterator](): Iterator<number> {
    const { generator = defaultGenerator(), replacement = true } = this.#options;
    const draw = replacement ? drawWeighted : drawWeightedOnce;
    yield* draw(this.#weights, this.length, generator);
  }
}

/** Each draw picks the place on the cumulated weights where a uniform number falls. */
function* drawWeighted(weights: readonly number[], count: number, generator: Generator): Iterable<number> {
  let sum = 0;
  const cumulated = weights.map((w) => (sum += w));
  const shares = cumulated.map((w) => w / sum);
  const uniform = new Float64Array(count);
  generator.uniform(uniform);
  for (const u of uniform) yield firstAbove(shares, u);
}

/** The place of the first value above `x` in a rising list. */
function firstAbove(rising: readonly number[], x: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Exponential waiting times: who comes first when each sample arrives at the rate of its weight. */
function drawWeightedOnce(weights: readonly number[], count: number, generator: Generator): number[] {
  const uniform = new Float64Array(weights.length);
  generator.uniform(uniform);
  const times = weights.map((w, i) => -log1p(-uniform[i]!) / w);
  const order = times.map((_, i) => i).filter((i) => weights[i]! > 0);
  return order.sort((a, b) => times[a]! - times[b]!).slice(0, count);
}
