import { requireOptions, ValueError } from "@torchlet/tensor";
import { cos } from "@torchlet/tensor/math";
import { checkCount, checkFinite } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link CosineAnnealingWarmRestarts}. */
export interface CosineAnnealingWarmRestartsOptions {
  /** After how many steps the first restart comes; PyTorch's `T_0`. */
  t0: number;
  /** How many times longer each cycle is than the one before; PyTorch's `T_mult`. Default: 1. */
  tMult?: number;
  /** The lowest learning rate. Default: 0. */
  etaMin?: number;
}

/**
 * Lets the learning rate fall along half a cosine again and again:
 * $\gamma_t = \eta_\text{min} + \tfrac{1}{2} (\gamma_0 - \eta_\text{min}) (1 + \cos(\pi t_\text{cur} / t_i))$, where $t_\text{cur}$ counts
 * the steps since the last restart and $t_i$ is the length of the cycle.
 *
 * After Loshchilov and Hutter, [SGDR: Stochastic Gradient Descent with Warm Restarts](https://arxiv.org/abs/1608.03983).
 *
 * PyTorch: [`CosineAnnealingWarmRestarts`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.CosineAnnealingWarmRestarts(optimizer, { t0: 2, tMult: 2 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 6; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [8, 4, 8, 6.8284, 4, 1.1716]
 * ```
 */
export class CosineAnnealingWarmRestarts extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link CosineAnnealingWarmRestartsOptions}.
   * @throws ValueError if `t0` or `tMult` is not an integer of at least 1.
   */
  constructor(optimizer: Optimizer, options: CosineAnnealingWarmRestartsOptions) {
    requireOptions("CosineAnnealingWarmRestarts", options, "t0: 10", ["t0", "tMult", "etaMin"]);
    const { t0, tMult = 1, etaMin = 0 } = options;
    checkCount("CosineAnnealingWarmRestarts", { t0, tMult });
    checkFinite("CosineAnnealingWarmRestarts", { etaMin });
    super(
      optimizer,
      ({ epoch, baseLr }) => {
        const height = 1 + cos(Math.PI * placeInCycle(epoch, t0, tMult));
        return etaMin + ((baseLr - etaMin) * height) / 2;
      },
      { laterGroups: false },
    );
  }

  /**
   * Moves on by one, or to any `epoch`, which may have a fraction: `step(epoch + batch / batches)` after every batch.
   *
   * @throws ValueError if `epoch` is negative.
   */
  override step(epoch: number = this.lastEpoch + 1): void {
    if (!(epoch >= 0)) throw new ValueError("step", `epoch must not be negative, got ${epoch}`);
    this.advanceTo(epoch);
  }
}

/** How much of its cycle has passed at `epoch`, from 0 to 1. */
function placeInCycle(epoch: number, t0: number, tMult: number): number {
  let since = tMult === 1 ? epoch % t0 : epoch;
  let length = t0;
  while (since >= length) {
    since -= length;
    length *= tMult;
  }
  return since / length;
}
