import { isFloatingPoint, promoteTypes, requireFloatingPoint, type DType } from "../dtype.ts";
import { DTypeError, ValueError } from "../errors.ts";
import type { BinaryOp, UnaryOp } from "../kernels/scalar.ts";
import { pow as powerOf } from "../math/index.ts";
import type { Vjp } from "../node.ts";
import { defineOp, type Op } from "../op.ts";
import { zerosLike } from "../create.ts";
import { Tensor } from "../tensor.ts";
import { reluBackward, sigmoidBackward, tanhBackward } from "./backward.ts";
import { where } from "./choose.ts";
import { to } from "./convert.ts";
import {
  commonDType,
  floating,
  lift,
  meet,
  requireTensor,
  requireTensors,
  type Operandlike,
} from "./operands.ts";

type UnaryMaker = (y: Tensor, x: Tensor) => Vjp;

/** A function of one element: its kernel, and its derivative as one line of math. */
function unary(name: UnaryOp, vjp: UnaryMaker): Op<[x: Tensor]> {
  const op = defineOp<[x: Tensor]>(name, {
    shape: (x) => x.shape,
    run: (k, out, x) => k.unary(out, name, x),
    vjp: [vjp],
  });
  return (x) => {
    requireTensor(name, x);
    return op(x);
  };
}

/** A function that makes floating-point numbers of integers and booleans. */
function floatUnary(name: UnaryOp, vjp: UnaryMaker): Op<[x: Tensor]> {
  const op = unary(name, vjp);
  return (x) => op(floating(name, x));
}

/** For functions that are constant between jumps. */
const flatGradient: UnaryMaker = () => (g) => zerosLike(g);

// ----- signs and rounding -----

const negOp = unary("neg", () => (g) => g.neg());
/**
 * Elementwise `-x`. Gradient: `-g`.
 *
 * PyTorch: [`torch.neg`](https://pytorch.org/docs/stable/generated/torch.neg.html).
 *
 * @param x - Any shape; not bool.
 * @returns Shape of `x`.
 * @throws DTypeError if `x` is bool; write `x.logicalNot()`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, -2]).neg().toArray(); // => [-1, 2]
 * ```
 */
export function neg(x: Tensor): Tensor {
  if (x.dtype === "bool") throw new DTypeError("neg", "a bool tensor has no negative; use .logicalNot()");
  return negOp(x);
}

const absOp = unary("abs", (_, x) => (g) => g.mul(x.sign()));
/**
 * Elementwise `|x|`. Gradient: `g sign(x)`, 0 at 0.
 *
 * PyTorch: [`torch.abs`](https://pytorch.org/docs/stable/generated/torch.abs.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 0, 2]).abs().toArray(); // => [1.5, 0, 2]
 * ```
 */
export function abs(x: Tensor): Tensor {
  return absOp(x);
}

const signOp = unary("sign", flatGradient);
/**
 * Elementwise -1, 0 or 1. Gradient: 0.
 *
 * PyTorch: [`torch.sign`](https://pytorch.org/docs/stable/generated/torch.sign.html).
 *
 * @param x - Any shape, any dtype.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 0, 2]).sign().toArray(); // => [-1, 0, 1]
 * ```
 */
export function sign(x: Tensor): Tensor {
  return signOp(x);
}

const floorOp = unary("floor", flatGradient);
/**
 * Elementwise the largest integer not above `x`. Gradient: 0.
 *
 * PyTorch: [`torch.floor`](https://pytorch.org/docs/stable/generated/torch.floor.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 1.5]).floor().toArray(); // => [-2, 1]
 * ```
 */
export function floor(x: Tensor): Tensor {
  return floorOp(x);
}

const ceilOp = unary("ceil", flatGradient);
/**
 * Elementwise the smallest integer not below `x`. Gradient: 0.
 *
 * PyTorch: [`torch.ceil`](https://pytorch.org/docs/stable/generated/torch.ceil.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 1.5]).ceil().toArray(); // => [-1, 2]
 * ```
 */
export function ceil(x: Tensor): Tensor {
  return ceilOp(x);
}

const truncOp = unary("trunc", flatGradient);
/**
 * Elementwise the integer part. Gradient: 0.
 *
 * PyTorch: [`torch.trunc`](https://pytorch.org/docs/stable/generated/torch.trunc.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-1.5, 1.5]).trunc().toArray(); // => [-1, 1]
 * ```
 */
