import { defaultCollate, type Collated } from "./collate.ts";

/**
 * Samples that can be fetched by number: anything with a `length` and a `get`.
 *
 * PyTorch: [`torch.utils.data.Dataset`](https://pytorch.org/docs/stable/data.html#torch.utils.data.Dataset), with `length` for `__len__`
 * and `get` for `__getitem__`.
 *
 * @template T - A sample, for instance `[image: Tensor, label: Tensor]`.
 *
 * @example
 * ```ts
 * import { DataLoader, type Dataset } from "@torchlet/nn";
 *
 * const squares: Dataset<{ x: number; y: number }> = { length: 4, get: (i) => ({ x: i, y: i * i }) };
 * const [batch] = [...new DataLoader(squares, { batchSize: 4 })];
 * batch?.y.toArray(); // => [0, 1, 4, 9]
 * ```
 */
export interface Dataset<T> {
  /** How many samples there are. */
  readonly length: number;
  /** The sample with this number, from 0 to `length - 1`. */
  get(index: number): T;
  /**
   * Many samples at once, collated as {@link defaultCollate} does. Optional: where it is faster than one by one. A loader with a `collate`
   * of its own does not call it.
   */
  getBatch?(indices: readonly number[]): Collated<T>;
}

/**
 * Samples that come one after the other, such as lines of a file; a new iteration should start again.
 *
 * PyTorch: [`torch.utils.data.IterableDataset`](https://pytorch.org/docs/stable/data.html#torch.utils.data.IterableDataset).
 *
 * @template T - A sample.
 *
 * @example
 * ```ts
 * import { DataLoader, type IterableDataset } from "@torchlet/nn";
 *
 * const countdown: IterableDataset<number> = {
 *   *[Symbol.iterator]() {
 *     for (let i = 5; i > 0; i--) yield i;
 *   },
 * };
 * [...new DataLoader(countdown, { batchSize: 2 })].map((x) => x.toArray()); // => [[5, 4], [3, 2], [1]]
 * ```
 */
export interface IterableDataset<T> extends Iterable<T> {
  /** How many samples there are, if that is known. */
  readonly length?: number;
}

/** Many samples as one batch, in the fastest way that the dataset has. */
export function fetchBatch<T>(dataset: Dataset<T>, indices: readonly number[]): Collated<T> {
  return dataset.getBatch?.(indices) ?? defaultCollate(indices.map((i) => dataset.get(i)));
}
