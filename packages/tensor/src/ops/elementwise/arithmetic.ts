/** Arithmetic of two operands. */
import { zerosLike } from "../../create.ts";
import { isFloatingPoint, requireFloatingPoint, type DType } from "../../dtype.ts";
import { DTypeError, ValueError } from "../../errors.ts";
import { alphaOf, requireOptions } from "../../options.ts";
import { Tensor } from "../../tensor.ts";
import { defineOp } from "../../op.ts";
import { where } from "../choose.ts";
import { commonDType, lift, meet, requireTensor, requireTensors, type Operandlike } from "../operands.ts";
import { binary } from "./define.ts";

/** Options of {@link add} and {@link sub}. */
export interface AlphaOptions {
  /** Multiplies the second operand. Default: 1. */
  alpha?: number;
}

/** `a + alpha b` in one pass, rounding twice. */
const addScaledOp = defineOp<[a: Tensor, b: Tensor], [alpha: number]>("add", {
  shape: (a) => a.shape,
  run: (k, out, a, b, alpha) => k.addScaled(out, a, b, alpha),
  vjp: [() => (g) => g, (_y, _a, _b, alpha) => (g) => g.mul(alpha)],
});

/** `alpha * b`, refused where it would silently lose its fraction. */
function scaled(op: string, a: Operandlike, b: Operandlike, alpha: number | undefined): Operandlike {
  if (alpha === undefined || alpha === 1) return b;
  const dtype = commonDType([a, b]);
  if (!isFloatingPoint(dtype) && !Number.isInteger(alpha))
    throw new DTypeError(op, `the factor ${alpha} needs floating-point operands, got ${dtype}`);
  return mul(lift(op, b, dtype), lift(op, alpha, dtype));
}

const addOp = binary(
  "add",
  () => (g) => g,
  () => (g) => g,
);
/**
 * Elementwise `a + alpha b`. Gradients: `g` and `alpha g`.
 *
 * As of every operation that broadcasts, the gradient of an operand is summed over the dimensions that were stretched. Booleans add
 * up to "or".
 *
 * PyTorch: [`torch.add`](https://pytorch.org/docs/stable/generated/torch.add.html).
 *
 * @param a - A tensor or a number.
 * @param b - A tensor that broadcasts with `a`, or a number, which adapts to the dtype of `a`.
 * @param options - `alpha`: multiplies `b`, default 1.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if `alpha` has a fraction and the operands are integers.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).add(tensor([[10], [20]])).toArray(); // => [[11, 12], [21, 22]]
 * tensor([1, 2]).add(1, { alpha: 0.5 }).toArray(); // => [1.5, 2.5]
 * ```
 */
export function add(a: Operandlike, b: Operandlike, options?: AlphaOptions): Tensor {
  const alpha = alphaOf("add", options);
  if (alpha !== 1 && isFloatingPoint(commonDType([a, b]))) return addScaledOp(...meet("add", a, b), alpha);
  return addOp(...meet("add", a, scaled("add", a, b, alpha)));
}

function isBool(x: Operandlike): boolean {
  return x instanceof Tensor ? x.dtype === "bool" : typeof x === "boolean";
}

const subOp = binary(
  "sub",
  () => (g) => g,
  () => (g) => g.neg(),
);
/**
 * Elementwise `a - alpha b`. Gradients: `g` and `-alpha g`.
 *
 * PyTorch: [`torch.sub`](https://pytorch.org/docs/stable/generated/torch.sub.html).
 *
 * @param a - A tensor or a number.
 * @param b - A tensor that broadcasts with `a`, or a number, which adapts to the dtype of `a`.
 * @param options - `alpha`: multiplies `b`, default 1.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if an operand is bool, or `alpha` has a fraction and the operands are integers.
 *
 * @example
 * ```ts
 * import { sub, tensor } from "@torchlet/tensor";
 *
 * tensor([5, 6]).sub(tensor([1, 2])).toArray(); // => [4, 4]
 * sub(1, tensor([0.25, 0.5])).toArray(); // => [0.75, 0.5]
 * ```
 */
export function sub(a: Operandlike, b: Operandlike, options?: AlphaOptions): Tensor {
  if (isBool(a) || isBool(b))
    throw new DTypeError(
      "sub",
      'booleans have no difference; use .logicalXor(b) or .logicalNot(), or convert with .to("int32")',
    );
  const alpha = alphaOf("sub", options);
  if (alpha !== 1 && isFloatingPoint(commonDType([a, b]))) return addScaledOp(...meet("sub", a, b), -alpha);
  return subOp(...meet("sub", a, scaled("sub", a, b, alpha)));
}

