import { noGrad, randperm, requireOptions, type Tensor } from "@torchlet/tensor";
import { checkFraction } from "../arguments/numbers.ts";
import { matrix } from "./matrices.ts";
import { from, type InitOptions } from "./options.ts";

/** Options of {@link sparse_}. */
export interface SparseOptions extends InitOptions {
  /** The standard deviation of the elements that are not 0. Default: 0.01. */
  std?: number;
}

/**
 * A matrix of normally distributed numbers in which the given part of every column is 0 (Martens 2010). PyTorch: `nn.init.sparse_`.
 *
 * @param x - The tensor that is overwritten.
 * @param sparsity - The part of every column that is 0, rounded up to whole elements.
 * @param options - `std`, `generator`.
 * @throws ShapeError if `x` is no matrix.
 * @throws ValueError if `sparsity` is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.sparse_(zeros(4, 2), 0.5).eq(0).sum(0).toArray(); // => [2, 2]
 * ```
 */
export function sparse_(x: Tensor, sparsity: number, options: SparseOptions = {}): Tensor {
  requireOptions("sparse_", options, "std: 0.1", ["std", "generator"]);
  const [rows, columns] = matrix("sparse_", x);
  checkFraction("sparse_", { sparsity });
  return noGrad(() => {
    x.normal_(0, options.std ?? 0.01, from(options));
    for (let column = 0; column < columns; column++) {
      const zeroed = randperm(rows, from(options)).narrow(0, 0, Math.ceil(sparsity * rows));
      x.setAt_([zeroed, column], 0);
    }
    return x;
  });
}
