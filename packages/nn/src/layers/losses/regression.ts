/** Losses for targets that are numbers. */
import type { Tensor } from "@torchlet/tensor";
import * as F from "../../functional/index.ts";
import { Loss } from "./loss.ts";

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
