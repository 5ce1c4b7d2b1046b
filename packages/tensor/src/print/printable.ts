import type { DType } from "../dtype.ts";

/** What `formatTensor` needs to know of a tensor. */
export interface Printable {
  /** The size of each dimension; `[]` for a single number. */
  readonly shape: readonly number[];
  /** The type of the elements. */
  readonly dtype: DType;
  /** Whether gradients are wanted for it; printed for leaves. */
  readonly requiresGrad: boolean;
  /** The name of the op that made it, if a graph recorded one: `"mul"` is printed as `gradFn=<Mul>`. */
  readonly gradFnName: string | null;
  /** The element at a full index, for bools 0 or 1. The index is only lent for the call and changes afterwards. */
  valueAt(index: readonly number[]): number;
}
