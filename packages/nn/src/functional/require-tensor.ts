import { DTypeError, Tensor } from "@torchlet/tensor";

/** Throws unless `x` is a tensor: in plain JavaScript, and where types are only stripped, nobody else notices. */
export function requireTensor(op: string, what: string, x: unknown): void {
  if (x instanceof Tensor) return;
  const kind = Array.isArray(x) ? "an array" : String(x);
  throw new DTypeError(op, `${what} must be a tensor, got ${kind}; make one with tensor(...)`);
}

/** Throws unless a loss was given tensors. */
export function requireTensors(op: string, input: unknown, target: unknown): void {
  requireTensor(op, "the input", input);
  requireTensor(op, "the target", target);
}

/** Throws unless `x`, which counts or names something, is int32; says how it is made so, since `tensor([0, 1])` is float32. */
export function requireInt32(op: string, what: string, x: Tensor): void {
  if (x.dtype !== "int32")
    throw new DTypeError(
      op,
      `${what} must be int32, got ${x.dtype}; make them with tensor([...], { dtype: "int32" }), or convert them with .to("int32")`,
    );
}
