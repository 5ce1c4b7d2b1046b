import { checkIndex } from "./check-index.ts";
import type { Collated } from "./collate.ts";
import { fetchBatch, type Dataset } from "./dataset.ts";

/**
 * Some samples of a dataset, in an order of your own.
 *
 * PyTorch: [`Subset`](https://pytorch.org/docs/stable/data.html#torch.utils.data.Subset).
 *
 * @template T - A sample.
 *
 * @example
 * ```ts
 * import { Subset, TensorDataset } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const dataset = new TensorDataset(tensor([10, 20, 30, 40]));
 * const subset = new Subset(dataset, [3, 1]);
 * subset.length; // => 2
 * subset.get(0)[0].item(); // => 40
 * ```
 */
export class Subset<T> implements Dataset<T> {
  /** Where the samples come from. */
  readonly dataset: Dataset<T>;
  /** Which samples of the dataset they are. */
  readonly indices: readonly number[];

  /**
   * @param dataset - Where the samples come from.
   * @param indices - Which samples, each as often as it stands there.
   * @throws IndexError if one does not exist.
   */
  constructor(dataset: Dataset<T>, indices: readonly number[]) {
    for (const index of indices) checkIndex("Subset", index, dataset.length);
    this.dataset = dataset;
    this.indices = indices;
  }

  /** How many samples there are. */
  get length(): number {
    return this.indices.length;
  }

  /**
   * The sample with this number within the subset.
   *
   * @throws IndexError if there is no such sample.
   */
  get(index: number): T {
    return this.dataset.get(this.#inDataset(index));
  }

  /** Many samples at once, as fast as the dataset can. */
  getBatch(indices: readonly number[]): Collated<T> {
    return fetchBatch(
      this.dataset,
      indices.map((index) => this.#inDataset(index)),
    );
  }

  #inDataset(index: number): number {
    checkIndex("Subset", index, this.length);
    return this.indices[index]!;
  }
}
