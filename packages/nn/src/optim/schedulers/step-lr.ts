import { requireOptions } from "@torchlet/tensor";
import { checkCount, checkFinite } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link StepLR}. */
export interface StepLROptions {
  /** How many steps lie between two changes. */
  stepSize: number;
  /** Multiplies the learning rate. Default: 0.1. */
  gamma?: number;
}

/**
 * Multiplies the learning rate by `gamma` every `stepSize` steps: $\gamma_t = \gamma_0 \, \text{gamma}^{\lfloor t / \text{stepSize} \rfloor}$.
 *
 * PyTorch: [`StepLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.StepLR(optimizer, { stepSize: 2, gamma: 0.5 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 6; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [8, 8, 4, 4, 2, 2]
 * ```
 */
export class StepLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link StepLROptions}.
   * @throws ValueError if `stepSize` is not an integer of at least 1.
   */
  constructor(optimizer: Optimizer, options: StepLROptions) {
    requireOptions("StepLR", options, "stepSize: 10", ["stepSize", "gamma"]);
    const { stepSize, gamma = 0.1 } = options;
    checkCount("StepLR", { stepSize });
    checkFinite("StepLR", { gamma });
    super(optimizer, ({ epoch, lr }) => (epoch > 0 && epoch % stepSize === 0 ? lr * gamma : lr));
  }
}
