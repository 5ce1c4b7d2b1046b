import {
  noGrad,
  ones,
  requireOptions,
  ShapeError,
  tensor,
  zeros,
  type DType,
  type Shape,
  type Tensor,
} from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import { checkSizes } from "../arguments/numbers.ts";
import { batchNorm, layerNorm } from "../functional/normalization.ts";
import { Module } from "../module/module.ts";
import { Parameter } from "../module/parameter.ts";
import { settings } from "../module/settings.ts";

/** Options of {@link BatchNorm1d}. */
export interface BatchNormLayerOptions {
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
  /** How much of the running statistics each batch replaces; null for the plain average of all batches. Default: 0.1. */
  momentum?: number | null;
  /** Whether to learn a weight and a bias for every channel. Default: true. */
  affine?: boolean;
  /** Whether to keep running statistics, which evaluation then uses. Default: true. */
  trackRunningStats?: boolean;
  /** Element type of parameters and statistics. Default: `"float32"`. */
  dtype?: DType;
}

/**
 * Normalises every channel to mean 0 and variance 1: in training over the batch, in evaluation by the running statistics.
 *
 * The state has PyTorch's names `running_mean`, `running_var` and `num_batches_tracked` (int32 here). See {@link functional.batchNorm}.
 * PyTorch: [`nn.BatchNorm1d`](https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { BatchNorm1d } from "@torchlet/nn";
 *
 * const layer = new BatchNorm1d(1, { eps: 0 });
 * layer.forward(tensor([[12], [6]])).toArray(); // => [[1], [-1]]
 * Object.keys(layer.stateDict()); // => ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]
 * ```
 */
export class BatchNorm1d extends Module {
  /** The number of channels. */
  readonly numFeatures: number;
  /** Added to the variance. */
  readonly eps: number;
  /** How much of the running statistics each batch replaces; null for the plain average of all batches. */
  readonly momentum: number | null;
  /** Multiplied to every channel, shape [C]; null without `affine`. */
  weight: Parameter | null;
  /** Added to every channel, shape [C]; null without `affine`. */
  bias: Parameter | null;
  /** The running mean, shape [C]; null without running statistics. */
  runningMean: Tensor | null;
  /** The running unbiased variance, shape [C]; null without running statistics. */
  runningVar: Tensor | null;
  /** How many batches the running statistics have seen, 0-d; null without running statistics. */
  numBatchesTracked: Tensor | null;

  /**
   * @param numFeatures - The number of channels C.
   * @param options - `eps`, `momentum`, `affine`, `trackRunningStats`, `dtype`.
   * @throws ValueError if a size is no integer of at least 0.
   */
  constructor(numFeatures: number, options: BatchNormLayerOptions = {}) {
    super();
    checkSizes("BatchNorm1d", { numFeatures });
    requireOptions("BatchNorm1d", options, "affine: false", [
      "eps",
      "momentum",
      "affine",
      "trackRunningStats",
      "dtype",
    ]);
    const {
      eps = 1e-5,
      momentum = 0.1,
      affine = true,
      trackRunningStats = true,
      dtype = "float32",
    } = options;
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    const shape = [numFeatures];
    this.weight = affine ? new Parameter(ones(shape, { dtype })) : null;
    this.bias = affine ? new Parameter(zeros(shape, { dtype })) : null;
    const [mean, variance, count] = trackRunningStats
      ? [zeros(shape, { dtype }), ones(shape, { dtype }), tensor(0, { dtype: "int32" })]
      : [null, null, null];
    this.runningMean = this.registerBuffer("runningMean", mean, { key: "running_mean" });
    this.runningVar = this.registerBuffer("runningVar", variance, { key: "running_var" });
    this.numBatchesTracked = this.registerBuffer("numBatchesTracked", count, { key: "num_batches_tracked" });
  }

  /**
   * Normalises every channel.
   *
   * @param x - Shape [N, C] or [N, C, L].
   * @throws ShapeError if `x` has another shape, or in training a channel has a single element.
   */
  override forward(x: Tensor): Tensor {
    if ((x.ndim !== 2 && x.ndim !== 3) || x.shape[1] !== this.numFeatures)
      throw new ShapeError(
        "BatchNorm1d",
        `needs [N, ${this.numFeatures}] or [N, ${this.numFeatures}, L], got ${format(x.shape)}`,
      );
    const { weight, bias, eps } = this;
    const training = this.training || this.runningMean === null;
    const momentum = this.training ? this.#countBatch() : 0;
    return batchNorm(x, this.runningMean, this.runningVar, { weight, bias, training, momentum, eps });
  }

  /** Counts one more batch, and says how much of the running statistics it replaces. */
  #countBatch(): number {
    const count = this.numBatchesTracked;
    if (count !== null) noGrad(() => count.add_(1));
    return this.momentum ?? (count === null ? 0 : 1 / count.item());
  }

  override extraRepr(): string {
    const { eps, momentum } = this;
    const rest = {
      eps,
      momentum,
      affine: this.weight !== null,
      trackRunningStats: this.runningMean !== null,
    };
    return `${this.numFeatures}, ${settings(rest)}`;
  }
}

/** Options of {@link LayerNorm}. */
export interface LayerNormLayerOptions {
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
  /** Whether to learn a weight and a bias for every element. Default: true. */
  elementwiseAffine?: boolean;
  /** Element type of the parameters. Default: `"float32"`. */
  dtype?: DType;
}

/**
 * Normalises every sample to mean 0 and variance 1 over its last dimensions; see {@link functional.layerNorm}.
 *
 * PyTorch: [`nn.LayerNorm`](https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { LayerNorm } from "@torchlet/nn";
 *
 * new LayerNorm(2, { eps: 0 }).forward(tensor([[1, 3], [10, 30]])).toArray(); // => [[-1, 1], [-1, 1]]
 * ```
 */
export class LayerNorm extends Module {
  /** The last sizes of the input, over which is normalised. */
  readonly normalizedShape: Shape;
  /** Added to the variance. */
  readonly eps: number;
  /** Multiplied to the result; null without `elementwiseAffine`. */
  weight: Parameter | null;
  /** Added to the result; null without `elementwiseAffine`. */
  bias: Parameter | null;

  /**
   * @param normalizedShape - The last sizes of the input; a number for the last one only.
   * @param options - `eps`, `elementwiseAffine`, `dtype`.
   * @throws ValueError if a size is no integer of at least 0.
   */
  constructor(normalizedShape: number | Shape, options: LayerNormLayerOptions = {}) {
    super();
    requireOptions("LayerNorm", options, "eps: 1e-6", ["eps", "elementwiseAffine", "dtype"]);
    const { eps = 1e-5, elementwiseAffine = true, dtype = "float32" } = options;
    this.normalizedShape = Array.isArray(normalizedShape)
      ? (normalizedShape as Shape)
      : [normalizedShape as number];
    for (const size of this.normalizedShape) checkSizes("LayerNorm", { normalizedShape: size });
    this.eps = eps;
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape, { dtype })) : null;
    this.bias = elementwiseAffine ? new Parameter(zeros(this.normalizedShape, { dtype })) : null;
  }

  /**
   * Normalises every sample.
   *
   * @param x - Shape [..., ...normalizedShape].
   * @throws ShapeError if `x` does not end in the normalised shape.
   */
  override forward(x: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return layerNorm(x, this.normalizedShape, { weight, bias, eps });
  }

  override extraRepr(): string {
    return `${format(this.normalizedShape)}, ${settings({ eps: this.eps, elementwiseAffine: this.weight !== null })}`;
  }
}
