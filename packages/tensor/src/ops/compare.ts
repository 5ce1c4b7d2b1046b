import { isFloatingPoint } from "../dtype.ts";
import type { BinaryOp } from "../kernels/scalar/functions.ts";
import { ValueError } from "../errors.ts";
import { defineOp, type Op } from "../op.ts";
import { requireOptions } from "../options.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { to } from "./convert.ts";
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

/** A question about whether two elements are 0, which in bools is what they say. */
function logical(name: BinaryOp): Op<[a: Tensor, b: Tensor]> {
  const op = comparison(name);
  return (a, b) => {
    requireTensors(name, a, b);
    const [x, y] = meet(name, a, b);
    return op(to(x, "bool"), to(y, "bool"));
  };
}

const eqOp = comparison("eq");
/**
 * Elementwise `a = b`, as bool. No gradient.
 *
 * PyTorch: [`torch.eq`](https://pytorch.org/docs/stable/generated/torch.eq.html).
 *
 * @param a - Any shape, any dtype; NaN equals nothing.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, NaN]).eq(tensor([1, 3, NaN])).toArray(); // => [true, false, false]
 * ```
 */
export function eq(a: Tensor, b: Operandlike): Tensor {
  requireTensor("eq", a);
  return eqOp(...meet("eq", a, b));
}

const neOp = comparison("ne");
/**
 * Elementwise `a ≠ b`, as bool; NaN differs from everything. No gradient.
 *
 * PyTorch: [`torch.ne`](https://pytorch.org/docs/stable/generated/torch.ne.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, NaN]).ne(2).toArray(); // => [true, false, true]
 * ```
 */
export function ne(a: Tensor, b: Operandlike): Tensor {
  requireTensor("ne", a);
  return neOp(...meet("ne", a, b));
}

const ltOp = comparison("lt");
/**
 * Elementwise `a < b`, as bool; false where one is NaN. No gradient.
 *
 * PyTorch: [`torch.lt`](https://pytorch.org/docs/stable/generated/torch.lt.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).lt(2).toArray(); // => [true, false, false]
 * ```
 */
export function lt(a: Tensor, b: Operandlike): Tensor {
  requireTensor("lt", a);
  return ltOp(...meet("lt", a, b));
}

const leOp = comparison("le");
/**
 * Elementwise `a ≤ b`, as bool; false where one is NaN. No gradient.
 *
 * PyTorch: [`torch.le`](https://pytorch.org/docs/stable/generated/torch.le.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).le(2).toArray(); // => [true, true, false]
 * ```
 */
export function le(a: Tensor, b: Operandlike): Tensor {
  requireTensor("le", a);
  return leOp(...meet("le", a, b));
}

const gtOp = comparison("gt");
/**
 * Elementwise `a > b`, as bool; false where one is NaN. No gradient.
 *
 * PyTorch: [`torch.gt`](https://pytorch.org/docs/stable/generated/torch.gt.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).gt(2).toArray(); // => [false, false, true]
 * ```
 */
export function gt(a: Tensor, b: Operandlike): Tensor {
  requireTensor("gt", a);
  return gtOp(...meet("gt", a, b));
}

const geOp = comparison("ge");
/**
 * Elementwise `a ≥ b`, as bool; false where one is NaN. No gradient.
 *
 * PyTorch: [`torch.ge`](https://pytorch.org/docs/stable/generated/torch.ge.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).ge(2).toArray(); // => [false, true, true]
 * ```
 */
export function ge(a: Tensor, b: Operandlike): Tensor {
  requireTensor("ge", a);
  return geOp(...meet("ge", a, b));
}

const logicalAndOp = logical("logicalAnd");
/**
 * Elementwise "both are not 0". No gradient.
 *
 * PyTorch: [`torch.logical_and`](https://pytorch.org/docs/stable/generated/torch.logical_and.html).
 *
 * @param a - Any shape, any dtype; NaN is not 0.
 * @param b - A shape that broadcasts with it.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([1, 2, 3]);
 * x.gt(1).logicalAnd(x.lt(3)).toArray(); // => [false, true, false]
 * ```
 */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return logicalAndOp(a, b);
}

