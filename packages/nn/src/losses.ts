/** The losses of functional/ as modules, which keep their options. */
import { requireOptions, ValueError, type Tensor } from "@torchlet/tensor";
import * as F from "./functional/index.ts";
import { Module } from "./module.ts";

/** What all losses are: a module that keeps the options of its function, and the weights among them as buffers. */
abstract class Loss<O extends F.LossOptions | F.KlDivOptions> extends Module {
  /** The options that the loss was made with; weights among them live on as buffers. */
  readonly options: Readonly<O>;

  /** @param options - Those of the function of the same name. */
  constructor(options: O = {} as O) {
    super();
    requireOptions(this.constructor.name, options, 'reduction: "sum"');
    const { reduction } = options;
    if (reduction !== undefined && !["mean", "sum", "none", "batchmean"].includes(reduction))
      throw new ValueError(this.constructor.name, `unknown reduction ${JSON.stringify(reduction)}`);
    this.options = options;
  }
}

/** A loss with a weight for each class or element, which is a buffer as in PyTorch. */
abstract class WeightedLoss<O extends F.LossOptions & { weight?: Tensor | null }> extends Loss<O> {
  /** The factors of the classes or elements; null if all are 1. */
  weight: Tensor | null;

  /** @param options - Those of the function of the same name. */
  constructor(options?: O) {
    super(options);
    const weight: Tensor | null | undefined = options?.weight;
    this.weight = this.registerBuffer("weight", weight ?? null);
  }
}

// ----- numbers -----

/**
 * Squared distances `(x - t)²`; see {@link functional.mseLoss}.
 *
 * PyTorch: [`nn.MSELoss`](https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { MSELoss } from "@torchlet/nn";
 *
 * new MSELoss().forward(tensor([1, 5]), tensor([2, 2])).item(); // => 5
 * ```
 */
