import { requireOptions } from "@torchlet/tensor";
import { checkCount } from "../arguments/numbers.ts";
import { countBatches, inBatches } from "./batches.ts";
import type { Sampler } from "./samplers.ts";

/** Options of {@link BatchSampler}. */
export interface BatchSamplerOptions {
  /** How many samples a batch has. */
  batchSize: number;
  /** Whether to leave out a last batch that is not full. Default: false. */
  dropLast?: boolean;
}

/**
 * Puts the samples of a sampler into batches.
 *
 * PyTorch: [`BatchSampler`](https://pytorch.org/docs/stable/data.html#torch.utils.data.BatchSampler).
 *
 * @example
 * ```ts
 * import { BatchSampler, SequentialSampler } from "@torchlet/nn";
 *
 * const sampler = new BatchSampler(new SequentialSampler({ length: 5 }), { batchSize: 2 });
 * [...sampler]; // => [[0, 1], [2, 3], [4]]
 * ```
 */
export class BatchSampler implements Iterable<number[]> {
  readonly #sampler: Sampler;
  readonly #batchSize: number;
  readonly #dropLast: boolean;

  /**
   * @param sampler - The order of the samples.
   * @param options - See {@link BatchSamplerOptions}.
   * @throws ValueError if `batchSize` is not an integer of at least 1.
   */
  constructor(sampler: Sampler, options: BatchSamplerOptions) {
    requireOptions("BatchSampler", options, "batchSize: 32", ["batchSize", "dropLast"]);
    checkCount("BatchSampler", { batchSize: options.batchSize });
    this.#sampler = sampler;
    this.#batchSize = options.batchSize;
    this.#dropLast = options.dropLast ?? false;
  }

  /** How many batches an epoch has. */
  get length(): number {
    return countBatches(this.#sampler.length, this.#batchSize, this.#dropLast);
  }

  /** The batches of an epoch. */
  [Symbol.iterator](): Iterator<number[]> {
    return inBatches(this.#sampler, this.#batchSize, this.#dropLast);
  }
}
