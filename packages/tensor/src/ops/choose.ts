/** Choosing between values: where, clamp, maskedFill. */
import { isFloatingPoint } from "../dtype.ts";
import { DTypeError, ValueError } from "../errors.ts";
import { defineOp, type Op } from "../op.ts";
import { broadcastShapes } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expandFor } from "./broadcast.ts";
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

/**
 * Elementwise `a` where `condition` holds, else `b`; all three broadcast. Gradient: to the operand that was chosen.
 *
 * `where(condition, g, 0)` stays finite where the other operand is NaN or infinite, and so does its gradient.
 *
 * PyTorch: [`torch.where`](https://pytorch.org/docs/stable/generated/torch.where.html); there, a single argument gives positions
 * ({@link nonzero}).
 *
 * @param condition - Any shape, bool.
 * @param a - A tensor or a number.
 * @param b - A tensor or a number. Two numbers give int32, or float64 if one has a fraction.
 * @returns The broadcast shape, in the dtype that `a` and `b` have in common.
 * @throws DTypeError if `condition` is not bool.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor, where } from "@torchlet/tensor";
 *
 * const x = tensor([-1, 0, 2]);
 * where(x.gt(0), x, 10).toArray(); // => [10, 10, 2]
 * ```
 */
export function where(condition: Tensor, a: Operandlike, b: Operandlike): Tensor {
  requireTensor("where", condition, "the condition");
  if (condition.dtype !== "bool")
    throw new DTypeError(
      "where",
      `the condition must be bool, got ${condition.dtype}; compare it, as in x.gt(0)`,
    );
  const [x, y] = meet("where", a, b);
  const shape = broadcastShapes("where", condition.shape, x.shape);
  return whereOp(
    expandFor("where", condition, shape),
    expandFor("where", x, shape),
    expandFor("where", y, shape),
  );
}

/**
 * `x` with `value` wherever `mask` holds; the mask broadcasts. Gradient: 0 where it was filled; `value` receives the sum of the rest.
 *
 * PyTorch: [`Tensor.masked_fill`](https://pytorch.org/docs/stable/generated/torch.Tensor.masked_fill.html).
 *
 * @param x - Any shape, any dtype.
 * @param mask - bool; broadcasts with `x`.
 * @param value - A number or a 0-d tensor, converted to the dtype of `x`.
 * @returns The broadcast shape, in the dtype of `x`.
 * @throws DTypeError if `mask` is not bool.
 * @throws ValueError if `value` has dimensions.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([1, -2, 3]);
 * x.maskedFill(x.lt(0), 0).toArray(); // => [1, 0, 3]
 * ```
 */
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
  const filling = lift("maskedFill", value, x.dtype, shape);
  return whereOp(
    expandFor("maskedFill", mask, shape),
    expandFor("maskedFill", filling, shape),
    expandFor("maskedFill", x, shape),
  );
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

/** Bounds that are numbers need no tensors, and one pass for the gradient. */
function limit(name: string): Op<[x: Tensor], [min: number, max: number]> {
  return defineOp<[x: Tensor], [min: number, max: number]>(name, {
    shape: (x) => x.shape,
    run: (k, out, x, min, max) => k.activation(out, "limit", x, [min, max, 0]),
    vjp: [(_y, x, min, max) => (g) => limitBackward(g, x, min, max)],
  });
}

const limitOp = limit("clamp");
const limitBelowOp = limit("clampMin");
const limitAboveOp = limit("clampMax");

const limitBackward: Op<[g: Tensor, x: Tensor], [min: number, max: number]> = defineOp<
  [g: Tensor, x: Tensor],
  [min: number, max: number]
>("clampBackward", {
  shape: (g) => g.shape,
  run: (k, out, g, x, min, max) => k.activationBackward(out, "limit", g, x, [min, max, 0]),
  vjp: [(_z, _g, x, min, max) => (h) => limitBackward(h, x, min, max), null],
});

/** Whether a bound is a number that `x` can be compared with as it is. */
function isPlain(x: Tensor, bound: Operandlike): bound is number {
  return typeof bound === "number" && isFloatingPoint(x.dtype);
}

const clampOp = defineOp<[x: Tensor, min: Tensor, max: Tensor]>("clamp", {
  shape: (x) => x.shape,
  run: (k, out, x, min, max) => k.clamp(out, x, min, max),
  vjp: [
    (_y, x, min, max) => (g) => where(x.ge(min).logicalAnd(x.le(max)), g, 0),
    (_y, x, min, max) => (g) => where(x.lt(min).logicalAnd(min.lt(max)), g, 0),
    (_y, x, min, max) => (g) => where(x.gt(max).logicalOr(max.lt(min)), g, 0),
  ],
});

/**
 * Limits values to `[min, max]`; either may be left out (`null`), both may be tensors, and where `min > max` the result is `max`.
 *
 * Gradient: `g` inside, both ends included; outside it goes to the bound. NaN stays NaN.
 *
 * PyTorch: [`torch.clamp`](https://pytorch.org/docs/stable/generated/torch.clamp.html).
 *
 * @param x - Any shape, any dtype.
 * @param min - A number, a tensor that broadcasts, or null.
 * @param max - A number, a tensor that broadcasts, or null.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ValueError if neither bound is given.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-2, 0.5, 3]).clamp(0, 1).toArray(); // => [0, 0.5, 1]
 * tensor([-2, 0.5, 3]).clamp(null, 1).toArray(); // => [-2, 0.5, 1]
 * ```
 */
export function clamp(x: Tensor, min: Operandlike | null = null, max: Operandlike | null = null): Tensor {
  requireTensor("clamp", x);
  if (min === null && max === null)
    throw new ValueError("clamp", "at least one of min and max must be given");
  const [low, high] = [min ?? -Infinity, max ?? Infinity];
  if (isPlain(x, low) && isPlain(x, high)) return limitOp(x, low, high);
  if (max === null) return clampMinOp(...meet("clamp", x, low));
  return min === null ? clampMaxOp(...meet("clamp", x, high)) : clampOp(...meetThree("clamp", x, low, high));
}

/**
 * Raises values below `min` to it. Gradient: `g` where `x ≥ min`, else to `min`.
 *
 * PyTorch: [`torch.clamp`](https://pytorch.org/docs/stable/generated/torch.clamp.html) with `min` alone (`torch.clamp_min`).
 *
 * @param x - Any shape, any dtype.
 * @param min - A number, or a tensor that broadcasts.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-2, 0.5, 3]).clampMin(0).toArray(); // => [0, 0.5, 3]
 * ```
 */
export function clampMin(x: Tensor, min: Operandlike): Tensor {
  requireTensor("clampMin", x);
  return isPlain(x, min) ? limitBelowOp(x, min, Infinity) : clampMinOp(...meet("clampMin", x, min));
}

/**
 * Lowers values above `max` to it. Gradient: `g` where `x ≤ max`, else to `max`.
 *
 * PyTorch: [`torch.clamp`](https://pytorch.org/docs/stable/generated/torch.clamp.html) with `max` alone (`torch.clamp_max`).
 *
 * @param x - Any shape, any dtype.
 * @param max - A number, or a tensor that broadcasts.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-2, 0.5, 3]).clampMax(1).toArray(); // => [-2, 0.5, 1]
 * ```
 */
export function clampMax(x: Tensor, max: Operandlike): Tensor {
  requireTensor("clampMax", x);
  return isPlain(x, max) ? limitAboveOp(x, -Infinity, max) : clampMaxOp(...meet("clampMax", x, max));
}