export function trunc(x: Tensor): Tensor {
  return truncOp(x);
}

const roundOp = unary("round", flatGradient);
/**
 * Elementwise the nearest integer, ties to the even one; with `decimals`, to that many places after the point. Gradient: 0.
 *
 * PyTorch: [`torch.round`](https://pytorch.org/docs/stable/generated/torch.round.html).
 *
 * @param x - Any shape; floating point or int32.
 * @param options - `decimals`: default 0; negative rounds to tens, hundreds, ...
 * @returns Shape of `x`.
 * @throws ValueError if `decimals` is no integer.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.5, 1.5, 2.5, -1.7]).round().toArray(); // => [0, 2, 2, -2]
 * tensor([1.2345]).round({ decimals: 2 }).toArray(); // => [1.23]
 * ```
 */
export function round(x: Tensor, options: { decimals?: number } = {}): Tensor {
  const { decimals = 0 } = options;
  if (!Number.isInteger(decimals))
    throw new ValueError("round", `decimals must be an integer, got ${decimals}`);
  if (decimals === 0) return roundOp(x);
  const scale = powerOf(10, Math.abs(decimals));
  return decimals > 0 ? roundOp(mul(x, scale)).div(scale) : roundOp(div(x, scale)).mul(scale);
}

// ----- powers -----

const squareOp = unary("square", (_, x) => (g) => g.mul(x).mul(2));
/**
 * Elementwise `x²`. Gradient: `2 x g`.
 *
 * PyTorch: [`torch.square`](https://pytorch.org/docs/stable/generated/torch.square.html).
 *
 * @param x - Any shape; booleans become int32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([-3, 0.5]).square().toArray(); // => [9, 0.25]
 * ```
 */
export function square(x: Tensor): Tensor {
  return x.dtype === "bool" ? squareOp(to(x, "int32")) : squareOp(x);
}

const sqrtOp = floatUnary("sqrt", (y) => (g) => g.div(y.mul(2)));
/**
 * Elementwise `√x`; NaN of negative numbers. Gradient: `g / (2√x)`, infinite at 0.
 *
 * PyTorch: [`torch.sqrt`](https://pytorch.org/docs/stable/generated/torch.sqrt.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 4, 9]).sqrt().toArray(); // => [0, 2, 3]
 * ```
 */
export function sqrt(x: Tensor): Tensor {
  return sqrtOp(x);
}

const rsqrtOp = floatUnary("rsqrt", (y) => (g) => g.mul(y.pow(3)).mul(-0.5));
/**
 * Elementwise `1/√x`. Gradient: `-g / (2 x√x)`.
 *
 * PyTorch: [`torch.rsqrt`](https://pytorch.org/docs/stable/generated/torch.rsqrt.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.25, 4]).rsqrt().toArray(); // => [2, 0.5]
 * ```
 */
export function rsqrt(x: Tensor): Tensor {
  return rsqrtOp(x);
}

const reciprocalOp = floatUnary("reciprocal", (y) => (g) => g.mul(y).mul(y).neg());
/**
 * Elementwise `1/x`. Gradient: `-g / x²`.
 *
 * PyTorch: [`torch.reciprocal`](https://pytorch.org/docs/stable/generated/torch.reciprocal.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([2, -4]).reciprocal().toArray(); // => [0.5, -0.25]
 * ```
 */
export function reciprocal(x: Tensor): Tensor {
  return reciprocalOp(x);
}

// ----- exponentials and logarithms -----

const expOp = floatUnary("exp", (y) => (g) => g.mul(y));
/**
 * Elementwise `eˣ`. Gradient: `g eˣ`.
 *
 * PyTorch: [`torch.exp`](https://pytorch.org/docs/stable/generated/torch.exp.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).exp().toArray(); // => [1, 2.7183]
 * ```
 */
export function exp(x: Tensor): Tensor {
  return expOp(x);
}

const exp2Op = floatUnary("exp2", (y) => (g) => g.mul(y).mul(Math.LN2));
/**
 * Elementwise `2ˣ`. Gradient: `g 2ˣ log 2`.
 *
 * PyTorch: [`torch.exp2`](https://pytorch.org/docs/stable/generated/torch.exp2.html).
 *
 * @param x - Any shape; integers become float32.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, 10]).exp2().toArray(); // => [1, 2, 1024]
 * ```
 */
export function exp2(x: Tensor): Tensor {
  return exp2Op(x);
}

