import { DTypeError, Tensor, ValueError } from "@torchlet/tensor";
import { isPlain, kindOf } from "@torchlet/tensor/checks";
import { isIterable } from "./lists.ts";

/** Throws unless `x` is a tensor: in plain JavaScript, and where types are only stripped, nobody else notices. */
export function requireTensor(op: string, what: string, x: unknown): void {
  if (x instanceof Tensor) return;
  throw new DTypeError(op, `${what} must be a tensor, got ${kindOf(x)}; make one with tensor(...)`);
}

/** Throws unless `tensors` are in a plain object, by name: nothing else would list them. */
export function requireRecord(op: string, tensors: unknown): void {
  if (!isPlain(tensors))
    throw new ValueError(
      op,
      `needs an object of tensors by name, as stateDict() gives it, got ${kindOf(tensors)}`,
    );
}

/** The tensors of a list, or the only one; throws unless there are only tensors. */
export function requireTensorList(op: string, tensors: unknown): Tensor[] {
  if (tensors instanceof Tensor) return [tensors];
  if (!isIterable(tensors))
    throw new DTypeError(op, `needs tensors, as model.parameters() gives them, got ${kindOf(tensors)}`);
  const list = [...tensors];
  list.forEach((x, i) => requireTensor(op, `parameter ${i}`, x));
  return list as Tensor[];
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
