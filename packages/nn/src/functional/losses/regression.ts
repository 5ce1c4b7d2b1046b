/** Losses for targets that are numbers. */
import { ShapeError, ValueError, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "@torchlet/tensor/checks";
import { squaredError } from "@torchlet/tensor/fused";
import { log } from "@torchlet/tensor/math";
import { requireTensor, requireTensors } from "../../arguments/tensors.ts";
import { broadcasts } from "../../shapes.ts";
import { reduceLosses, reductionOf, refuseBool, type LossOptions } from "./reduction.ts";

const warned = new Set<string>();

/** Broadcasting an input against its target is nearly always a mistake (shape [n, 1] against [n]), so PyTorch warns; so do we, once per kind. */
function warnOfBroadcasting(op: string, input: Tensor, target: Tensor): void {
  if (sameShape(input.shape, target.shape)) return;
  const message = `[${op}] target ${format(target.shape)} is broadcast against input ${format(input.shape)}: the loss then compares every pair; give both the same shape`;
  if (warned.has(message)) return;
  warned.add(message);
  // eslint-disable-next-line no-console -- PyTorch's warning, at the place where it appears there
  console.warn(message);
}

/** `input - target`, after the checks that all these losses share. */
function distance(op: string, input: Tensor, target: Tensor): Tensor {
  checkPair(op, input, target);
  return input.sub(target);
}

/** Throws unless both are tensors that broadcast; warns if they do. */
function checkPair(op: string, input: Tensor, target: Tensor): void {
  requireTensors(op, input, target);
  refuseBool(op, "target", target);
  if (!broadcasts(input.shape, target.shape))
    throw new ShapeError(
      op,
      `target ${format(target.shape)} does not broadcast with input ${format(input.shape)}; give both the same shape`,
    );
  warnOfBroadcasting(op, input, target);
}

/**
 * Squared distances `(x - t)²`. Gradient of each: `2 (x - t) g`, and its negative for the target.
 *
 * PyTorch: [`F.mse_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html). As there, shapes that differ
 * broadcast, with a warning on the console.
 *
 * @param input - Any shape, floating point.
 * @param target - The same shape.
 * @param options - `reduction`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if one of them is no tensor.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.mseLoss(tensor([1, 5]), tensor([2, 2])).item(); // => 5
 * ```
 */
export function mseLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const reduction = reductionOf("mseLoss", options);
  checkPair("mseLoss", input, target);
  return reduction === "none"
    ? input.sub(target).square()
    : squaredError(input, target, reduction === "mean");
}

/**
 * Distances `|x - t|`. Gradient of each: `sign(x - t) g`, and its negative for the target.
 *
 * PyTorch: [`F.l1_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html). As there, shapes that differ
 * broadcast, with a warning on the console.
 *
 * @param input - Any shape, floating point.
 * @param target - The same shape.
 * @param options - `reduction`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if one of them is no tensor.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.l1Loss(tensor([1, 5]), tensor([2, 2]), { reduction: "none" }).toArray(); // => [1, 3]
 * ```
 */
export function l1Loss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const reduction = reductionOf("l1Loss", options);
  return reduceLosses(distance("l1Loss", input, target).abs(), reduction);
}

/** `d² / 2` where `|d| < delta`, else `delta (|d| - delta / 2)`: with `c`, which is `d` limited to `delta`, both are `(d - c / 2) c`. */
function huber(d: Tensor, delta: number): Tensor {
  const c = d.clamp(-delta, delta);
  return d.sub(c, { alpha: 0.5 }).mul(c);
}

/** Options of {@link smoothL1Loss}. */
export interface SmoothL1LossOptions extends LossOptions {
  /** Up to which distance the loss is quadratic. Default: 1; 0 gives {@link l1Loss}. */
  beta?: number;
}

/**
 * With `d = x - t`: `d² / (2 beta)` where `|d| < beta`, else `|d| - beta / 2`. Gradient of each: `d / beta`, or `sign(d)`, times `g`.
 *
 * PyTorch: [`F.smooth_l1_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html). As there, shapes
 * that differ broadcast, with a warning on the console.
 *
 * @param input - Any shape, floating point.
 * @param target - The same shape.
 * @param options - `beta`, `reduction`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if one of them is no tensor.
 * @throws ValueError if `beta` is negative or `reduction` unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.smoothL1Loss(tensor([0.5, 3]), tensor([0, 0]), { reduction: "none" }).toArray(); // => [0.125, 2.5]
 * ```
 */
export function smoothL1Loss(input: Tensor, target: Tensor, options: SmoothL1LossOptions = {}): Tensor {
  const reduction = reductionOf("smoothL1Loss", options, ["beta"]);
  const { beta = 1 } = options;
  if (!(beta >= 0)) throw new ValueError("smoothL1Loss", `beta must not be negative, got ${beta}`);
  const d = distance("smoothL1Loss", input, target);
  if (beta === 0) return reduceLosses(d.abs(), reduction);
  return reduceLosses(beta === 1 ? huber(d, 1) : huber(d, beta).div(beta), reduction);
}

/** Options of {@link huberLoss}. */
export interface HuberLossOptions extends LossOptions {
  /** Up to which distance the loss is quadratic. Default: 1. */
  delta?: number;
}