const expm1Op = floatUnary("expm1", (y) => (g) => g.mul(y.add(1)));
/**
 * Elementwise `eˣ - 1`, accurate near 0. Gradient: `g eˣ`.
 *
 * PyTorch: [`torch.expm1`](https://pytorch.org/docs/stable/generated/torch.expm1.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, 1e-20]).expm1().toArray(); // => [0, 1.7183, 1e-20]
 * ```
 */
export function expm1(x: Tensor): Tensor {
  return expm1Op(x);
}

const logOp = floatUnary("log", (_, x) => (g) => g.div(x));
/**
 * Elementwise natural logarithm; -Infinity of 0, NaN of negative numbers. Gradient: `g / x`.
 *
 * PyTorch: [`torch.log`](https://pytorch.org/docs/stable/generated/torch.log.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 0.5, 0]).log().toArray(); // => [0, -0.6931, -Infinity]
 * ```
 */
export function log(x: Tensor): Tensor {
  return logOp(x);
}

const log1pOp = floatUnary("log1p", (_, x) => (g) => g.div(x.add(1)));
/**
 * Elementwise `log(1 + x)`, accurate near 0. Gradient: `g / (1 + x)`.
 *
 * PyTorch: [`torch.log1p`](https://pytorch.org/docs/stable/generated/torch.log1p.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1, 1e-20]).log1p().toArray(); // => [0, 0.6931, 1e-20]
 * ```
 */
export function log1p(x: Tensor): Tensor {
  return log1pOp(x);
}

const log2Op = floatUnary("log2", (_, x) => (g) => g.div(x.mul(Math.LN2)));
/**
 * Elementwise logarithm to base 2. Gradient: `g / (x log 2)`.
 *
 * PyTorch: [`torch.log2`](https://pytorch.org/docs/stable/generated/torch.log2.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.25, 1, 8]).log2().toArray(); // => [-2, 0, 3]
 * ```
 */
export function log2(x: Tensor): Tensor {
  return log2Op(x);
}

const log10Op = floatUnary("log10", (_, x) => (g) => g.div(x.mul(Math.LN10)));
/**
 * Elementwise logarithm to base 10. Gradient: `g / (x log 10)`.
 *
 * PyTorch: [`torch.log10`](https://pytorch.org/docs/stable/generated/torch.log10.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0.5, 1, 100]).log10().toArray(); // => [-0.3010, 0, 2]
 * ```
 */
export function log10(x: Tensor): Tensor {
  return log10Op(x);
}

// ----- trigonometric and hyperbolic functions -----

const sinOp = floatUnary("sin", (_, x) => (g) => g.mul(x.cos()));
/**
 * Elementwise sine of radians. Gradient: `g cos(x)`.
 *
 * PyTorch: [`torch.sin`](https://pytorch.org/docs/stable/generated/torch.sin.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, Math.PI / 2, 1]).sin().toArray(); // => [0, 1, 0.8415]
 * ```
 */
export function sin(x: Tensor): Tensor {
  return sinOp(x);
}

const cosOp = floatUnary("cos", (_, x) => (g) => g.mul(x.sin()).neg());
/**
 * Elementwise cosine of radians. Gradient: `-g sin(x)`.
 *
 * PyTorch: [`torch.cos`](https://pytorch.org/docs/stable/generated/torch.cos.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, Math.PI, 1]).cos().toArray(); // => [1, -1, 0.5403]
 * ```
 */
export function cos(x: Tensor): Tensor {
  return cosOp(x);
}

const tanOp = floatUnary("tan", (y) => (g) => g.mul(y.square().add(1)));
/**
 * Elementwise tangent of radians. Gradient: `g (1 + tan² x)`.
 *
 * PyTorch: [`torch.tan`](https://pytorch.org/docs/stable/generated/torch.tan.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).tan().toArray(); // => [0, 1.5574]
 * ```
 */
export function tan(x: Tensor): Tensor {
  return tanOp(x);
}

const asinOp = floatUnary("asin", (_, x) => (g) => g.mul(x.square().neg().add(1).rsqrt()));
/**
 * Elementwise inverse sine, in radians; NaN outside of [-1, 1]. Gradient: `g / √(1 - x²)`.
 *
 * PyTorch: [`torch.asin`](https://pytorch.org/docs/stable/generated/torch.asin.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 0.5, 1]).asin().toArray(); // => [0, 0.5236, 1.5708]
 * ```
 */
