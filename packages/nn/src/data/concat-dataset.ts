import { ValueError } from "@torchlet/tensor";
import { checkIndex } from "./check-index.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Several datasets one after the other, as one.
 *
 * PyTorch: [`ConcatDataset`](https://pytorch.org/docs/stable/data.html#torch.utils.data.ConcatDataset).
 *
 * @template T - A sample.
 *
 * @example
 * ```ts
 * import { ConcatDataset, TensorDataset } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const both = new ConcatDataset([new TensorDataset(tensor([1, 2])), new TensorDataset(tensor([3, 4, 5]))]);
 * both.length; // => 5
 * both.get(2)[0].item(); // => 3
 * ```
 */
export class ConcatDataset<T> implements Dataset<T> {
  /** The datasets, in their order. */
  readonly datasets: readonly Dataset<T>[];
  /** How many samples all have together. */
  readonly length: number;
  /** Where each dataset ends. */
  readonly #ends: readonly number[];

  /**
   * @param datasets - One or more.
   * @throws ValueError if there is none.
   */
  constructor(datasets: readonly Dataset<T>[]) {
    if (datasets.length === 0) throw new ValueError("ConcatDataset", "needs at least one dataset");
    let end = 0;
    this.datasets = [...datasets];
    this.#ends = datasets.map(({ length }) => (end += length));
    this.length = end;
  }

  /**
   * The sample with this number, counted through all datasets.
   *
   * @throws IndexError if there is no such sample.
   */
  get(index: number): T {
    checkIndex("ConcatDataset", index, this.length);
    const which = this.#ends.findIndex((end) => index < end);
    return this.datasets[which]!.get(index - (this.#ends[which - 1] ?? 0));
  }
}
