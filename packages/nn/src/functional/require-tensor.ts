import { DTypeError, Tensor } from "@torchlet/tensor";

/** Throws unless `x` is a tensor: in plain JavaScript, and where types are only stripped, nobody else notices. */
export function requireTensor(op: string, what: string, x: unknown): void {
  if (x instanceof Tensor) return;
  const kind = Array.isArray(x) ? "an array" : String(x);
  throw new DTypeError(op, `${what} must be a tensor, got ${kind}; make one with tensor(...)`);
}