export function asin(x: Tensor): Tensor {
  return asinOp(x);
}

const acosOp = floatUnary("acos", (_, x) => (g) => g.mul(x.square().neg().add(1).rsqrt()).neg());
/**
 * Elementwise inverse cosine, in radians; NaN outside of [-1, 1]. Gradient: `-g / √(1 - x²)`.
 *
 * PyTorch: [`torch.acos`](https://pytorch.org/docs/stable/generated/torch.acos.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 0.5, 1]).acos().toArray(); // => [1.5708, 1.0472, 0]
 * ```
 */
export function acos(x: Tensor): Tensor {
  return acosOp(x);
}

const atanOp = floatUnary("atan", (_, x) => (g) => g.div(x.square().add(1)));
/**
 * Elementwise inverse tangent, in radians. Gradient: `g / (1 + x²)`.
 *
 * PyTorch: [`torch.atan`](https://pytorch.org/docs/stable/generated/torch.atan.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).atan().toArray(); // => [0, 0.7854]
 * ```
 */
export function atan(x: Tensor): Tensor {
  return atanOp(x);
}

const sinhOp = floatUnary("sinh", (_, x) => (g) => g.mul(x.cosh()));
/**
 * Elementwise hyperbolic sine. Gradient: `g cosh(x)`.
 *
 * PyTorch: [`torch.sinh`](https://pytorch.org/docs/stable/generated/torch.sinh.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).sinh().toArray(); // => [0, 1.1752]
 * ```
 */
export function sinh(x: Tensor): Tensor {
  return sinhOp(x);
}

const coshOp = floatUnary("cosh", (_, x) => (g) => g.mul(x.sinh()));
/**
 * Elementwise hyperbolic cosine. Gradient: `g sinh(x)`.
 *
 * PyTorch: [`torch.cosh`](https://pytorch.org/docs/stable/generated/torch.cosh.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).cosh().toArray(); // => [1, 1.5431]
 * ```
 */
export function cosh(x: Tensor): Tensor {
  return coshOp(x);
}

const tanhOp = floatUnary("tanh", (y) => (g) => tanhBackward(g, y));
/**
 * Elementwise hyperbolic tangent, between -1 and 1. Gradient: `g (1 - tanh² x)`.
 *
 * PyTorch: [`torch.tanh`](https://pytorch.org/docs/stable/generated/torch.tanh.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 1]).tanh().toArray(); // => [0, 0.7616]
 * ```
 */
export function tanh(x: Tensor): Tensor {
  return tanhOp(x);
}

const sigmoidOp = floatUnary("sigmoid", (y) => (g) => sigmoidBackward(g, y));
/**
 * Elementwise `1 / (1 + e⁻ˣ)`, between 0 and 1. Gradient: `g y (1 - y)`.
 *
 * PyTorch: [`torch.sigmoid`](https://pytorch.org/docs/stable/generated/torch.sigmoid.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 2]).sigmoid().toArray(); // => [0.5, 0.8808]
 * ```
 */
export function sigmoid(x: Tensor): Tensor {
  return sigmoidOp(x);
}

const reluOp = unary("relu", (y) => (g) => reluBackward(g, y));
/**
 * Elementwise `max(x, 0)`; NaN stays NaN. Gradient: `g`, but 0 where `x ≤ 0`.
 *
 * PyTorch: [`torch.nn.functional.relu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.relu.html).
 *
 * @param x - Any shape; floating point or int32.
 * @returns Shape of `x`.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([-1, 0, 2], { requiresGrad: true });
 * const y = x.relu();
 * y.toArray(); // => [0, 0, 2]
 * y.sum().backward();
 * x.grad?.toArray(); // => [0, 0, 1]
 * ```
 */
export function relu(x: Tensor): Tensor {
  if (x.dtype === "bool") throw new DTypeError("relu", "is not defined for bool; convert with .to()");
  return reluOp(x);
}

const erfOp = floatUnary("erf", (_, x) => (g) => g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)));
/**
 * Elementwise error function `2/√π ∫₀ˣ e^(-t²) dt`. Gradient: `2/√π e^(-x²) g`.
 *
 * PyTorch: [`torch.erf`](https://pytorch.org/docs/stable/generated/torch.erf.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @returns Shape of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([0, 0.5, 1]).erf().toArray(); // => [0, 0.5205, 0.8427]
 * ```
 */
export function erf(x: Tensor): Tensor {
  return erfOp(x);
}

