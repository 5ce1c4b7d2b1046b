import { requireOptions } from "@torchlet/tensor";
import { checkFinite } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link ExponentialLR}. */
export interface ExponentialLROptions {
  /** Multiplies the learning rate in each step. */
  gamma: number;
}

/**
 * Multiplies the learning rate by `gamma` in every step: $\gamma_t = \gamma_0 \, \text{gamma}^t$.
 *
 * PyTorch: [`ExponentialLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.ExponentialLR(optimizer, { gamma: 0.5 });
 * optimizer.step();
 * scheduler.step();
 * optimizer.step();
 * scheduler.step();
 * scheduler.getLastLr(); // => [2]
 * ```
 */
export class ExponentialLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link ExponentialLROptions}.
   * @throws ValueError if `gamma` is not a finite number.
   */
  constructor(optimizer: Optimizer, options: ExponentialLROptions) {
    requireOptions("ExponentialLR", options, "gamma: 0.9", ["gamma"]);
    const { gamma } = options;
    checkFinite("ExponentialLR", { gamma });
    super(optimizer, ({ epoch, lr }) => (epoch === 0 ? lr : lr * gamma));
  }
}
