import { noGrad, requireOptions, ShapeError, standardize, type Shape, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "@torchlet/tensor/checks";
import { hidden } from "@torchlet/tensor/fused";
import { requireTensor } from "../arguments/tensors.ts";

/** Times a weight and plus a bias, where given. */
function affine(y: Tensor, weight: Tensor | null, bias: Tensor | null): Tensor {
  const scaled = weight === null ? y : y.mul(weight);
  return bias === null ? scaled : scaled.add(bias);
}

/** Standardizes every channel, the second dimension, over all others. */
function standardizeChannels(x: Tensor, eps: number): Tensor {
  if (x.ndim === 2) return standardize(x, 0, eps);
  const first = x.transpose(0, 1);
  return standardize(first.reshape(first.shape[0]!, -1), 1, eps).reshape(first.shape).transpose(0, 1);
}

/** Options of {@link batchNorm}. */
export interface BatchNormOptions {
  /** Multiplied to every channel, shape [C]. Default: 1. */
  weight?: Tensor | null;
  /** Added to every channel, shape [C]. Default: 0. */
  bias?: Tensor | null;
  /** Normalise by the batch's own statistics and update the running ones. Default: false. */
  training?: boolean;
  /** How much of the running statistics is replaced by those of this batch. Default: 0.1. */
  momentum?: number;
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
}

/**
 * Normalises every channel to mean 0 and variance 1, over the batch (Ioffe and Szegedy 2015).
 *
 * In training the mean and the biased variance of the batch are used, and the running statistics, if given, move towards them (the
 * variance towards the unbiased one) in place; otherwise the running statistics are used. Gradients: through the batch's statistics,
 * too, as of {@link layerNorm}; for weight and bias by the chain rule. PyTorch: [`F.batch_norm`](https://pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html).
 *
 * @param x - Shape [N, C] or [N, C, ...].
 * @param runningMean - Shape [C]; may be null in training.
 * @param runningVar - Shape [C]; may be null in training.
 * @param options - `weight`, `bias`, `training`, `momentum`, `eps`.
 * @throws ShapeError if the shapes do not fit, or a channel has a single element in training.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const [mean, variance] = [tensor([10]), tensor([4])];
 * F.batchNorm(tensor([[12], [6]]), mean, variance, { eps: 0 }).toArray(); // => [[1], [-2]]
 * F.batchNorm(tensor([[12], [6]]), mean, variance, { training: true, momentum: 0.5, eps: 0 }).toArray(); // => [[1], [-1]]
 * [mean.item(), variance.item()]; // => [9.5, 11]
 * ```
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: BatchNormOptions = {},
): Tensor {
  requireOptions("batchNorm", options, "training: true", ["weight", "bias", "training", "momentum", "eps"]);
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options;
  requireTensor("batchNorm", "the input", x);
  if (x.ndim < 2)
    throw new ShapeError("batchNorm", `the input must be [N, C] or [N, C, ...], got ${format(x.shape)}`);
  const channels = x.shape[1]!;
  checkPerChannel(channels, { runningMean, runningVar, weight, bias });
  const perChannel = (v: Tensor): Tensor => v.reshape([channels, ...x.shape.slice(2).map(() => 1)]);
  if (!training) {
    if (runningMean === null || runningVar === null)
      throw new ShapeError(
        "batchNorm",
        "outside of training it needs running statistics; pass { training: true } without them",
      );
    const inverse = runningVar.add(eps).rsqrt();
    const scale = weight === null ? inverse : inverse.mul(weight);
    const shift = runningMean.mul(scale).neg();
    return affine(x, perChannel(scale), perChannel(bias === null ? shift : shift.add(bias)));
  }
  const factors = [weight && perChannel(weight), bias && perChannel(bias)] as const;
  if (x.numel === 0) return affine(x.clone(), ...factors);
  if (x.numel === channels)
    throw new ShapeError(
      "batchNorm",
      `in training a channel needs more than one element, got shape ${format(x.shape)}; use a larger batch, or eval()`,
    );
  updateStatistics(x, momentum, runningMean, runningVar);
  return affine(standardizeChannels(x, eps), ...factors);
}

/** Moves the running statistics towards those of a batch. */
function updateStatistics(x: Tensor, momentum: number, mean: Tensor | null, variance: Tensor | null): void {
  const dims = x.shape.map((_, d) => d).filter((d) => d !== 1);
  noGrad(() => {
    mean?.mul_(1 - momentum).add_(x.mean(dims), { alpha: momentum });
    variance?.mul_(1 - momentum).add_(x.var(dims), { alpha: momentum });
    return null;
  });
}

function checkPerChannel(channels: number, tensors: Record<string, Tensor | null>): void {
  for (const [name, x] of Object.entries(tensors)) {
    if (x === null) continue;
    requireTensor("batchNorm", name, x);
    if (!sameShape(x.shape, [channels]))
      throw new ShapeError(
        "batchNorm",
        `${name} ${format(x.shape)} must have one element for each of the ${channels} channels`,
      );
  }
}

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /** Multiplied to the result, of the normalised shape. Default: 1. */
  weight?: Tensor | null;
  /** Added to the result, of the normalised shape. Default: 0. */
  bias?: Tensor | null;
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
}

/**
 * Normalises every sample to mean 0 and variance 1 over its last dimensions (Ba et al. 2016).
 *
 * Gradients: with `g` times the weight for `g`, that of `standardize`, `(g - mean g - y mean g y) / √(variance + eps)`; by the chain rule
 * for weight and bias.
 *
 * PyTorch: [`F.layer_norm`](https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html).
 *
 * @param x - Shape [..., ...normalizedShape].
 * @param normalizedShape - The last sizes, over which mean and biased variance are taken.
 * @param options - `weight`, `bias`, `eps`.
 * @throws ShapeError if the shapes do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.layerNorm(tensor([[1, 3], [10, 30]]), [2], { eps: 0 }).toArray(); // => [[-1, 1], [-1, 1]]
 * ```
 */
export function layerNorm(x: Tensor, normalizedShape: Shape, options: LayerNormOptions = {}): Tensor {
  requireOptions("layerNorm", options, "weight", ["weight", "bias", "eps"]);
  const { weight = null, bias = null, eps = 1e-5 } = options;
  requireTensor("layerNorm", "the input", x);
  if (!Array.isArray(normalizedShape))
    throw new ShapeError("layerNorm", "the normalised shape must be a list of sizes, as in [10]");
  const leading = x.ndim - normalizedShape.length;
  if (normalizedShape.length === 0 || leading < 0 || !sameShape(x.shape.slice(leading), normalizedShape))
    throw new ShapeError(
      "layerNorm",
      `input ${format(x.shape)} does not end in the normalised shape ${format(normalizedShape)}`,
    );
  for (const [name, w] of Object.entries({ weight, bias }))
    if (w !== null && !sameShape(w.shape, normalizedShape))
      throw new ShapeError(
        "layerNorm",
        `${name} ${format(w.shape)} must have the normalised shape ${format(normalizedShape)}`,
      );
  const y = hidden([x], () => {
    const rows = normalizedShape.length === 1 ? x : x.flatten(leading);
    return standardize(rows, -1, eps).reshape(x.shape);
  });
  return affine(y, weight, bias);
}
