import { ValueError } from "@torchlet/tensor";
import { CompositeScheduler } from "./composite.ts";
import type { LRScheduler } from "./lr-scheduler.ts";

/**
 * Several schedulers at once, each multiplying what the one before it made of the learning rate.
 *
 * Schedulers that compute the learning rate from its initial value ({@link LambdaLR}, {@link CosineAnnealingWarmRestarts},
 * {@link OneCycleLR}, {@link CyclicLR}) overwrite what those before them did.
 *
 * PyTorch: [`ChainedScheduler`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ChainedScheduler.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.ChainedScheduler([
 *   new optim.ConstantLR(optimizer, { factor: 0.25, totalIters: 2 }),
 *   new optim.ExponentialLR(optimizer, { gamma: 0.5 }),
 * ]);
 * const lrs = [];
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [2, 1, 2, 1]
 * ```
 */
export class ChainedScheduler extends CompositeScheduler {
  /**
   * @param schedulers - What works together, in this order; none of them is stepped by hand.
   * @throws ValueError if there are none, or they belong to different optimizers.
   */
  constructor(schedulers: readonly LRScheduler[]) {
    const [first] = schedulers;
    if (first === undefined) throw new ValueError("ChainedScheduler", "the list of schedulers is empty");
    super(first.optimizer, schedulers);
  }

  /** Moves all schedulers on by one. */
  protected override advance(): void {
    for (const scheduler of this.schedulers) scheduler.step();
  }
}
