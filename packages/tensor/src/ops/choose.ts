/** Choosing between values: where, clamp, maskedFill. */
import { DTypeError, ValueError } from "../errors.ts";
import { defineOp } from "../op.ts";
import { zerosLike } from "../create.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { to } from "./convert.ts";
import { commonDType, lift, meet, type Operandlike } from "./operands.ts";

const whereOp = defineOp<[condition: Tensor, a: Tensor, b: Tensor]>("where", {
  shape: (condition) => condition.shape,
  dtype: (_, a) => a.dtype,
  run: (k, out, condition, a, b) => k.where(out, condition, a, b),
  vjp: [
    null,
    (_, condition) => (g) => where(condition, g, zerosLike(g)),
    (_, condition) => (g) => where(condition, zerosLike(g), g),
  ],
});

/** Elementwise `a` where `condition` holds, else `b`; all three broadcast. Gradient: to the operand that was chosen. */
export function where(condition: Tensor, a: Operandlike, b: Operandlike): Tensor {
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

/** Limits values to `[min, max]`; either may be left out (`null`), and both may be tensors. Gradient: `g` inside, both ends included. */
export function clamp(x: Tensor, min: Operandlike | null = null, max: Operandlike | null = null): Tensor {
  if (min === null && max === null)
    throw new ValueError("clamp", "at least one of min and max must be given");
  if (x.dtype === "bool") throw new DTypeError("clamp", "is not defined for bool");
  const bounds = [min, max].filter((b) => b !== null);
  const typed = to(x, commonDType([x, ...bounds]));
  const low = min === null ? typed : limit("clamp", typed, min, (v, b) => v.lt(b));
  return max === null ? low : limit("clamp", low, max, (v, b) => v.gt(b));
}

/** Replaces values beyond a bound by the bound; NaN stays NaN. */
function limit(op: string, x: Tensor, bound: Operandlike, beyond: (v: Tensor, b: Tensor) => Tensor): Tensor {
  const [v, b] = meet(op, x, bound);
  return whereOp(beyond(v, b).logicalOr(b.isnan()), b, v);
}

/** Raises values below `min` to it. */
export function clampMin(x: Tensor, min: Operandlike): Tensor {
  return clamp(x, min, null);
}

/** Lowers values above `max` to it. */
export function clampMax(x: Tensor, max: Operandlike): Tensor {
  return clamp(x, null, max);
}
