import { requireOptions } from "@torchlet/tensor";
import { pow } from "@torchlet/tensor/math";
import { checkCount, checkNonNegative } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link PolynomialLR}. */
export interface PolynomialLROptions {
  /** After how many steps the learning rate is 0. Default: 5. */
  totalIters?: number;
  /** The power of the polynomial. Default: 1. */
  power?: number;
}

/**
 * Lets the learning rate fall to 0 by a polynomial: $\gamma_t = \gamma_0 \, (1 - t / \text{totalIters})^\text{power}$, then 0.
 *
 * PyTorch: [`PolynomialLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 16 });
 * const scheduler = new optim.PolynomialLR(optimizer, { totalIters: 4, power: 2 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 6; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [16, 9, 4, 1, 0, 0]
 * ```
 */
export class PolynomialLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link PolynomialLROptions}.
   * @throws ValueError if `totalIters` is not an integer of at least 1, or `power` is negative.
   */
  constructor(optimizer: Optimizer, options: PolynomialLROptions = {}) {
    requireOptions("PolynomialLR", options, "totalIters: 10", ["totalIters", "power"]);
    const { totalIters = 5, power = 1 } = options;
    checkCount("PolynomialLR", { totalIters });
    checkNonNegative("PolynomialLR", { power });
    const left = (epoch: number): number => 1 - epoch / totalIters;
    super(optimizer, ({ epoch, lr }) =>
      epoch === 0 || epoch > totalIters ? lr : lr * pow(left(epoch) / left(epoch - 1), power),
    );
  }
}
