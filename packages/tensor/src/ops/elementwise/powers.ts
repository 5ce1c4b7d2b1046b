/** Powers and roots. */
import { zerosLike } from "../../create.ts";
import { isFloatingPoint, promoteTypes } from "../../dtype.ts";
import { DTypeError, ValueError } from "../../errors.ts";
import type { UnaryOp } from "../../kernels/scalar/functions.ts";
import { defineOp, type Op } from "../../op.ts";
import { Tensor } from "../../tensor.ts";
import { where } from "../choose.ts";
import { to } from "../convert.ts";
import {
  commonDType,
  lift,
  meet,
  repeated,
  requireTensor,
  requireTensors,
  type Operandlike,
} from "../operands.ts";
import { binary, floatUnary, unary } from "./define.ts";

const squareOp = unary("square", (_, x) => (g) => g.mul(x.add(x)));
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

/** Powers that PyTorch computes without a logarithm too, which decides what becomes of 0, infinities and negative numbers. */
const shortcuts: ReadonlyMap<number, UnaryOp> = new Map([
  [-2, "reciprocalSquare"],
  [-1, "reciprocal"],
  [-0.5, "rsqrt"],
  [0.5, "sqrt"],
  [2, "square"],
  [3, "cube"],
]);

/** `xᵇ` for a plain number b. */
const powerOp: Op<[x: Tensor], [b: number]> = defineOp<[x: Tensor], [b: number]>("pow", {
  shape: (x) => x.shape,
  run: (k, out, x, b) => {
    const shortcut = shortcuts.get(b);
    if (shortcut !== undefined) k.unary(out, shortcut, x);
    else if (b === 1) k.copy(out, x);
    else if (b === 0) k.fill(out, 1);
    else k.binary(out, "pow", x, repeated(b, x.dtype, x.shape));
  },
  vjp: [
    (_, x, b) => (g) => {
      if (b === 0) return zerosLike(g);
      if (b === 1) return g;
      return g.mul((b === 2 ? x : powerOp(x, b - 1)).mul(b));
    },
  ],
});

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
 * @param b - The exponent: a tensor that broadcasts with `a`, or a number. One of the two must be a tensor. The numbers 0, 1, 2, 3, 0.5,
 *   -0.5, -1 and -2 take multiplications, a root or a division, so that -0 to the power 0.5 is -0, as in PyTorch.
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
  return typeof b === "number" ? powerOp(lift("pow", a, dtype), b) : powOp(...meet("pow", a, b, dtype));
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
