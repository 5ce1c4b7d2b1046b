import { requireOptions } from "@torchlet/tensor";
import { checkFunctions, perGroup } from "../checks.ts";
import type { Optimizer } from "../optimizer.ts";
import { checkOptimizer, LRScheduler } from "./lr-scheduler.ts";

/** A factor for the learning rate, given how many steps there were. */
export type LRFactor = (epoch: number) => number;

/** Options of {@link LambdaLR} and {@link MultiplicativeLR}. */
export interface LambdaLROptions {
  /** The factor, for all parameter groups or for each. */
  lrLambda: LRFactor | readonly LRFactor[];
}

/**
 * The initial learning rate times a function of the number of steps: $\gamma_t = \gamma_0 \, f(t)$.
 *
 * PyTorch: [`LambdaLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LambdaLR.html). The function is not part of
 * the state dict.
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.LambdaLR(optimizer, { lrLambda: (epoch) => 1 / (1 + epoch) });
 * optimizer.step();
 * scheduler.step();
 * scheduler.getLastLr(); // => [4]
 * ```
 */
export class LambdaLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link LambdaLROptions}.
   * @throws ValueError if there are not as many functions as parameter groups, or a factor is no finite number.
   */
  constructor(optimizer: Optimizer, options: LambdaLROptions) {
    requireOptions("LambdaLR", options, "lrLambda: (epoch) => 0.95 ** epoch", ["lrLambda"]);
    checkOptimizer("LambdaLR", optimizer);
    const factors = perGroup("LambdaLR", "lrLambda", options.lrLambda, optimizer.paramGroups.length);
    checkFunctions("LambdaLR", "lrLambda", factors);
    super(optimizer, ({ epoch, baseLr, group }) => baseLr * factors[group]!(epoch), { laterGroups: false });
  }
}
