/** Losses for targets that are classes or probabilities. */
import type { Tensor } from "@torchlet/tensor";
import * as F from "../../functional/index.ts";
import { Loss, WeightedLoss } from "./loss.ts";

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