export class MSELoss extends Loss<F.LossOptions> {
  /** The loss of `input`, compared with a `target` of the same shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, this.options);
  }
}

/**
 * Distances `|x - t|`; see {@link functional.l1Loss}.
 *
 * PyTorch: [`nn.L1Loss`](https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { L1Loss } from "@torchlet/nn";
 *
 * new L1Loss().forward(tensor([1, 5]), tensor([2, 2])).item(); // => 2
 * ```
 */
export class L1Loss extends Loss<F.LossOptions> {
  /** The loss of `input`, compared with a `target` of the same shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.l1Loss(input, target, this.options);
  }
}

/**
 * Squared distances near 0, distances beyond `beta`; see {@link functional.smoothL1Loss}.
 *
 * PyTorch: [`nn.SmoothL1Loss`](https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { SmoothL1Loss } from "@torchlet/nn";
 *
 * new SmoothL1Loss().forward(tensor([3]), tensor([0])).item(); // => 2.5
 * ```
 */
export class SmoothL1Loss extends Loss<F.SmoothL1LossOptions> {
  /** The loss of `input`, compared with a `target` of the same shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.smoothL1Loss(input, target, this.options);
  }
}

/**
 * Squared distances near 0, a multiple of the distance beyond `delta`; see {@link functional.huberLoss}.
 *
 * PyTorch: [`nn.HuberLoss`](https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { HuberLoss } from "@torchlet/nn";
 *
 * new HuberLoss({ delta: 2 }).forward(tensor([5]), tensor([0])).item(); // => 8
 * ```
 */
export class HuberLoss extends Loss<F.HuberLossOptions> {
  /** The loss of `input`, compared with a `target` of the same shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.huberLoss(input, target, this.options);
  }
}

/**
 * Negative log-likelihood of counts; see {@link functional.poissonNllLoss}.
 *
 * PyTorch: [`nn.PoissonNLLLoss`](https://pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { PoissonNLLLoss } from "@torchlet/nn";
 *
 * new PoissonNLLLoss().forward(tensor([0]), tensor([3])).item(); // => 1
 * ```
 */
export class PoissonNLLLoss extends Loss<F.PoissonNllLossOptions> {
  /** The loss of `input`, logarithms of expected counts, for the counts `target`. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.poissonNllLoss(input, target, this.options);
  }
}

/**
 * Negative log-likelihood under normal distributions; see {@link functional.gaussianNllLoss}.
 *
 * PyTorch: [`nn.GaussianNLLLoss`](https://pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html).
 *
 * @example
 * ```ts
 * import { ones, tensor } from "@torchlet/tensor";
 * import { GaussianNLLLoss } from "@torchlet/nn";
 *
 * new GaussianNLLLoss().forward(tensor([1, 5]), tensor([2, 2]), ones(2)).item(); // => 2.5
 * ```
 */
export class GaussianNLLLoss extends Loss<F.GaussianNllLossOptions> {
  /** The loss of the means `input` and variances `variance` for the values `target`. */
  override forward(input: Tensor, target: Tensor, variance: Tensor): Tensor {
    return F.gaussianNllLoss(input, target, variance, this.options);
  }
}

// ----- classes and probabilities -----

/**
 * Minus the log-probability of the target's class; see {@link functional.nllLoss}.
 *
 * PyTorch: [`nn.NLLLoss`](https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { NLLLoss } from "@torchlet/nn";
 *
 * new NLLLoss().forward(tensor([[-1, -2], [-3, -4]]), tensor([0, 1], { dtype: "int32" })).item(); // => 2.5
 * ```
 */
export class NLLLoss extends WeightedLoss<F.NllLossOptions> {
  /** The loss of log-probabilities `input`, shape [N, C, ...], for the classes `target`, shape [N, ...]. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.nllLoss(input, target, { ...this.options, weight: this.weight });
  }
}

/**
 * Cross entropy of logits, with softmax inside; see {@link functional.crossEntropy}.
 *
 * PyTorch: [`nn.CrossEntropyLoss`](https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { CrossEntropyLoss } from "@torchlet/nn";
 *
 * const logits = tensor([[0, 0]], { dtype: "float64" });
 * new CrossEntropyLoss().forward(logits, tensor([1], { dtype: "int32" })).item() === Math.LN2; // => true
 * ```
 */
export class CrossEntropyLoss extends WeightedLoss<F.CrossEntropyOptions> {
  /** The loss of logits `input`, shape [N, C, ...], for classes of shape [N, ...] or probabilities of the input's shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.crossEntropy(input, target, { ...this.options, weight: this.weight });
  }
}

/**
 * Cross entropy of probabilities for yes or no; see {@link functional.binaryCrossEntropy}.
 *
 * PyTorch: [`nn.BCELoss`](https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { BCELoss } from "@torchlet/nn";
 *
 * new BCELoss().forward(tensor([1, 0]), tensor([1, 1])).item(); // => 50
 * ```
 */
export class BCELoss extends WeightedLoss<F.BinaryCrossEntropyOptions> {
  /** The loss of probabilities `input` for a `target` of the same shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropy(input, target, { ...this.options, weight: this.weight });
  }
}

/**
 * Cross entropy of logits for yes or no, with the sigmoid inside; see {@link functional.binaryCrossEntropyWithLogits}.
 *
 * PyTorch: [`nn.BCEWithLogitsLoss`](https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { BCEWithLogitsLoss } from "@torchlet/nn";
 *
 * new BCEWithLogitsLoss().forward(tensor([1000]), tensor([0])).item(); // => 1000
 * ```
 */
export class BCEWithLogitsLoss extends WeightedLoss<F.BinaryCrossEntropyWithLogitsOptions> {
  /** The factors for the part of the yes; null if all are 1. */
  posWeight: Tensor | null = this.registerBuffer("posWeight", this.options.posWeight ?? null, {
    key: "pos_weight",
  });

