import { DTypeError, ShapeError, Tensor, tensor, ValueError } from "@torchlet/tensor";
import { kindOf } from "@torchlet/tensor/checks";
import { checkIndex } from "./check-index.ts";
import type { Collated } from "./collate.ts";
import type { Dataset } from "./dataset.ts";

/** One row of each tensor. */
type Rows<T extends readonly Tensor[]> = { -readonly [K in keyof T]: Tensor };

/**
 * Samples that are the rows of tensors: sample `i` is `[a[i], b[i], ...]`.
 *
 * PyTorch: [`TensorDataset`](https://pytorch.org/docs/stable/data.html#torch.utils.data.TensorDataset).
 *
 * @example
 * ```ts
 * import { DataLoader, TensorDataset } from "@torchlet/nn";
 * import { arange } from "@torchlet/tensor";
 *
 * const x = arange(6).view(3, 2);
 * const dataset = new TensorDataset(x, arange(3));
 * dataset.get(1).map((row) => row.toArray()); // => [[2, 3], 1]
 * for (const [inputs, targets] of new DataLoader(dataset, { batchSize: 3 })) {
 *   inputs.shape; // => [3, 2]
 *   targets.shape; // => [3]
 * }
 * ```
 */
export class TensorDataset<T extends readonly Tensor[]> implements Dataset<Rows<T>> {
  /** The tensors. */
  readonly tensors: T;
  /** How many rows they have. */
  readonly length: number;

  /**
   * @param tensors - One or more, with the same size in the first dimension.
   * @throws ShapeError if their sizes differ, or one has no dimensions.
   * @throws ValueError if there is none.
   * @throws DTypeError if one is no tensor.
   */
  constructor(...tensors: T) {
    const [first] = tensors;
    if (first === undefined) throw new ValueError("TensorDataset", "needs at least one tensor");
    const wrong = tensors.findIndex((x: unknown) => !(x instanceof Tensor));
    if (wrong >= 0)
      throw new DTypeError(
        "TensorDataset",
        `needs tensors one by one, as in new TensorDataset(x, y), got ${kindOf(tensors[wrong])}`,
      );
    if (tensors.some((x) => x.ndim === 0 || x.shape[0] !== first.shape[0]))
      throw new ShapeError(
        "TensorDataset",
        `all tensors need the same number of rows, got shapes ${tensors.map((x) => `[${x.shape.join(", ")}]`).join(", ")}`,
      );
    this.tensors = tensors;
    this.length = first.shape[0]!;
  }

  /**
   * The rows with this number, as views.
   *
   * @throws IndexError if there is no such row.
   */
  get(index: number): Rows<T> {
    checkIndex("TensorDataset", index, this.length);
    return this.tensors.map((x) => x.select(0, index)) as Rows<T>;
  }

  /**
   * Many rows of each tensor, copied at once.
   *
   * @throws IndexError if one of them does not exist.
   */
  getBatch(indices: readonly number[]): Collated<Rows<T>> {
    const rows = tensor(indices, { dtype: "int32" });
    return this.tensors.map((x) => x.indexSelect(0, rows)) as Collated<Rows<T>>;
  }
}