// ----- arithmetic of two operands -----

type BinaryMaker = ((y: Tensor, a: Tensor, b: Tensor) => Vjp) | null;

/** A function of two elements of one dtype and shape; broadcasting has happened before. */
function binary(name: BinaryOp, da: BinaryMaker, db: BinaryMaker): Op<[a: Tensor, b: Tensor]> {
  return defineOp<[a: Tensor, b: Tensor]>(name, {
    shape: (a) => a.shape,
    run: (k, out, a, b) => k.binary(out, name, a, b),
    vjp: [da, db],
  });
}

/** Options of {@link add} and {@link sub}. */
export interface AlphaOptions {
  /** Multiplies the second operand. Default: 1. */
  alpha?: number;
}

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
export function add(a: Operandlike, b: Operandlike, options: AlphaOptions = {}): Tensor {
  return addOp(...meet("add", a, scaled("add", a, b, options.alpha)));
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
export function sub(a: Operandlike, b: Operandlike, options: AlphaOptions = {}): Tensor {
  if (isBool(a) || isBool(b))
    throw new DTypeError(
      "sub",
      'booleans have no difference; use .logicalXor(b) or .logicalNot(), or convert with .to("int32")',
    );
  return subOp(...meet("sub", a, scaled("sub", a, b, options.alpha)));
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
  (y, _a, b) => (g) => g.mul(y).div(b).neg(),
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
  options: { roundingMode?: "floor" | "trunc" | null } = {},
): Tensor {
  const { roundingMode = null } = options;
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
  if (b.dtype === "int32" && b.toTypedArray().includes(0))
    throw new ValueError(op, 'integers cannot be divided by 0; convert them with .to("float32")');
}

function integerAtLeast(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
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
  return add(x, mul(scaled("addcmul", x, a, options.value), b));
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
  return add(x, div(scaled("addcdiv", x, a, options.value), b));
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

const powOp = binary(
  "pow",
  (_y, a, b) => (g) => g.mul(where(b.eq(0), zerosLike(b), b.mul(a.pow(b.sub(1))))),
  (y, a, b) => (g) => g.mul(where(a.eq(0).logicalAnd(b.ge(0)), zerosLike(y), y.mul(a.log()))),
);
/**
 * Elementwise `aᵇ`. Gradients: `g b aᵇ⁻¹` and `g aᵇ log a` (0 where `a` is 0 and `b` is not negative).
 *
 * PyTorch: [`torch.pow`](https://pytorch.org/docs/stable/generated/torch.pow.html).
 *
 * @param a - The base: a tensor or a number.
 * @param b - The exponent: a tensor that broadcasts with `a`, or a number. One of the two must be a tensor.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if both are bool.
 * @throws ValueError if `a` is int32 and `b` a negative integer.
 *
 * @example
 * ```ts
 * import { pow, tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).pow(2).toArray(); // => [1, 4, 9]
 * pow(2, tensor([-1, 0, 10])).toArray(); // => [0.5, 1, 1024]
 * ```
 */
export function pow(a: Operandlike, b: Operandlike): Tensor {
  const dtype = commonDType([a, b]);
  if (!(b instanceof Tensor)) requireTensor("pow", a, "one of base and exponent");
  if (dtype === "bool") throw new DTypeError("pow", 'is not defined for bool; convert with .to("int32")');
  if (!isFloatingPoint(dtype) && typeof b === "number" && b < 0) {
    throw new ValueError(
      "pow",
      `integers to the negative power ${b} are not integers; convert the base with .to("float32")`,
    );
  }
  return powOp(...meet("pow", a, b, dtype));
}

const atan2Op = binary(
  "atan2",
  (_y, a, b) => (g) => g.mul(b).div(a.square().add(b.square())),
  (_y, a, b) => (g) => g.mul(a.neg()).div(a.square().add(b.square())),
);
/**
 * Elementwise angle of the point `(b, a)`, in radians. Gradients: `g b / (a² + b²)` and `-g a / (a² + b²)`.
 *
 * The angle with the positive x-axis, from -π to π: `a` is the y-coordinate, `b` the x-coordinate.
 *
 * PyTorch: [`torch.atan2`](https://pytorch.org/docs/stable/generated/torch.atan2.html).
 *
 * @param a - A tensor or a number; integers and booleans become float32.
 * @param b - A tensor that broadcasts with `a`, or a number.
 * @returns The broadcast shape.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 1]).atan2(tensor([1, -1])).toArray(); // => [0.7854, 2.3562]
 * ```
 */
export function atan2(a: Tensor, b: Tensor): Tensor {
  requireTensors("atan2", a, b);
  const dtype = commonDType([a, b]);
  return atan2Op(...meet("atan2", a, b, isFloatingPoint(dtype) ? dtype : "float32"));
}

const hypotOp = binary(
  "hypot",
  (y, a) => (g) => g.mul(a.div(y)),
  (y, _a, b) => (g) => g.mul(b.div(y)),
);
/**
 * Elementwise `√(a² + b²)`, without overflow in between. Gradients: `g a / y` and `g b / y`.
 *
 * PyTorch: [`torch.hypot`](https://pytorch.org/docs/stable/generated/torch.hypot.html).
 *
 * @param a - Any shape; integers become float32.
 * @param b - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([3, 5]).hypot(tensor([4, 12])).toArray(); // => [5, 13]
 * ```
 */
export function hypot(a: Tensor, b: Tensor): Tensor {
  requireTensors("hypot", a, b);
  return hypotOp(...meet("hypot", a, b, promoteTypes(commonDType([a, b]), "float32")));
}

const logaddexpOp = binary(
  "logaddexp",
  (y, a) => (g) => g.mul(a.sub(y).exp()),
  (y, _a, b) => (g) => g.mul(b.sub(y).exp()),
);
/**
 * Elementwise `log(eᵃ + eᵇ)`, without overflow. Gradients: `g eᵃ⁻ʸ` and `g eᵇ⁻ʸ`.
 *
 * PyTorch: [`torch.logaddexp`](https://pytorch.org/docs/stable/generated/torch.logaddexp.html).
 *
 * @param a - Any shape; integers become float32.
 * @param b - A shape that broadcasts with it.
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1000, 0]).logaddexp(tensor([0, -1000])).toArray(); // => [1000, 0]
 * ```
 */
export function logaddexp(a: Tensor, b: Tensor): Tensor {
  requireTensors("logaddexp", a, b);
  return logaddexpOp(...meet("logaddexp", a, b, promoteTypes(commonDType([a, b]), "float32")));
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
  const far = (): Tensor => y.sub(way.mul(sub(1, weight)));
  if (weight instanceof Tensor) return where(weight.lt(0.5), near(), far());
  return weight < 0.5 ? near() : far();
}

// ----- the larger and the smaller -----

/** The gradient of an operand: none where it loses, half in a tie; where a NaN decides, neither has lost. */
function unlessLost(g: Tensor, loses: Tensor, tie: Tensor): Tensor {
  return where(loses, 0, where(tie, g.mul(0.5), g));
}

const maximumOp = binary(
  "maximum",
  (_y, a, b) => (g) => unlessLost(g, a.lt(b), a.eq(b)),
  (_y, a, b) => (g) => unlessLost(g, a.gt(b), a.eq(b)),
);
/**
 * Elementwise the larger of two; NaN if either is NaN. Gradient: to the larger, halved in a tie.
 *
 * PyTorch: [`torch.maximum`](https://pytorch.org/docs/stable/generated/torch.maximum.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A shape that broadcasts with it.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).maximum(tensor([4, 2])).toArray(); // => [4, 5]
 * ```
 */
export function maximum(a: Tensor, b: Tensor): Tensor {
  requireTensors("maximum", a, b);
  return maximumOp(...meet("maximum", a, b));
}

const minimumOp = binary(
  "minimum",
  (_y, a, b) => (g) => unlessLost(g, a.gt(b), a.eq(b)),
  (_y, a, b) => (g) => unlessLost(g, a.lt(b), a.eq(b)),
);
/**
 * Elementwise the smaller of two; NaN if either is NaN. Gradient: to the smaller, halved in a tie.
 *
 * PyTorch: [`torch.minimum`](https://pytorch.org/docs/stable/generated/torch.minimum.html).
 *
 * @param a - Any shape, any dtype.
 * @param b - A shape that broadcasts with it.
 * @returns The broadcast shape, in the common dtype ({@link promoteTypes}).
 * @throws ShapeError if the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 5]).minimum(tensor([4, 2])).toArray(); // => [1, 2]
 * ```
 */
export function minimum(a: Tensor, b: Tensor): Tensor {
  requireTensors("minimum", a, b);
  return minimumOp(...meet("minimum", a, b));
}