  /** The loss of logits `input` for a `target` of the same shape. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropyWithLogits(input, target, {
      ...this.options,
      weight: this.weight,
      posWeight: this.posWeight,
    });
  }
}

/**
 * Kullback-Leibler divergence of log-probabilities from probabilities; see {@link functional.klDiv}.
 *
 * PyTorch: [`nn.KLDivLoss`](https://pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { KLDivLoss } from "@torchlet/nn";
 *
 * new KLDivLoss({ reduction: "batchmean" }).forward(tensor([[-1, -2]]), tensor([[1, 0]])).item(); // => 1
 * ```
 */
export class KLDivLoss extends Loss<F.KlDivOptions> {
  /** The divergence of log-probabilities `input` from probabilities `target`. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.klDiv(input, target, this.options);
  }
}

// ----- margins -----

/**
 * Distances of similar pairs, and what dissimilar pairs lack to the margin; see {@link functional.hingeEmbeddingLoss}.
 *
 * PyTorch: [`nn.HingeEmbeddingLoss`](https://pytorch.org/docs/stable/generated/torch.nn.HingeEmbeddingLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { HingeEmbeddingLoss } from "@torchlet/nn";
 *
 * new HingeEmbeddingLoss({ reduction: "sum" }).forward(tensor([2, 0.25]), tensor([1, -1])).item(); // => 2.75
 * ```
 */
export class HingeEmbeddingLoss extends Loss<F.HingeEmbeddingLossOptions> {
  /** The loss of distances `input` for a `target` of 1 and -1. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.hingeEmbeddingLoss(input, target, this.options);
  }
}

/**
 * How far two scores are from the order that the target asks for; see {@link functional.marginRankingLoss}.
 *
 * PyTorch: [`nn.MarginRankingLoss`](https://pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { MarginRankingLoss } from "@torchlet/nn";
 *
 * new MarginRankingLoss({ margin: 0.5 }).forward(tensor([1]), tensor([3]), tensor([1])).item(); // => 2.5
 * ```
 */
export class MarginRankingLoss extends Loss<F.MarginLossOptions> {
  /** The loss of two scores for a `target` of 1 (the first is to be higher) or -1. */
  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return F.marginRankingLoss(input1, input2, target, this.options);
  }
}

/**
 * How far the angle of two vectors is from what the target asks for; see {@link functional.cosineEmbeddingLoss}.
 *
 * PyTorch: [`nn.CosineEmbeddingLoss`](https://pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { CosineEmbeddingLoss } from "@torchlet/nn";
 *
 * new CosineEmbeddingLoss().forward(tensor([[1, 0]]), tensor([[0, 2]]), tensor([1])).item(); // => 1
 * ```
 */
export class CosineEmbeddingLoss extends Loss<F.MarginLossOptions> {
  /** The loss of two vectors for a `target` of 1 (similar) or -1. */
  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return F.cosineEmbeddingLoss(input1, input2, target, this.options);
  }
}

/**
 * `log(1 + e^(-t x))` for targets 1 and -1; see {@link functional.softMarginLoss}.
 *
 * PyTorch: [`nn.SoftMarginLoss`](https://pytorch.org/docs/stable/generated/torch.nn.SoftMarginLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { SoftMarginLoss } from "@torchlet/nn";
 *
 * new SoftMarginLoss().forward(tensor([-1000]), tensor([1])).item(); // => 1000
 * ```
 */
export class SoftMarginLoss extends Loss<F.LossOptions> {
  /** The loss of scores `input` for a `target` of 1 and -1. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.softMarginLoss(input, target, this.options);
  }
}

/**
 * How much too near the negative is, compared with the positive; see {@link functional.tripletMarginLoss}.
 *
 * PyTorch: [`nn.TripletMarginLoss`](https://pytorch.org/docs/stable/generated/torch.nn.TripletMarginLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { TripletMarginLoss } from "@torchlet/nn";
 *
 * const [a, p, n] = [tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 2]])];
 * new TripletMarginLoss({ eps: 0 }).forward(a, p, n).item(); // => 4
 * ```
 */
export class TripletMarginLoss extends Loss<F.TripletMarginLossOptions> {
  /** The loss of an `anchor` with a `positive`, which shall be near, and a `negative`, which shall be far. */
  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return F.tripletMarginLoss(anchor, positive, negative, this.options);
  }
}

/**
 * By how much other classes come too near the score of the target; see {@link functional.multiMarginLoss}.
 *
 * PyTorch: [`nn.MultiMarginLoss`](https://pytorch.org/docs/stable/generated/torch.nn.MultiMarginLoss.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { MultiMarginLoss } from "@torchlet/nn";
 *
 * new MultiMarginLoss().forward(tensor([[3, 2.5, 0, 4]]), tensor([0], { dtype: "int32" })).item(); // => 0.625
 * ```
 */
export class MultiMarginLoss extends WeightedLoss<F.MultiMarginLossOptions> {
  /** The loss of scores `input`, shape [N, C], for the classes `target`, shape [N]. */
  override forward(input: Tensor, target: Tensor): Tensor {
    return F.multiMarginLoss(input, target, { ...this.options, weight: this.weight });
  }
}
