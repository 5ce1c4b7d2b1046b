import { dtypeOfScalar, promoteTypes, resultType, type DType } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import { scalarTensor } from "../create.ts";
import { broadcastShapes } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { to } from "./convert.ts";
import { expand } from "./broadcast.ts";

/** What elementwise operations accept on either side: a tensor, or a plain value that adapts to the tensor's dtype. */
export type Operandlike = Tensor | number | boolean;

/** The dtype in which operands meet, by PyTorch's promotion rules. */
export function commonDType(xs: readonly Operandlike[]): DType {
  const [a, b] = xs;
  if (xs.length === 2 && a instanceof Tensor && b instanceof Tensor && a.dtype === b.dtype) return a.dtype;
  return resultType(
    xs.map((x) =>
      x instanceof Tensor
        ? { dtype: x.dtype, priority: x.ndim > 0 ? 2 : 1 }
        : { dtype: dtypeOfScalar(x), priority: 0 },
    ),
  );
}

/** An operand as a tensor of `dtype`. */
export function lift(op: string, x: Operandlike, dtype: DType): Tensor {
  if (x instanceof Tensor) return to(x, dtype);
  if (typeof x === "number" || typeof x === "boolean") return scalarTensor(x, dtype);
  throw new DTypeError(
    op,
    `operands must be tensors, numbers or booleans, got ${x === null ? "null" : typeof x}`,
  );
}

/** Both operands in their common dtype and broadcast to their common shape: the only place where elementwise ops broadcast. */
export function meet(
  op: string,
  a: Operandlike,
  b: Operandlike,
  dtype: DType = commonDType([a, b]),
): [Tensor, Tensor] {
  const x = lift(op, a, dtype);
  const y = lift(op, b, dtype);
  const shape = broadcastShapes(op, x.shape, y.shape);
  return [expand(x, shape), expand(y, shape)];
}

/** Floating-point operands stay; integers and booleans become float32, as functions such as `exp` and `div` need them. */
export function floating(x: Tensor): Tensor {
  return to(x, promoteTypes(x.dtype, "float32"));
}
