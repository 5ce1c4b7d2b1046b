import type { BinaryOp, UnaryOp } from "../kernels/scalar.ts";
import { ValueError } from "../errors.ts";
import { defineOp, type Op } from "../op.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { meet, requireTensor, requireTensors, type Operandlike } from "./operands.ts";

/** A question about two elements: the answer is a bool, which has no gradient. */
function comparison(name: BinaryOp): Op<[a: Tensor, b: Tensor]> {
  return defineOp<[a: Tensor, b: Tensor]>(name, {
    shape: (a) => a.shape,
    dtype: () => "bool",
    run: (k, out, a, b) => k.binary(out, name, a, b),
    vjp: [null, null],
  });
}

/** A question about one element. */
function predicate(name: UnaryOp): Op<[x: Tensor]> {
  const op = defineOp<[x: Tensor]>(name, {
    shape: (x) => x.shape,
    dtype: () => "bool",
    run: (k, out, x) => k.unary(out, name, x),
    vjp: [null],
  });
  return (x) => {
    requireTensor(name, x);
    return op(x);
  };
}

const eqOp = comparison("eq");
/** Elementwise `a = b`, as bool. */
export function eq(a: Tensor, b: Operandlike): Tensor {
  requireTensor("eq", a);
  return eqOp(...meet("eq", a, b));
}

const neOp = comparison("ne");
/** Elementwise `a ≠ b`, as bool; NaN differs from everything. */
export function ne(a: Tensor, b: Operandlike): Tensor {
  requireTensor("ne", a);
  return neOp(...meet("ne", a, b));
}

const ltOp = comparison("lt");
/** Elementwise `a < b`, as bool. */
export function lt(a: Tensor, b: Operandlike): Tensor {
  requireTensor("lt", a);
  return ltOp(...meet("lt", a, b));
}

const leOp = comparison("le");
/** Elementwise `a ≤ b`, as bool. */
export function le(a: Tensor, b: Operandlike): Tensor {
  requireTensor("le", a);
  return leOp(...meet("le", a, b));
}

const gtOp = comparison("gt");
/** Elementwise `a > b`, as bool. */
export function gt(a: Tensor, b: Operandlike): Tensor {
  requireTensor("gt", a);
  return gtOp(...meet("gt", a, b));
}

const geOp = comparison("ge");
/** Elementwise `a ≥ b`, as bool. */
export function ge(a: Tensor, b: Operandlike): Tensor {
  requireTensor("ge", a);
  return geOp(...meet("ge", a, b));
}

const logicalAndOp = comparison("logicalAnd");
/** Elementwise "both are not 0". */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  requireTensors("logicalAnd", a, b);
  return logicalAndOp(...meet("logicalAnd", a, b));
}

const logicalOrOp = comparison("logicalOr");
/** Elementwise "at least one is not 0". */
export function logicalOr(a: Tensor, b: Tensor): Tensor {
  requireTensors("logicalOr", a, b);
  return logicalOrOp(...meet("logicalOr", a, b));
}

const logicalXorOp = comparison("logicalXor");
/** Elementwise "exactly one is not 0". */
export function logicalXor(a: Tensor, b: Tensor): Tensor {
  requireTensors("logicalXor", a, b);
  return logicalXorOp(...meet("logicalXor", a, b));
}

const logicalNotOp = predicate("logicalNot");
/** Elementwise "is 0". */
export function logicalNot(x: Tensor): Tensor {
  return logicalNotOp(x);
}

const isnanOp = predicate("isnan");
/** Elementwise "is not a number". */
export function isnan(x: Tensor): Tensor {
  return isnanOp(x);
}

const isinfOp = predicate("isinf");
/** Elementwise "is infinite, of either sign". */
export function isinf(x: Tensor): Tensor {
  return isinfOp(x);
}

const isfiniteOp = predicate("isfinite");
/** Elementwise "is neither infinite nor NaN". */
export function isfinite(x: Tensor): Tensor {
  return isfiniteOp(x);
}

/** How near counts as close: `|a - b| ≤ atol + rtol |b|`. */
export interface CloseOptions {
  /** Relative to the second operand. Default: 1e-5. */
  rtol?: number;
  /** Absolute. Default: 1e-8. */
  atol?: number;
  /** NaN is close to NaN. Default: false. */
  equalNan?: boolean;
}

/**
 * Elementwise whether `|a - b| ≤ atol + rtol |b|`, or both are the same infinity, as bool.
 *
 * PyTorch: [`torch.isclose`](https://pytorch.org/docs/stable/generated/torch.isclose.html); there, dtypes must agree.
 *
 * @param a - Any shape.
 * @param b - A shape that broadcasts with it.
 * @param options - `rtol`, `atol`, `equalNan`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if `rtol` or `atol` is negative.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).isclose(tensor([1.000001, 2.1])).toArray(); // => [true, false]
 * ```
 */
export function isclose(a: Tensor, b: Tensor, options: CloseOptions = {}): Tensor {
  requireTensors("isclose", a, b);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  if (!(rtol >= 0 && atol >= 0))
    throw new ValueError("isclose", `rtol and atol must not be negative, got ${rtol} and ${atol}`);
  const [x, y] = meet("isclose", a.detach(), b.detach());
  const [p, q] = [x.to("float64"), y.to("float64")];
  const near = p.sub(q).abs().le(q.abs().mul(rtol).add(atol)).logicalAnd(q.isfinite());
  const close = near.logicalOr(eq(x, y));
  return equalNan ? close.logicalOr(x.isnan().logicalAnd(y.isnan())) : close;
}

/**
 * Whether all elements are close, in the sense of {@link isclose}.
 *
 * PyTorch: [`torch.allclose`](https://pytorch.org/docs/stable/generated/torch.allclose.html).
 *
 * @param a - Any shape.
 * @param b - A shape that broadcasts with it.
 * @param options - `rtol`, `atol`, `equalNan`.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.1 + 0.2]).allclose(tensor([0.3])); // => true
 * ```
 */
export function allclose(a: Tensor, b: Tensor, options: CloseOptions = {}): boolean {
  return isclose(a, b, options).all().item() !== 0;
}

/**
 * Whether two tensors have the same shape and the same elements; NaN differs from itself.
 *
 * PyTorch: [`torch.equal`](https://pytorch.org/docs/stable/generated/torch.equal.html).
 *
 * @param a - Any shape.
 * @param b - Any shape.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).equal(tensor([1, 2])); // => true
 * tensor([1, 2]).equal(tensor([[1, 2]])); // => false
 * ```
 */
export function equal(a: Tensor, b: Tensor): boolean {
  requireTensors("equal", a, b);
  return sameShape(a.shape, b.shape) && eq(a, b).all().item() !== 0;
}
