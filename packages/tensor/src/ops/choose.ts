/** Choosing between values: where, clamp, maskedFill. */
import { DTypeError, ValueError } from "../errors.ts";
import { defineOp } from "../op.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { lift, meet, meetThree, requireTensor, type Operandlike } from "./operands.ts";

const whereOp = defineOp<[condition: Tensor, a: Tensor, b: Tensor]>("where", {
  shape: (condition) => condition.shape,
  dtype: (_, a) => a.dtype,
  run: (k, out, condition, a, b) => k.where(out, condition, a, b),
  vjp: [
    null,
    (_, condition) => (g) => where(condition, g, 0),
    (_, condition) => (g) => where(condition, 0, g),
  ],
});

/** Elementwise `a` where `condition` holds, else `b`; all three broadcast. Gradient: to the operand that was chosen. */
export function where(condition: Tensor, a: Operandlike, b: Operandlike): Tensor {
  requireTensor("where", condition, "the condition");
  if (condition.dtype !== "bool")
    throw new DTypeError(
      "where",
      `the condition must be bool, got ${condition.dtype}; compare it, as in x.gt(0)`,
    );
  const [x, y] = meet("where", a, b);
  const shape = broadcastShapes("where", condition.shape, x.shape);
  return whereOp(expand(condition, shape), expand(x, shape), expand(y, shape));
}

/** `x` with `value` wherever `mask` holds; the mask broadcasts. Gradient: 0 where it was filled; `value` receives the sum of the rest. */
export function maskedFill(x: Tensor, mask: Tensor, value: number | Tensor): Tensor {
  if (mask.dtype !== "bool")
    throw new DTypeError(
      "maskedFill",
      `the mask must be bool, got ${mask.dtype}; compare something, as in x.gt(0)`,
    );
  if (typeof value !== "number" && value.ndim > 0)
    throw new ValueError(
      "maskedFill",
      `the value must be a number or a 0-d tensor, got ${value.ndim} dimension(s)`,
    );
  const shape = broadcastShapes("maskedFill", x.shape, mask.shape);
  const filling = lift("maskedFill", value, x.dtype);
  return whereOp(expand(mask, shape), expand(filling, shape), expand(x, shape));
}

const clampMinOp = defineOp<[x: Tensor, min: Tensor]>("clampMin", {
  shape: (x) => x.shape,
  run: (k, out, x, min) => k.binary(out, "maximum", x, min),
  vjp: [(_y, x, min) => (g) => where(x.ge(min), g, 0), (_y, x, min) => (g) => where(x.lt(min), g, 0)],
});

const clampMaxOp = defineOp<[x: Tensor, max: Tensor]>("clampMax", {
  shape: (x) => x.shape,
  run: (k, out, x, max) => k.binary(out, "minimum", x, max),
  vjp: [(_y, x, max) => (g) => where(x.le(max), g, 0), (_y, x, max) => (g) => where(x.gt(max), g, 0)],
});

const clampOp = defineOp<[x: Tensor, min: Tensor, max: Tensor]>("clamp", {
  shape: (x) => x.shape,
  run: (k, out, x, min, max) => {
    k.binary(out, "maximum", x, min);
    k.binary(out, "minimum", out, max);
  },
  vjp: [
    (_y, x, min, max) => (g) => where(x.ge(min).logicalAnd(x.le(max)), g, 0),
    (_y, x, min, max) => (g) => where(x.lt(min).logicalAnd(min.lt(max)), g, 0),
    (_y, x, min, max) => (g) => where(x.gt(max).logicalOr(max.lt(min)), g, 0),
  ],
});

/**
 * Limits values to `[min, max]`; either may be left out (`null`), both may be tensors, and where `min > max` the result is `max`.
 * Gradient: `g` inside, both ends included; outside it goes to the bound.
 */
export function clamp(x: Tensor, min: Operandlike | null = null, max: Operandlike | null = null): Tensor {
  requireTensor("clamp", x);
  if (min === null && max === null)
    throw new ValueError("clamp", "at least one of min and max must be given");
  if (max === null) return clampMinOp(...meet("clamp", x, min!));
  return min === null ? clampMaxOp(...meet("clamp", x, max)) : clampOp(...meetThree("clamp", x, min, max));
}

/** Raises values below `min` to it. Gradient: `g` where `x ≥ min`, else to `min`. */
export function clampMin(x: Tensor, min: Operandlike): Tensor {
  requireTensor("clampMin", x);
  return clampMinOp(...meet("clampMin", x, min));
}

/** Lowers values above `max` to it. Gradient: `g` where `x ≤ max`, else to `max`. */
export function clampMax(x: Tensor, max: Operandlike): Tensor {
  requireTensor("clampMax", x);
  return clampMaxOp(...meet("clampMax", x, max));
}
