import { defaultGenerator, Generator, requireOptions, ValueError } from "@torchlet/tensor";
import { checkCount } from "../arguments/numbers.ts";

/**
 * An order in which to visit samples; each iteration is an epoch.
 *
 * PyTorch: [`Sampler`](https://pytorch.org/docs/stable/data.html#torch.utils.data.Sampler).
 */
export interface Sampler extends Iterable<number> {
  /** How many samples an epoch has. */
  readonly length: number;
}

/** What a sampler needs to know of a dataset. */
export interface SampleSource {
  /** How many samples there are. */
  readonly length: number;
}

/**
 * Visits samples in their order. PyTorch: [`SequentialSampler`](https://pytorch.org/docs/stable/data.html#torch.utils.data.SequentialSampler).
 *
 * @example
 * ```ts
 * import { SequentialSampler } from "@torchlet/nn";
 *
 * [...new SequentialSampler({ length: 4 })]; // => [0, 1, 2, 3]
 * ```
 */
export class SequentialSampler implements Sampler {
  readonly #source: SampleSource;

  /** @param source - Whose samples are visited. */
  constructor(source: SampleSource) {
    this.#source = source;
  }

  /** How many samples an epoch has. */
  get length(): number {
    return this.#source.length;
  }

  /** The samples of an epoch. */
  *[Symbol.iterator](): Iterator<number> {
    for (let i = 0; i < this.length; i++) yield i;
  }
}

/** Where random numbers come from. */
export interface DrawOptions {
  /** The stream to draw from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator;
}

/** Options of {@link RandomSampler}. */
export interface RandomSamplerOptions {
  /** Whether a sample may be drawn again before all others have been. Default: false. */
  replacement?: boolean;
  /** How many samples an epoch has. Default: all. */
  numSamples?: number;
  /** Where the random order comes from. Default: a generator seeded in each epoch from the default one. */
  generator?: Generator;
}

/**
 * Visits samples in random order, another one in each epoch.
 *
 * PyTorch: [`RandomSampler`](https://pytorch.org/docs/stable/data.html#torch.utils.data.RandomSampler); with engine `"torch"` the order is
 * PyTorch's.
 *
 * @example
 * ```ts
 * import { RandomSampler } from "@torchlet/nn";
 * import { manualSeed } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * const sampler = new RandomSampler({ length: 6 });
 * [...sampler]; // => [0, 1, 2, 3, 5, 4]
 * [...sampler]; // => [0, 4, 3, 5, 2, 1]
 * manualSeed(0, { engine: "seedrandom" });
 * ```
 */
export class RandomSampler implements Sampler {
  readonly #source: SampleSource;
  readonly #options: RandomSamplerOptions;

  /**
   * @param source - Whose samples are visited.
   * @param options - See {@link RandomSamplerOptions}.
   * @throws ValueError if `numSamples` is not a positive integer, or there is nothing to draw from.
   */
  constructor(source: SampleSource, options: RandomSamplerOptions = {}) {
    requireOptions("RandomSampler", options, "numSamples: 100", ["replacement", "numSamples", "generator"]);
    this.#source = source;
    this.#options = options;
    if (source.length === 0) throw new ValueError("RandomSampler", "there are no samples to draw from");
    checkCount("RandomSampler", { numSamples: this.length });
  }

  /** How many samples an epoch has. */
  get length(): number {
    return this.#options.numSamples ?? this.#source.length;
  }

  /** The samples of an epoch. */
  *[Symbol.iterator](): Iterator<number> {
    const generator = this.#options.generator ?? seededFromDefault();
    const n = this.#source.length;
    if (this.#options.replacement) yield* drawWithReplacement(generator, n, this.length);
    else {
      // The last order is drawn even if none of it is used, as PyTorch does: the next epoch's order depends on it.
      for (let left = this.length; left >= 0; left -= n) yield* generator.permutation(n).subarray(0, left);
    }
  }
}

function* drawWithReplacement(generator: Generator, n: number, count: number): Iterable<number> {
  for (let left = count; left > 0; left -= 32) {
    const drawn = new Int32Array(Math.min(left, 32));
    generator.integers(drawn, 0, n);
    yield* drawn;
  }
}

function seededFromDefault(): Generator {
  const source = defaultGenerator();
  return new Generator(source.drawSeed(), { engine: source.engine });
}

/**
 * Visits some samples in random order.
 *
 * PyTorch: [`SubsetRandomSampler`](https://pytorch.org/docs/stable/data.html#torch.utils.data.SubsetRandomSampler).
 *
 * @example
 * ```ts
 * import { SubsetRandomSampler } from "@torchlet/nn";
 * import { Generator } from "@torchlet/tensor";
 *
 * const generator = new Generator(0, { engine: "torch" });
 * [...new SubsetRandomSampler([10, 20, 30, 40], { generator })]; // => [10, 20, 40, 30]
 * ```
 */
export class SubsetRandomSampler implements Sampler {
  readonly #indices: readonly number[];
  readonly #generator: Generator | undefined;

  /**
   * @param indices - Which samples.
   * @param options - See {@link DrawOptions}.
   */
  constructor(indices: readonly number[], options: DrawOptions = {}) {
    requireOptions("SubsetRandomSampler", options, "generator", ["generator"]);
    this.#indices = indices;
    this.#generator = options.generator;
  }

  /** How many samples an epoch has. */
  get length(): number {
    return this.#indices.length;
  }

  /** The samples of an epoch. */
  *[Symbol.iterator](): Iterator<number> {
    const generator = this.#generator ?? defaultGenerator();
    for (const i of generator.permutation(this.length)) yield this.#indices[i]!;
  }
}