const mulOp = binary(
  "mul",
  (_y, _a, b) => (g) => g.mul(b),
  (_y, a) => (g) => g.mul(a),
);
/**
 * Elementwise `a b`. Gradients: `g b` and `g a`.
 *
 * Booleans multiply to "and". For the product of matrices see {@link matmul}.
 *
 * PyTorch: [`torch.mul`](https://pytorch.org/docs/stable/generated/torch.mul.html).
 *
 * @param a - A tensor or a number.
 * @param b - A tensor that broadcasts with `a`, or a number, which adapts to the dtype of `a`.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).mul(2).toArray(); // => [2, 4, 6]
 * tensor([1, 2]).mul(tensor([[3], [4]])).toArray(); // => [[3, 6], [4, 8]]
 * ```
 */
export function mul(a: Operandlike, b: Operandlike): Tensor {
  return mulOp(...meet("mul", a, b));
}

const divOp = binary(
  "div",
  (_y, _a, b) => (g) => g.div(b),
  (_y, a, b) => (g) => g.mul(a.div(b)).div(b).neg(),
);
const floorDivideOp = binary(
  "floorDivide",
  () => (g) => zerosLike(g),
  () => (g) => zerosLike(g),
);
const truncDivideOp = binary(
  "truncDivide",
  () => (g) => zerosLike(g),
  () => (g) => zerosLike(g),
);
const roundedDivision = { floor: floorDivideOp, trunc: truncDivideOp };

/**
 * Elementwise `a / b`; integers divide to float32 unless rounded. Gradients: `g / b` and `-g a / b²`; 0 with a rounding mode.
 *
 * PyTorch: [`torch.div`](https://pytorch.org/docs/stable/generated/torch.div.html).
 *
 * @param a - A tensor or a number.
 * @param b - A tensor that broadcasts with `a`, or a number, which adapts to the dtype of `a`.
 * @param options - `roundingMode`: `"floor"` rounds down, `"trunc"` towards 0, null (the default) not at all.
 * @returns The broadcast shape, in the common dtype; float32 of integers that are not rounded.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if rounded integers are divided by 0, or `roundingMode` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-3, 4]).div(2).toArray(); // => [-1.5, 2]
 * tensor([-3, 4]).div(2, { roundingMode: "floor" }).toArray(); // => [-2, 2]
 * ```
 */
export function div(
  a: Operandlike,
  b: Operandlike,
  options?: { roundingMode?: "floor" | "trunc" | null },
): Tensor {
  if (options !== undefined) requireOptions("div", options, 'roundingMode: "floor"', ["roundingMode"]);
  const roundingMode = options?.roundingMode ?? null;
  const dtype = commonDType([a, b]);
  if (roundingMode === null) return divOp(...meet("div", a, b, isFloatingPoint(dtype) ? dtype : "float32"));
  if (!Object.hasOwn(roundedDivision, roundingMode))
    throw new ValueError(
      "div",
      `roundingMode must be "floor", "trunc" or null, got ${JSON.stringify(roundingMode)}`,
    );
  const [x, y] = meet("div", a, b, integerAtLeast(dtype));
  requireDivisors("div", y);
  return roundedDivision[roundingMode](x, y);
}

/** Integers have no infinity: dividing one by 0 is an error. */
function requireDivisors(op: string, b: Tensor): void {
  if (b.dtype === "int32" && b.eq(0).any().item())
    throw new ValueError(op, 'integers cannot be divided by 0; convert them with .to("float32")');
}

function integerAtLeast(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}

/** Three tensors in their common dtype, so that nothing of a product or quotient is lost before it is added. */
function together(
  op: string,
  options: ValueOptions,
  ...xs: [Tensor, Tensor, Tensor]
): [Tensor, Tensor, Tensor] {
  requireOptions(op, options, "value: 2", ["value"]);
  const dtype = commonDType(xs);
  return xs.map((x) => lift(op, x, dtype)) as [Tensor, Tensor, Tensor];
}

/** Options of {@link addcmul} and {@link addcdiv}. */
export interface ValueOptions {
  /** Multiplies the product or quotient. Default: 1. */
  value?: number;
}

/**
 * Elementwise `x + value a b`; the three broadcast. Gradients: `g`, `value g b` and `value g a`.
 *
 * PyTorch: [`torch.addcmul`](https://pytorch.org/docs/stable/generated/torch.addcmul.html).
 *
 * @param x - Any shape.
 * @param a - A shape that broadcasts with it.
 * @param b - A shape that broadcasts with both.
 * @param options - `value`: default 1.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if `value` has a fraction and the tensors are integers.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).addcmul(tensor([3, 4]), tensor([5, 6]), { value: 0.5 }).toArray(); // => [8.5, 14]
 * ```
 */
