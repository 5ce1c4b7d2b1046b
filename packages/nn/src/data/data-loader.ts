import { defaultGenerator, requireOptions, ValueError, type Generator } from "@torchlet/tensor";
import { checkCount } from "../arguments/numbers.ts";
import { BatchSampler } from "./batch-sampler.ts";
import { countBatches, inBatches } from "./batches.ts";
import { defaultCollate, type Collated } from "./collate.ts";
import { fetchBatch, type Dataset, type IterableDataset } from "./dataset.ts";
import { RandomSampler, SequentialSampler, type Sampler } from "./samplers.ts";

/** Lists of sample numbers, one list for each batch. */
export interface BatchOrder extends Iterable<readonly number[]> {
  /** How many batches an epoch has. */
  readonly length: number;
}

/** Options of {@link DataLoader}. */
export interface DataLoaderOptions<T, B> {
  /** How many samples a batch has. Default: 1. */
  batchSize?: number;
  /** Whether the samples come in a random order, another one in each epoch. Default: false. */
  shuffle?: boolean;
  /** An order of your own, instead of `shuffle`. */
  sampler?: Sampler;
  /** Batches of your own, instead of `batchSize`, `shuffle`, `sampler` and `dropLast`. */
  batchSampler?: BatchOrder;
  /** Whether to leave out a last batch that is not full. Default: false. */
  dropLast?: boolean;
  /** Makes a batch of samples. Default: {@link defaultCollate}. */
  collate?: (samples: T[]) => B;
  /** Where the random order comes from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator;
}

/**
 * Iterates over a dataset in batches; each `for` loop over it is an epoch.
 *
 * With engine `"torch"` the batches of an epoch are PyTorch's, and the generator is left where PyTorch leaves it.
 * PyTorch: [`torch.utils.data.DataLoader`](https://pytorch.org/docs/stable/data.html#torch.utils.data.DataLoader), where `collate` is
 * called `collate_fn`. There are no worker processes.
 *
 * @template T - A sample.
 * @template B - A batch.
 *
 * @example
 * ```ts
 * import { DataLoader, TensorDataset } from "@torchlet/nn";
 * import { Generator, randn, zeros } from "@torchlet/tensor";
 *
 * const dataset = new TensorDataset(randn(100, 784), zeros([100], { dtype: "int32" }));
 * const loader = new DataLoader(dataset, { batchSize: 64, shuffle: true, generator: new Generator(42) });
 * const sizes = [];
 * for (const [images, labels] of loader) sizes.push([...images.shape, ...labels.shape]);
 * sizes; // => [[64, 784, 64], [36, 784, 36]]
 * loader.length; // => 2
 * ```
 *
 * @example
 * A collate function of your own decides what a batch is.
 *
 * ```ts
 * import { DataLoader } from "@torchlet/nn";
 *
 * const words = ["tensor", "of", "words"];
 * const dataset = { length: 3, get: (i: number) => words[i]! };
 * const loader = new DataLoader(dataset, { batchSize: 2, collate: (batch) => batch.join(" ") });
 * [...loader]; // => ["tensor of", "words"]
 * ```
 */
export class DataLoader<T, B = Collated<T>> implements Iterable<B> {
  /** Where the samples come from. */
  readonly dataset: Dataset<T> | IterableDataset<T>;
  readonly #options: DataLoaderOptions<T, B>;
  /** The batches of a dataset whose samples have numbers; null for one that is iterated. */
  readonly #order: BatchOrder | null;

  /**
   * @param dataset - Where the samples come from.
   * @param options - See {@link DataLoaderOptions}.
   * @throws ValueError if options exclude one another, or `batchSize` is not an integer of at least 1.
   */
  constructor(dataset: Dataset<T> | IterableDataset<T>, options: DataLoaderOptions<T, B> = {}) {
    requireOptions("DataLoader", options, "batchSize: 32", [
      "batchSize",
      "shuffle",
      "sampler",
      "batchSampler",
      "dropLast",
      "collate",
      "generator",
    ]);
    checkOptions(dataset, options);
    this.dataset = dataset;
    this.#options = options;
    this.#order = isIndexed(dataset) ? orderOf(dataset, options) : null;
  }

  /**
   * How many batches an epoch has.
   *
   * @throws ValueError if the dataset is iterated and does not know its length.
   */
  get length(): number {
    if (this.#order !== null) return this.#order.length;
    if (this.dataset.length === undefined)
      throw new ValueError(
        "DataLoader",
        "the dataset is iterated and does not say its length, so the number of batches is unknown",
      );
    const { batchSize = 1, dropLast = false } = this.#options;
    return countBatches(this.dataset.length, batchSize, dropLast);
  }

  /** The batches of an epoch. */
  *[Symbol.iterator](): Iterator<B> {
    const { generator = defaultGenerator(), collate, batchSize = 1, dropLast = false } = this.#options;
    generator.drawSeed(); // PyTorch seeds its worker processes here; so does the rest of the stream stay the same
    const { dataset } = this;
    const toBatch = collate ?? ((samples: T[]) => defaultCollate(samples) as B);
    if (!isIndexed(dataset)) {
      for (const samples of inBatches(dataset, batchSize, dropLast)) yield toBatch(samples);
    } else {
      for (const indices of this.#order!)
        yield collate ? collate(indices.map((i) => dataset.get(i))) : (fetchBatch(dataset, indices) as B);
    }
  }
}

function isObject(x: unknown): boolean {
  return typeof x === "object" && x !== null;
}

function isIndexed<T>(dataset: Dataset<T> | IterableDataset<T>): dataset is Dataset<T> {
  return "get" in dataset;
}

function orderOf<T>(
  dataset: Dataset<T>,
  options: Omit<DataLoaderOptions<T, unknown>, "collate">,
): BatchOrder {
  const { batchSize = 1, dropLast = false, shuffle = false, sampler, batchSampler, generator } = options;
  if (batchSampler) return batchSampler;
  const inOrder = (): Sampler =>
    shuffle ? new RandomSampler(dataset, generator && { generator }) : new SequentialSampler(dataset);
  return new BatchSampler(sampler ?? inOrder(), { batchSize, dropLast });
}

function checkOptions<T, B>(
  dataset: Dataset<T> | IterableDataset<T>,
  options: DataLoaderOptions<T, B>,
): void {
  const { batchSize, shuffle, sampler, batchSampler, dropLast } = options;
  if (!isObject(dataset) || (!isIndexed(dataset) && !(Symbol.iterator in dataset)))
    throw new ValueError("DataLoader", "the dataset has neither get(index) nor an iterator");
  if (isIndexed(dataset) && !(Number.isInteger(dataset.length) && dataset.length >= 0))
    throw new ValueError(
      "DataLoader",
      `the dataset has get(index), but its length is ${String(dataset.length)}; it must say how many samples there are`,
    );
  if (batchSize !== undefined) checkCount("DataLoader", { batchSize });
  if (sampler && shuffle)
    throw new ValueError(
      "DataLoader",
      "sampler and shuffle exclude each other: the sampler decides the order",
    );
  if (batchSampler && (batchSize !== undefined || shuffle || sampler || dropLast))
    throw new ValueError(
      "DataLoader",
      "batchSampler excludes batchSize, shuffle, sampler and dropLast: it decides all of them",
    );
  if (!isIndexed(dataset) && (shuffle || sampler || batchSampler))
    throw new ValueError(
      "DataLoader",
      "an iterated dataset has its own order; shuffle, sampler and batchSampler need one with get(index)",
    );
}
