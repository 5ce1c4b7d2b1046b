import { requireOptions, ValueError } from "@torchlet/tensor";
import { checkCount, checkFraction } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link LinearLR}. */
export interface LinearLROptions {
  /** Multiplies the learning rate at first. Default: 1/3. */
  startFactor?: number;
  /** Multiplies the learning rate in the end. Default: 1. */
  endFactor?: number;
  /** How many steps lie between the two. Default: 5. */
  totalIters?: number;
}

/**
 * Moves the learning rate evenly from `startFactor` to `endFactor` times its value, and leaves it there: a warm-up.
 *
 * PyTorch: [`LinearLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.LinearLR(optimizer, { startFactor: 0.25, totalIters: 3 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 5; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [2, 4, 6, 8, 8]
 * ```
 */
export class LinearLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link LinearLROptions}.
   * @throws ValueError if a factor is not between 0 and 1, `startFactor` is 0 (from which no factor leads away), or `totalIters` is not
   * an integer of at least 1.
   */
  constructor(optimizer: Optimizer, options: LinearLROptions = {}) {
    requireOptions("LinearLR", options, "startFactor: 0.5", ["startFactor", "endFactor", "totalIters"]);
    const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
    checkFraction("LinearLR", { startFactor, endFactor });
    if (startFactor === 0)
      throw new ValueError("LinearLR", "startFactor must be above 0, no factor leads away from 0");
    checkCount("LinearLR", { totalIters });
    const rise = endFactor - startFactor;
    super(optimizer, ({ epoch, lr }) => {
      if (epoch === 0) return lr * startFactor;
      return epoch > totalIters ? lr : lr * (1 + rise / (totalIters * startFactor + (epoch - 1) * rise));
    });
  }
}
