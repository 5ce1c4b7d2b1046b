/**
 * Activations that would take several operations, in one, and their gradients as well. For the functions of `@torchlet/nn`, which check
 * arguments.
 *
 * @packageDocumentation
 */
import { zerosLike } from "../create.ts";
import type { ActivationOp, Parameters } from "../kernels/plain/activations.ts";
import { defineOp, type Op } from "../op.ts";
import { where } from "../ops/choose.ts";
import { floating } from "../ops/operands.ts";
import { discarding } from "../storage/scratch.ts";
import type { Tensor } from "../tensor.ts";

type Activation = Op<[x: Tensor], [parameters: Parameters]>;
type Gradient = Op<[g: Tensor, x: Tensor], [parameters: Parameters]>;

/** An activation; its second derivative, null where it is piecewise linear; and the parameters of its gradient, if they are others. */
function activation(
  op: ActivationOp,
  second: ((x: Tensor, parameters: Parameters) => Tensor) | null,
  slope: (parameters: Parameters) => Parameters = (parameters) => parameters,
): Activation {
  const backward: Gradient = defineOp<[g: Tensor, x: Tensor], [parameters: Parameters]>(`${op}Backward`, {
    shape: (g) => g.shape,
    run: (k, out, g, x, parameters) => k.activationBackward(out, op, g, x, slope(parameters)),
    vjp: [
      (_z, _g, x, parameters) => (h) => backward(h, x, parameters),
      second
        ? (_z, g, x, parameters) => (h) => h.mul(g).mul(second(x, parameters))
        : () => (h) => zerosLike(h),
    ],
  });
  return defineOp<[x: Tensor], [parameters: Parameters]>(op, {
    shape: (x) => x.shape,
    run: (k, out, x, parameters) => k.activation(out, op, x, parameters),
    vjp: [(_y, x, parameters) => (g) => backward(g, x, parameters)],
  });
}

const leakyReluOp = activation("leakyRelu", null);

/** `x` where x is above 0, else `slope x`. */
export function leakyRelu(x: Tensor, slope: number): Tensor {
  return leakyReluOp(floating("leakyRelu", x), [slope, 0, 0]);
}

const hardtanhOp = activation("hardtanh", null);

/** `x` limited to `[min, max]`, with a gradient of 0 at the ends. */
export function hardtanh(x: Tensor, min: number, max: number): Tensor {
  return hardtanhOp(x.dtype === "bool" ? floating("hardtanh", x) : x, [min, max, 0]);
}

const hardswishOp = activation("hardswish", (x) => x.abs().lt(3).to(x.dtype).div(3));

/** `x min(max(x + 3, 0), 6) / 6` */
export function hardswish(x: Tensor): Tensor {
  return hardswishOp(floating("hardswish", x), [0, 0, 0]);
}

const eluOp = activation("elu", curvatureOfElu, ([negative, positive, scale]) => [
  negative * scale,
  positive,
  scale,
]);

function curvatureOfElu(x: Tensor, [negative, , scale]: Parameters): Tensor {
  const straight = x.ge(0);
  const curve = x.maskedFill(straight, 0).mul(scale).exp();
  return where(straight, 0, curve.mul(negative * scale * scale));
}

/** `positive x` where x is above 0, else `negative (e^(scale x) - 1)`. */
export function elu(x: Tensor, negative: number, positive: number, scale: number): Tensor {
  return eluOp(floating("elu", x), [negative, positive, scale]);
}

const siluOp = defineOp<[x: Tensor]>("silu", {
  shape: (x) => x.shape,
  run: (k, out, x) => {
    k.unary(out, "sigmoid", x);
    k.binary(out, "mul", x, out);
  },
  vjp: [
    (_y, x) => (g) => {
      const gate = x.sigmoid();
      return g.mul(gate.mul(x.mul(gate.neg().add(1)).add(1)));
    },
  ],
});

/** `x / (1 + e⁻ˣ)` */
export function silu(x: Tensor): Tensor {
  return siluOp(floating("silu", x));
}

const DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

const geluOp = activation("gelu", (x) => {
  const square = x.square();
  return square.mul(-0.5).exp().mul(square.neg().add(2)).mul(DENSITY_AT_0);
});

/** `x Φ(x)`, for the distribution function Φ of the standard normal distribution. */
export function gelu(x: Tensor): Tensor {
  return geluOp(floating("gelu", x), [0, 0, 0]);
}

const logSigmoidOp = defineOp<[x: Tensor]>("logSigmoid", {
  shape: (x) => x.shape,
  run: (k, out, x) => {
    discarding(() => {
      const value = x.detach();
      k.binary(out, "sub", value.clamp(null, 0), value.abs().neg().exp().log1p());
    });
  },
  vjp: [(_y, x) => (g) => g.mul(x.neg().sigmoid())],
});

/** `log(1 / (1 + e⁻ˣ))` */
export function logSigmoid(x: Tensor): Tensor {
  return logSigmoidOp(floating("logSigmoid", x));
}

const softplusOp = defineOp<[x: Tensor], [beta: number, threshold: number]>("softplus", {
  shape: (x) => x.shape,
  run: (k, out, x, beta, threshold) => {
    discarding(() => {
      const value = x.detach();
      const scaled = times(value, beta);
      const bent = scaled.exp().log1p();
      k.where(out, scaled.gt(threshold), value, beta === 1 ? bent : bent.div(beta));
    });
  },
  vjp: [
    (_y, x, beta, threshold) => (g) => {
      const scaled = times(x, beta);
      return where(scaled.gt(threshold), g, g.mul(scaled.sigmoid()));
    },
  ],
});

function times(x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : x.mul(factor);
}

/** `log(1 + e^(beta x)) / beta`; `x` itself where `beta x` is above the threshold. */
export function softplus(x: Tensor, beta: number, threshold: number): Tensor {
  return softplusOp(floating("softplus", x), beta, threshold);
}
