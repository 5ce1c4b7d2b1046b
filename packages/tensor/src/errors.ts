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
  /** The operation that refused, as the user called it. */
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

/** Shapes do not fit together, or a dimension does not exist. */
export class ShapeError extends TorchletError {}

/** A dtype is unknown, does not fit the operation, or cannot hold the values. */
export class DTypeError extends TorchletError {}

/** An index lies outside the tensor. */
export class IndexError extends TorchletError {}

/** An argument has a value that makes no sense here. */
export class ValueError extends TorchletError {}

/** The rules of automatic differentiation were broken. */
export class AutogradError extends TorchletError {}