/**
 * With `d = x - t`: `d² / 2` where `|d| < delta`, else `delta (|d| - delta / 2)`. Gradient of each: `d`, or `delta sign(d)`, times `g`.
 *
 * PyTorch: [`F.huber_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html). As there, shapes that
 * differ broadcast, with a warning on the console.
 *
 * @param input - Any shape, floating point.
 * @param target - The same shape.
 * @param options - `delta`, `reduction`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws DTypeError if one of them is no tensor.
 * @throws ValueError if `delta` is not positive or `reduction` unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.huberLoss(tensor([1, 5]), tensor([0, 0]), { delta: 2, reduction: "none" }).toArray(); // => [0.5, 8]
 * ```
 */
export function huberLoss(input: Tensor, target: Tensor, options: HuberLossOptions = {}): Tensor {
  const reduction = reductionOf("huberLoss", options, ["delta"]);
  const { delta = 1 } = options;
  if (!(delta > 0)) throw new ValueError("huberLoss", `delta must be positive, got ${delta}`);
  return reduceLosses(huber(distance("huberLoss", input, target), delta), reduction);
}

/** Options of {@link poissonNllLoss}. */
export interface PoissonNllLossOptions extends LossOptions {
  /** Whether the input is the logarithm of the expected count. Default: true. */
  logInput?: boolean;
  /** Whether to add Stirling's approximation of `log(t!)`, for `t > 1`. Default: false. */
  full?: boolean;
  /** Added to the input before its logarithm is taken. Default: 1e-8. */
  eps?: number;
}

/**
 * Negative log-likelihood of counts `t` under the Poisson distribution: `eˣ - t x`, or without `logInput` `x - t log(x + eps)`.
 *
 * Gradients by the chain rule. PyTorch: [`F.poisson_nll_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.poisson_nll_loss.html).
 *
 * @param input - Any shape, floating point.
 * @param target - The counts, broadcast against the input.
 * @param options - `logInput`, `full`, `eps`, `reduction`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.poissonNllLoss(tensor([0]), tensor([3])).item(); // => 1
 * ```
 */
export function poissonNllLoss(input: Tensor, target: Tensor, options: PoissonNllLossOptions = {}): Tensor {
  const reduction = reductionOf("poissonNllLoss", options, ["logInput", "full", "eps"]);
  const { logInput = true, full = false, eps = 1e-8 } = options;
  requireTensors("poissonNllLoss", input, target);
  const losses = logInput ? input.exp().sub(target.mul(input)) : input.sub(target.mul(input.add(eps).log()));
  return reduceLosses(full ? losses.add(stirling(target)) : losses, reduction);
}

/** An approximation of `log(t!)` for `t > 1`, else 0. */
function stirling(target: Tensor): Tensor {
  const small = target.le(1);
  const t = target.maskedFill(small, 1);
  const term = t
    .mul(t.log())
    .sub(t)
    .add(
      t
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return term.maskedFill(small, 0);
}

/** Options of {@link gaussianNllLoss}. */
export interface GaussianNllLossOptions extends LossOptions {
  /** Whether to add the constant `log(2π) / 2`. Default: false. */
  full?: boolean;
  /** The smallest variance that is taken seriously. Default: 1e-6. */
  eps?: number;
}

/**
 * Negative log-likelihood of `t` under normal distributions: `(log v + (x - t)² / v) / 2` with the variance `v`, at least `eps`.
 *
 * Gradients by the chain rule; the limit `eps` counts as if it were not there. PyTorch: [`F.gaussian_nll_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.gaussian_nll_loss.html).
 *
 * @param input - The means, any shape.
 * @param target - The observed values.
 * @param variance - The shape of the input, or that without the last dimension or with 1 as the last size.
 * @param options - `full`, `eps`, `reduction`.
 * @throws ShapeError if `variance` has another shape.
 * @throws ValueError if a variance is negative or `reduction` unknown.
 *
 * @example
 * ```ts
 * import { ones, tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.gaussianNllLoss(tensor([1, 5]), tensor([2, 2]), ones(2)).item(); // => 2.5
 * ```
 */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor,
  options: GaussianNllLossOptions = {},
): Tensor {
  const reduction = reductionOf("gaussianNllLoss", options, ["full", "eps"]);
  const { full = false, eps = 1e-6 } = options;
  requireTensors("gaussianNllLoss", input, target);
  requireTensor("gaussianNllLoss", "the variance", variance);
  const v = variancesFor(input, variance);
  if (variance.lt(0).any().item()) throw new ValueError("gaussianNllLoss", "a variance is negative");
  const excess = v.detach().clampMin(eps).sub(v.detach());
  const limited = v.add(excess);
  const losses = limited.log().add(input.sub(target).square().div(limited)).mul(0.5);
  return reduceLosses(full ? losses.add(0.5 * log(2 * Math.PI)) : losses, reduction);
}

/** The variances with as many dimensions as the input. */
function variancesFor(input: Tensor, variance: Tensor): Tensor {
  const leading = input.shape.slice(0, -1);
  if (sameShape(variance.shape, input.shape) || sameShape(variance.shape, [...leading, 1])) return variance;
  if (sameShape(variance.shape, leading)) return variance.unsqueeze(-1);
  throw new ShapeError(
    "gaussianNllLoss",
    `variance ${format(variance.shape)} does not fit input ${format(input.shape)}: it must have its shape, or that without the last dimension`,
  );
}
