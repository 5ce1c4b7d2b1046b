import { requireOptions } from "@torchlet/tensor";
import { cos } from "@torchlet/tensor/math";
import { checkCount, checkFinite } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link CosineAnnealingLR}. */
export interface CosineAnnealingLROptions {
  /** After how many steps the lowest learning rate is reached; PyTorch's `T_max`. */
  tMax: number;
  /** The lowest learning rate. Default: 0. */
  etaMin?: number;
}

/**
 * Lets the learning rate fall along half a cosine, and rise again along the next half if there are more steps:
 * $\gamma_t = \eta_\text{min} + \tfrac{1}{2} (\gamma_0 - \eta_\text{min}) (1 + \cos(\pi t / t_\text{max}))$.
 *
 * After Loshchilov and Hutter, [SGDR: Stochastic Gradient Descent with Warm Restarts](https://arxiv.org/abs/1608.03983), without the
 * restarts; for those see {@link CosineAnnealingWarmRestarts}.
 *
 * PyTorch: [`CosineAnnealingLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.CosineAnnealingLR(optimizer, { tMax: 3 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   lrs.push(Math.round(optimizer.paramGroups[0]!.lr));
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [8, 6, 2, 0]
 * ```
 */
export class CosineAnnealingLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link CosineAnnealingLROptions}.
   * @throws ValueError if `tMax` is not an integer of at least 1.
   */
  constructor(optimizer: Optimizer, options: CosineAnnealingLROptions) {
    requireOptions("CosineAnnealingLR", options, "tMax: 10", ["tMax", "etaMin"]);
    const { tMax, etaMin = 0 } = options;
    checkCount("CosineAnnealingLR", { tMax });
    checkFinite("CosineAnnealingLR", { etaMin });
    const height = (epoch: number): number => 1 + cos((Math.PI * epoch) / tMax);
    super(optimizer, ({ epoch, lr, baseLr }) => {
      if (epoch === 0) return lr;
      // From the lowest point no factor leads away.
      if ((epoch - 1 - tMax) % (2 * tMax) === 0) return lr + ((baseLr - etaMin) * (2 - height(1))) / 2;
      return (height(epoch) / height(epoch - 1)) * (lr - etaMin) + etaMin;
    });
  }
}
