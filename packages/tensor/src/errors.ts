/**
 * What every error of torchlet has in common: the operation that refused, and a message that starts with it.
 *
 * Catch it to tell torchlet's own complaints from everything else; its subclasses say what kind of complaint it is.
 *
 * @example
 * ```ts
 * import { ones, TorchletError } from "@torchlet/tensor";
 *
 * let message = "";
 * try {
 *   ones(2, 3).matmul(ones(2, 3));
 * } catch (error) {
 *   if (error instanceof TorchletError) message = error.op;
 * }
 * message; // => "matmul"
 * ```
 */
export class TorchletError extends Error {
  /** The operation that refused, by the name that was called; a change in place such as `relu_` may be refused by `relu`. */
  readonly op: string;

  /**
   * @param op - The operation that refused.
   * @param message - What was wrong, what was seen, and what to write instead.
   */
  constructor(op: string, message: string) {
    super(`[${op}] ${message}`);
    this.op = op;
    this.name = new.target.name;
  }
}

/**
 * Shapes do not fit together, or a dimension does not exist.
 *
 * PyTorch: `RuntimeError`, or `IndexError` for a dimension.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 3).add(zeros(4)); // throws ShapeError: shapes [2, 3] and [4] do not broadcast
 * zeros(2, 3).sum(2); // throws ShapeError: dim 2 does not exist
 * ```
 */
export class ShapeError extends TorchletError {}

/**
 * A dtype is unknown, does not fit the operation, or cannot hold the values.
 *
 * PyTorch: `RuntimeError` or `TypeError`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2], { dtype: "int32" }).mean(); // throws DTypeError: needs a floating-point tensor, got int32
 * ```
 */
export class DTypeError extends TorchletError {}

/**
 * An index lies outside the tensor.
 *
 * PyTorch: `IndexError`, or `RuntimeError` for an index tensor.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(3).at(5); // throws IndexError: index 5 is out of range for dimension 0 of size 3
 * ```
 */
export class IndexError extends TorchletError {}

/**
 * An argument has a value that makes no sense here.
 *
 * PyTorch: `RuntimeError` or `ValueError`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 3).item(); // throws ValueError: needs exactly one element
 * ```
 */
export class ValueError extends TorchletError {}

/**
 * The rules of automatic differentiation were broken.
 *
 * Backward ran twice through one graph, a value that backward needs was overwritten, a leaf was changed while recorded, or there is
 * nothing to differentiate. PyTorch: `RuntimeError`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, 2], { requiresGrad: true });
 * w.add_(1); // throws AutogradError: a leaf that requires a gradient cannot be changed in place
 * const y = w.square().sum();
 * y.backward();
 * y.backward(); // throws AutogradError: already used by an earlier backward
 * ```
 */
export class AutogradError extends TorchletError {}
