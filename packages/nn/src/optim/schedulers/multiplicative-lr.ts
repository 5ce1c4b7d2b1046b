import { requireOptions } from "@torchlet/tensor";
import { checkFunctions, perGroup } from "../checks.ts";
import type { Optimizer } from "../optimizer.ts";
import type { LambdaLROptions } from "./lambda-lr.ts";
import { checkOptimizer, LRScheduler } from "./lr-scheduler.ts";

/**
 * Multiplies the learning rate in every step by a function of the number of steps: $\gamma_t = \gamma_{t-1} \, f(t)$.
 *
 * PyTorch: [`MultiplicativeLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiplicativeLR.html). The function
 * is not part of the state dict.
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.MultiplicativeLR(optimizer, { lrLambda: (epoch) => 1 / (1 + epoch) });
 * optimizer.step();
 * scheduler.step(); // 8 · 1/2
 * optimizer.step();
 * scheduler.step(); // 4 · 1/3
 * scheduler.getLastLr(); // => [1.3333]
 * ```
 */
export class MultiplicativeLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link LambdaLROptions}.
   * @throws ValueError if there are not as many functions as parameter groups, or a factor is no finite number.
   */
  constructor(optimizer: Optimizer, options: LambdaLROptions) {
    requireOptions("MultiplicativeLR", options, "lrLambda: () => 0.95", ["lrLambda"]);
    checkOptimizer("MultiplicativeLR", optimizer);
    const factors = perGroup("MultiplicativeLR", "lrLambda", options.lrLambda, optimizer.paramGroups.length);
    checkFunctions("MultiplicativeLR", "lrLambda", factors);
    super(optimizer, ({ epoch, lr, group }) => (epoch === 0 ? lr : lr * factors[group]!(epoch)), {
      laterGroups: false,
    });
  }

  /** Counts from 0 again; the learning rate stays, as there is no formula that leads from its initial value to here. */
  override restart(): void {
    this.advanceTo(0);
  }
}
