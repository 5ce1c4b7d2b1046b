import type { BinaryOp, UnaryOp } from "../kernels/scalar.ts";
import { defineOp, type Op } from "../op.ts";
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