export function addcmul(x: Tensor, a: Tensor, b: Tensor, options: ValueOptions = {}): Tensor {
  const [input, first, second] = together("addcmul", options, x, a, b);
  return add(input, mul(scaled("addcmul", input, first, options.value), second));
}

/**
 * Elementwise `x + value a / b`; the three broadcast. Gradients: `g`, `value g / b` and `-value g a / b²`.
 *
 * PyTorch: [`torch.addcdiv`](https://pytorch.org/docs/stable/generated/torch.addcdiv.html); there, two integer tensors are refused,
 * here they divide to float32.
 *
 * @param x - Any shape.
 * @param a - A shape that broadcasts with it.
 * @param b - A shape that broadcasts with both.
 * @param options - `value`: default 1.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if `value` has a fraction and the tensors are integers.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).addcdiv(tensor([3, 4]), tensor([6, 2]), { value: 2 }).toArray(); // => [2, 6]
 * ```
 */
export function addcdiv(x: Tensor, a: Tensor, b: Tensor, options: ValueOptions = {}): Tensor {
  const [input, first, second] = together("addcdiv", options, x, a, b);
  return add(input, div(scaled("addcdiv", input, first, options.value), second));
}

const remainderOp = binary(
  "remainder",
  () => (g) => g,
  (_y, a, b) => (g) => g.mul(a.div(b, { roundingMode: "floor" })).neg(),
);
/**
 * Elementwise remainder with the sign of `b`. Gradients: `g` and `-g floor(a / b)`.
 *
 * PyTorch: [`torch.remainder`](https://pytorch.org/docs/stable/generated/torch.remainder.html).
 *
 * @param a - A tensor or a number.
 * @param b - A tensor that broadcasts with `a`, or a number, which adapts to the dtype of `a`.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if integers are divided by 0.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-3, 3]).remainder(2).toArray(); // => [1, 1]
 * ```
 */
export function remainder(a: Operandlike, b: Operandlike): Tensor {
  if (!(b instanceof Tensor)) requireTensor("remainder", a, "one of the operands");
  const [x, y] = meet("remainder", a, b, integerAtLeast(commonDType([a, b])));
  requireDivisors("remainder", y);
  return remainderOp(x, y);
}

const fmodOp = binary(
  "fmod",
  () => (g) => g,
  (_y, a, b) => (g) => g.mul(a.div(b, { roundingMode: "trunc" })).neg(),
);
/**
 * Elementwise remainder with the sign of `a`. Gradients: `g` and `-g trunc(a / b)`.
 *
 * PyTorch: [`torch.fmod`](https://pytorch.org/docs/stable/generated/torch.fmod.html).
 *
 * @param a - A tensor or a number.
 * @param b - A tensor that broadcasts with `a`, or a number, which adapts to the dtype of `a`.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if integers are divided by 0.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-3, 3]).fmod(2).toArray(); // => [-1, 1]
 * ```
 */
export function fmod(a: Tensor, b: Operandlike): Tensor {
  requireTensor("fmod", a);
  const [x, y] = meet("fmod", a, b, integerAtLeast(commonDType([a, b])));
  requireDivisors("fmod", y);
  return fmodOp(x, y);
}

/**
 * From `a` to `b` by a share: `a + weight (b - a)`, exactly `b` where `weight` is 1. Gradients: `g (1 - weight)`, `g weight`, and
 * `g (b - a)` for the weight.
 *
 * PyTorch: [`torch.lerp`](https://pytorch.org/docs/stable/generated/torch.lerp.html).
 *
 * @param a - Where weight 0 is; floating point.
 * @param b - Where weight 1 is; broadcasts with it.
 * @param weight - A number, or a tensor that broadcasts with both.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 10]).lerp(tensor([4, 20]), 0.25).toArray(); // => [1, 12.5]
 * ```
 */
export function lerp(a: Tensor, b: Tensor, weight: number | Tensor): Tensor {
  requireTensors("lerp", a, b);
  const [x, y] = meet("lerp", a, b);
  requireFloatingPoint("lerp", x.dtype);
  const way = y.sub(x);
  const near = (): Tensor => x.add(way.mul(weight));
  const far = (): Tensor => y.sub(way.mul(typeof weight === "number" ? 1 - weight : sub(1, weight)));
  if (weight instanceof Tensor) return where(weight.lt(0.5), near(), far());
  return weight < 0.5 ? near() : far();
}
