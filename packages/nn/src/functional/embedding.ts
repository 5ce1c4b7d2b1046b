import { IndexError, requireOptions, ShapeError, where, zeros, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import { hidden } from "@torchlet/tensor/fused";
import { requireInt32, requireTensor } from "../arguments/tensors.ts";

/** Throws unless all indices are int32 and lie in 0 ... `size - 1`. */
function checkIndices(op: string, indices: Tensor, size: number): void {
  requireInt32(op, "indices", indices);
  const outside = indices.toTypedArray().find((i) => i < 0 || i >= size);
  if (outside !== undefined) throw new IndexError(op, `index ${outside} is out of range for ${size} entries`);
}

/** Options of {@link embedding}. */
export interface EmbeddingOptions {
  /** An index whose row gets no gradient; negative counts from the end. Default: none. */
  paddingIdx?: number | null;
}

/**
 * Looks up rows of a table. Gradient: added up in the rows that were looked up.
 *
 * PyTorch: [`F.embedding`](https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html).
 *
 * @param indices - Which rows, int32, any shape.
 * @param weight - The table, shape [rows, columns].
 * @param options - `paddingIdx`.
 * @returns Shape [...indices.shape, columns].
 * @throws ShapeError if `weight` is no matrix.
 * @throws DTypeError if the indices are not int32.
 * @throws IndexError if there is no such row.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const table = tensor([[1, 2], [3, 4], [5, 6]]);
 * F.embedding(tensor([2, 0], { dtype: "int32" }), table).toArray(); // => [[5, 6], [1, 2]]
 * ```
 */
export function embedding(indices: Tensor, weight: Tensor, options: EmbeddingOptions = {}): Tensor {
  requireOptions("embedding", options, "paddingIdx: 0", ["paddingIdx"]);
  requireTensor("embedding", "the indices", indices);
  requireTensor("embedding", "the table", weight);
  if (weight.ndim !== 2)
    throw new ShapeError("embedding", `the table must be [rows, columns], got ${format(weight.shape)}`);
  const [rows, columns] = weight.shape as [number, number];
  checkIndices("embedding", indices, rows);
  const found = hidden([indices, weight], () =>
    weight.indexSelect(0, indices.reshape(-1)).reshape([...indices.shape, columns]),
  );
  const padding = paddingRow("embedding", options.paddingIdx ?? null, rows);
  return padding === null ? found : where(indices.eq(padding).unsqueeze(-1), found.detach(), found);
}

/** A padding index counted from the start, checked. */
export function paddingRow(op: string, paddingIdx: number | null, rows: number): number | null {
  if (paddingIdx === null) return null;
  if (!Number.isInteger(paddingIdx) || paddingIdx < -rows || paddingIdx >= rows)
    throw new IndexError(op, `paddingIdx ${paddingIdx} is out of range for ${rows} rows`);
  return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
}

/**
 * For every index a vector with 1 at its place and 0 elsewhere, as int32. No gradient.
 *
 * PyTorch: [`F.one_hot`](https://pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html), as int64 there.
 *
 * @param indices - int32, any shape.
 * @param numClasses - The length of the vectors. Default: -1, one more than the largest index.
 * @returns Shape [...indices.shape, numClasses].
 * @throws DTypeError if the indices are not int32.
 * @throws IndexError if an index is negative or not below `numClasses`.
 * @throws ShapeError if there are no indices to take the number of classes from.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.oneHot(tensor([2, 0], { dtype: "int32" })).toArray(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function oneHot(indices: Tensor, numClasses = -1): Tensor {
  requireTensor("oneHot", "the indices", indices);
  if (numClasses === -1 && indices.numel === 0)
    throw new ShapeError("oneHot", "without indices the number of classes must be given");
  const classes = numClasses === -1 ? indices.max().item() + 1 : numClasses;
  checkIndices("oneHot", indices, classes);
  return zeros([...indices.shape, classes], { dtype: "int32" }).scatter_(-1, indices.unsqueeze(-1), 1);
}
