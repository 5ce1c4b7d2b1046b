/** Trigonometric and hyperbolic functions. */
import { isFloatingPoint } from "../../dtype.ts";
import type { Tensor } from "../../tensor.ts";
import { tanhBackward } from "../gradients.ts";
import { commonDType, meet, requireTensors } from "../operands.ts";
import { binary, floatUnary } from "./define.ts";

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
