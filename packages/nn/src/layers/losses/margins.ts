/** Losses that are 0 from a margin on. */
import type { Tensor } from "@torchlet/tensor";
import * as F from "../../functional/index.ts";
import { Loss, WeightedLoss } from "./loss.ts";

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
