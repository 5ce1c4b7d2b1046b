import { dtypeOfScalar, elementOf, isFloatingPoint, promoteTypes, resultType, type DType } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import { repeatedLayout } from "../layout.ts";
import { kindOf } from "../options.ts";
import { broadcastShapes, type Shape } from "../shape.ts";
import { Storage } from "../storage/storage.ts";
import { Tensor } from "../tensor.ts";
import { expandFor } from "./broadcast.ts";
import { to } from "./convert.ts";

/** What elementwise operations accept on either side: a tensor, or a plain value that adapts to the tensor's dtype. */
export type Operandlike = Tensor | number | boolean;

/** Throws unless an argument that must be a tensor is one; TypeScript says so too, but JavaScript and `any` do not. */
export function requireTensor(op: string, x: unknown, which = "the first argument"): void {
  if (!(x instanceof Tensor))
    throw new DTypeError(op, `${which} must be a tensor, got ${kindOf(x)}; write tensor(...)`);
}

/** Throws unless both operands are tensors. */
export function requireTensors(op: string, a: unknown, b: unknown): void {
  requireTensor(op, a);
  requireTensor(op, b, "the second argument");
}

/**
 * The dtype in which operands meet, by PyTorch's promotion rules. Plain numbers among themselves stay what JavaScript has: doubles,
 * unless they are integers.
 */
export function commonDType(xs: readonly Operandlike[]): DType {
  const [a, b] = xs;
  if (xs.length === 2 && a instanceof Tensor) {
    if (b instanceof Tensor ? a.dtype === b.dtype : isFloatingPoint(a.dtype)) return a.dtype;
  }
  const dtype = resultType(
    xs.map((x) =>
      x instanceof Tensor
        ? { dtype: x.dtype, priority: x.ndim > 0 ? 2 : 1 }
        : { dtype: dtypeOfScalar(x), priority: 0 },
    ),
  );
  return dtype === "float32" && !xs.some((x) => x instanceof Tensor) ? "float64" : dtype;
}

/** A number or boolean as a tensor without history: one element, repeated over `shape`. */
export function repeated(value: number | boolean, dtype: DType, shape: Shape): Tensor {
  const storage = Storage.unset(dtype, 1);
  storage.data[0] = elementOf(dtype, value);
  return new Tensor(storage, repeatedLayout(shape));
}

/** An operand as a tensor of `dtype`; a number or boolean takes on `shape` at once. */
export function lift(op: string, x: Operandlike, dtype: DType, shape: Shape = []): Tensor {
  if (x instanceof Tensor) return to(x, dtype);
  if (typeof x === "number" || typeof x === "boolean") return repeated(x, dtype, shape);
  throw new DTypeError(
    op,
    `operands must be tensors, numbers or booleans, got ${kindOf(x)}; make a tensor with tensor(...)`,
  );
}

/** Both operands in their common dtype and broadcast to their common shape: the only place where elementwise ops of two operands broadcast. */
export function meet(
  op: string,
  a: Operandlike,
  b: Operandlike,
  dtype: DType = commonDType([a, b]),
): [Tensor, Tensor] {
  const x = lift(op, a, dtype, shapeOf(b));
  const y = lift(op, b, dtype, shapeOf(a));
  const shape = broadcastShapes(op, x.shape, y.shape);
  return [expandFor(op, x, shape), expandFor(op, y, shape)];
}

function shapeOf(x: Operandlike): Shape {
  return x instanceof Tensor ? x.shape : [];
}

/** {@link meet} for three operands. */
export function meetThree(
  op: string,
  a: Operandlike,
  b: Operandlike,
  c: Operandlike,
): [Tensor, Tensor, Tensor] {
  const dtype = commonDType([a, b, c]);
  const [x, y] = meet(op, a, b, dtype);
  const z = lift(op, c, dtype, x.shape);
  const shape = broadcastShapes(op, x.shape, z.shape);
  return [expandFor(op, x, shape), expandFor(op, y, shape), expandFor(op, z, shape)];
}

/** Floating-point operands stay; integers and booleans become float32, as functions such as `exp` and `div` need them. */
export function floating(op: string, x: Tensor): Tensor {
  requireTensor(op, x);
  return to(x, promoteTypes(x.dtype, "float32"));
}
