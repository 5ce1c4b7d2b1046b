/** Order: sorting, the largest few, what occurs how often. */
import { isFloatingPoint, type TypedArray } from "../dtype.ts";
import { DTypeError, ShapeError, ValueError } from "../errors.ts";
import { ones, tensor, zeros } from "../create.ts";
import { defineOp, hidden } from "../op.ts";
import { requireOptions } from "../options.ts";
import { format, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { requireTensor } from "./operands.ts";
import type { ValuesAndIndices } from "./reduce/define.ts";

/** The first `count` positions along `dim`. */
const argsortOp = defineOp<[x: Tensor], [dim: number, descending: boolean, count: number]>("argsort", {
  shape: (x, dim, _descending, count) => x.shape.map((size, d) => (d === dim ? count : size)),
  dtype: () => "int32",
  run: (k, out, x, dim, descending) => k.argsort(out, x, dim, descending),
  vjp: [null],
});

/** Options of {@link sort} and {@link argsort}. */
export interface SortOptions {
  /** The largest first. Default: false. */
  descending?: boolean;
}

/**
 * Where the elements stand that come first, second, ... in sorted order along `dim`, as int32; equal elements keep their order, NaN
 * counts as the largest.
 *
 * PyTorch: [`torch.argsort`](https://pytorch.org/docs/stable/generated/torch.argsort.html); here always stable.
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension. Default: the last.
 * @param options - `descending`.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([30, 10, 20]).argsort().toArray(); // => [1, 2, 0]
 * ```
 */
export function argsort(x: Tensor, dim = -1, options: SortOptions = {}): Tensor {
  return positions("argsort", x, dim, options);
}

function positions(op: string, x: Tensor, dim: number, options: SortOptions): Tensor {
  requireTensor(op, x);
  requireOptions(op, options, "descending: true", ["descending"]);
  const d = normalizeDim(op, dim, x.ndim);
  return argsortOp(x, d, options.descending ?? false, x.shape[d] ?? 1);
}

/**
 * The elements in sorted order along `dim`, and where each of them stood. Gradient: back to where the elements stood.
 *
 * PyTorch: [`torch.sort`](https://pytorch.org/docs/stable/generated/torch.sort.html); here always stable.
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension. Default: the last.
 * @param options - `descending`.
 * @returns `values` and `indices` (int32), both in the shape of `x`.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const { values, indices } = tensor([30, 10, 20]).sort(0, { descending: true });
 * values.toArray(); // => [30, 20, 10]
 * indices.toArray(); // => [0, 2, 1]
 * ```
 */
export function sort(x: Tensor, dim = -1, options: SortOptions = {}): ValuesAndIndices {
  const indices = positions("sort", x, dim, options);
  return { values: x.gather(dim, indices), indices };
}

/** Options of {@link topk}. */
export interface TopkOptions {
  /** The largest, or (false) the smallest. Default: true. */
  largest?: boolean;
}

/**
 * The `k` largest (or smallest) elements along `dim`, in order, and where they stand. Gradient: to the chosen elements.
 *
 * PyTorch: [`torch.topk`](https://pytorch.org/docs/stable/generated/torch.topk.html).
 *
 * @param x - Any shape, any dtype.
 * @param k - How many.
 * @param dim - The dimension. Default: the last.
 * @param options - `largest`.
 * @returns `values` and `indices` (int32), of size `k` along `dim`.
 * @throws ShapeError if there is no such dimension.
 * @throws ValueError if the dimension has fewer than `k` elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const { values, indices } = tensor([[3, 1, 2], [7, 9, 8]]).topk(2);
 * values.toArray(); // => [[3, 2], [9, 8]]
 * indices.toArray(); // => [[0, 2], [1, 2]]
 * ```
 */
export function topk(x: Tensor, k: number, dim = -1, options: TopkOptions = {}): ValuesAndIndices {
  requireTensor("topk", x);
  requireOptions("topk", options, "largest: false", ["largest"]);
  const d = normalizeDim("topk", dim, x.ndim);
  const size = x.shape[d] ?? 1;
  if (!Number.isInteger(k) || k < 0 || k > size)
    throw new ValueError("topk", `k must be between 0 and ${size}, the size of dimension ${dim}, got ${k}`);
  const indices = argsortOp(x, d, options.largest ?? true, k);
  return { values: x.gather(dim, indices), indices };
}

/**
 * The different elements, each once, in ascending order, as a vector. No gradient.
 *
 * PyTorch: [`torch.unique`](https://pytorch.org/docs/stable/generated/torch.unique.html) without its options.
 *
 * @param x - Any shape, any dtype.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[3, 1], [1, 2]]).unique().toArray(); // => [1, 2, 3]
 * ```
 */
export function unique(x: Tensor): Tensor {
  requireTensor("unique", x);
  const different = isFloatingPoint(x.dtype) ? null : tickOff(x.toTypedArray());
  if (different !== null) return tensor(different, { dtype: x.dtype });
  const sorted = hidden([x], () => x.detach().reshape(-1).sort().values).toTypedArray();
  return tensor(withoutRepeats(sorted), { dtype: x.dtype });
}

/** Sorted values, each once. */
function withoutRepeats(sorted: TypedArray): TypedArray {
  let count = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i]!;
  return sorted.subarray(0, count);
}

