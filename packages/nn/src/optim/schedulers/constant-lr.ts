import { requireOptions } from "@torchlet/tensor";
import { checkFraction, checkPositive } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link ConstantLR}. */
export interface ConstantLROptions {
  /** Multiplies the learning rate at first. Default: 1/3. */
  factor?: number;
  /** After how many steps the learning rate is itself again. Default: 5. */
  totalIters?: number;
}

/**
 * Multiplies the learning rate by a factor for the first steps, then no longer.
 *
 * PyTorch: [`ConstantLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ConstantLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.ConstantLR(optimizer, { factor: 0.25, totalIters: 2 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [2, 2, 8, 8]
 * ```
 */
export class ConstantLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link ConstantLROptions}.
   * @throws ValueError if `factor` is not above 0 (from which no factor leads back) and at most 1.
   */
  constructor(optimizer: Optimizer, options: ConstantLROptions = {}) {
    requireOptions("ConstantLR", options, "factor: 0.5", ["factor", "totalIters"]);
    const { factor = 1 / 3, totalIters = 5 } = options;
    checkFraction("ConstantLR", { factor });
    checkPositive("ConstantLR", { factor });
    super(optimizer, ({ epoch, lr }) => {
      if (epoch === 0) return lr * factor;
      return epoch === totalIters ? lr * (1 / factor) : lr;
    });
  }
}