const logicalOrOp = logical("logicalOr");
/**
 * Elementwise "at least one is not 0". No gradient.
 *
 * PyTorch: [`torch.logical_or`](https://pytorch.org/docs/stable/generated/torch.logical_or.html).
 *
 * @param a - Any shape, any dtype; NaN is not 0.
 * @param b - A shape that broadcasts with it.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([1, 2, 3]);
 * x.lt(2).logicalOr(x.gt(2)).toArray(); // => [true, false, true]
 * ```
 */
export function logicalOr(a: Tensor, b: Tensor): Tensor {
  return logicalOrOp(a, b);
}

const logicalXorOp = logical("logicalXor");
/**
 * Elementwise "exactly one is not 0". No gradient.
 *
 * PyTorch: [`torch.logical_xor`](https://pytorch.org/docs/stable/generated/torch.logical_xor.html).
 *
 * @param a - Any shape, any dtype; NaN is not 0.
 * @param b - A shape that broadcasts with it.
 * @returns bool, in the broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([true, true]).logicalXor(tensor([true, false])).toArray(); // => [false, true]
 * ```
 */
export function logicalXor(a: Tensor, b: Tensor): Tensor {
  return logicalXorOp(a, b);
}

const logicalNotOp = defineOp<[x: Tensor]>("logicalNot", {
  shape: (x) => x.shape,
  run: (k, out, x) => k.unary(out, "logicalNot", x),
  vjp: [null],
});
/**
 * Elementwise "is 0". No gradient.
 *
 * PyTorch: [`torch.logical_not`](https://pytorch.org/docs/stable/generated/torch.logical_not.html).
 *
 * @param x - Any shape, any dtype; NaN is not 0.
 * @returns bool, in the shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, -2]).logicalNot().toArray(); // => [true, false, false]
 * ```
 */
export function logicalNot(x: Tensor): Tensor {
  requireTensor("logicalNot", x);
  return logicalNotOp(to(x, "bool"));
}

/**
 * Elementwise "is not a number". No gradient.
 *
 * PyTorch: [`torch.isnan`](https://pytorch.org/docs/stable/generated/torch.isnan.html).
 *
 * @param x - Any shape, any dtype; integers and booleans never are.
 * @returns bool, in the shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, NaN, Infinity]).isnan().toArray(); // => [false, true, false]
 * ```
 */
export function isnan(x: Tensor): Tensor {
  requireTensor("isnan", x);
  return neOp(x, x);
}

/**
 * Elementwise "is infinite, of either sign". No gradient.
 *
 * PyTorch: [`torch.isinf`](https://pytorch.org/docs/stable/generated/torch.isinf.html).
 *
 * @param x - Any shape, any dtype; integers and booleans never are.
 * @returns bool, in the shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, NaN, -Infinity]).isinf().toArray(); // => [false, false, true]
 * ```
 */
export function isinf(x: Tensor): Tensor {
  requireTensor("isinf", x);
  return isFloatingPoint(x.dtype) ? eq(x.detach().abs(), Infinity) : neOp(x, x);
}

/**
 * Elementwise "is neither infinite nor NaN". No gradient.
 *
 * PyTorch: [`torch.isfinite`](https://pytorch.org/docs/stable/generated/torch.isfinite.html).
 *
 * @param x - Any shape, any dtype; integers and booleans always are.
 * @returns bool, in the shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, NaN, Infinity]).isfinite().toArray(); // => [true, false, false]
 * ```
 */
export function isfinite(x: Tensor): Tensor {
  requireTensor("isfinite", x);
  return isFloatingPoint(x.dtype) ? lt(x.detach().abs(), Infinity) : eqOp(x, x);
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
  requireOptions("isclose", options, "rtol: 1e-3", ["rtol", "atol", "equalNan"]);
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