/** Which integers occur, in ascending order; null if they are too far apart to have a place each. */
function tickOff(values: TypedArray): Int32Array | null {
  if (values.length === 0) return new Int32Array(0);
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  if (!(most - least < 4 * values.length)) return null;
  const seen = new Uint8Array(most - least + 1);
  for (let i = 0; i < values.length; i++) seen[values[i]! - least] = 1;
  const different: number[] = [];
  seen.forEach((mark, i) => {
    if (mark === 1) different.push(least + i);
  });
  return Int32Array.from(different);
}

function asFloats(x: Tensor): Tensor {
  return isFloatingPoint(x.dtype) ? x : x.to("float64");
}

/** Options of {@link bincount}. */
export interface BincountOptions {
  /** What each element adds to its bin. Default: 1. */
  weights?: Tensor | null;
  /** At least so many bins. Default: 0. */
  minlength?: number;
}

/**
 * How often each of the integers 0, 1, 2, ... occurs; with `weights`, the sum of the weights where it occurs.
 *
 * PyTorch: [`torch.bincount`](https://pytorch.org/docs/stable/generated/torch.bincount.html).
 *
 * @param x - A vector of non-negative integers (int32).
 * @param options - `weights`, `minlength`.
 * @returns A vector with one element more than the largest number: int32; with weights their dtype, float64 for integers.
 * @throws DTypeError if `x` is not int32.
 * @throws ShapeError if `x` is no vector, or the weights have another shape.
 * @throws ValueError if a number is negative.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 3, 1], { dtype: "int32" }).bincount().toArray(); // => [0, 2, 0, 1]
 * ```
 */
export function bincount(x: Tensor, options: BincountOptions = {}): Tensor {
  requireTensor("bincount", x);
  requireOptions("bincount", options, "minlength: 10", ["weights", "minlength"]);
  const { weights = null, minlength = 0 } = options;
  if (x.dtype !== "int32")
    throw new DTypeError("bincount", `needs int32, got ${x.dtype}; convert with .to("int32")`);
  if (x.ndim !== 1) throw new ShapeError("bincount", `needs a vector, got shape ${format(x.shape)}`);
  if (weights !== null && (weights.ndim !== 1 || weights.numel !== x.numel))
    throw new ShapeError(
      "bincount",
      `weights ${format(weights.shape)} must have the shape of the numbers, ${format(x.shape)}`,
    );
  if (x.numel > 0 && x.min().item() < 0)
    throw new ValueError("bincount", `only counts numbers from 0 on, got ${x.min().item()}`);
  if (!Number.isInteger(minlength) || minlength < 0)
    throw new ValueError("bincount", `minlength must be an integer of at least 0, got ${minlength}`);
  const bins = Math.max(minlength, x.numel === 0 ? 0 : x.max().item() + 1);
  const amounts = weights === null ? ones([1], { dtype: "int32" }).expand(x.numel) : asFloats(weights);
  return zeros([bins], { dtype: amounts.dtype }).scatterAdd(0, x, amounts);
}
