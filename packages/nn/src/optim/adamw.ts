import type { Tensor } from "@torchlet/tensor";
import { adamStep, initialAdamState, type AdamOptions, type AdamState } from "./adam.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { checkBetas } from "./checks.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link AdamW}. */
export interface AdamWOptions extends Omit<AdamOptions, "weightDecay"> {
  /** Shrinks the parameter by `lr` times this in every step. Default: 0.01. */
  weightDecay?: number;
}

/**
 * Adam with decoupled weight decay: parameters shrink by a fixed share, whatever their gradients are.
 *
 * For a parameter $x$ with learning rate $\gamma$ and weight decay $\lambda$:
 *
 * $$x \leftarrow x - \gamma \lambda x, \text{ then a step of Adam without weight decay.}$$
 *
 * After Loshchilov and Hutter, [Decoupled Weight Decay Regularization](https://arxiv.org/abs/1711.05101), with PyTorch's difference:
 * there the decay is multiplied by the schedule only, here by the learning rate.
 *
 * PyTorch: [`torch.optim.AdamW`](https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([2], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.AdamW([w], { lr: 0.5, weightDecay: 0.5 });
 * w.sum().backward();
 * optimizer.step();
 * w.item(); // => 1.000000005
 * ```
 */
export class AdamW extends Optimizer<Required<AdamWOptions>, AdamState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link AdamWOptions}.
   * @throws ValueError if `lr`, `eps` or `weightDecay` is negative, or one of `betas` is outside [0, 1).
   */
  constructor(params: Params<Required<AdamWOptions>>, options: AdamWOptions = {}) {
    const defaults = {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 1e-2,
      amsgrad: false,
      maximize: false,
    } as const;
    super(params, defaults, options);
  }

  protected override check({ lr, eps, weightDecay, betas }: Required<AdamWOptions>): void {
    checkNonNegative("AdamW", { lr, eps, weightDecay });
    checkBetas("AdamW", betas);
  }

  protected override initialState(x: Tensor): AdamState {
    return initialAdamState(x);
  }

  protected override update(x: Tensor, g: Tensor, state: AdamState, options: Required<AdamWOptions>): void {
    x.mul_(1 - options.lr * options.weightDecay);
    adamStep(x, options.maximize ? g.neg() : g, state, options);
  }
}
