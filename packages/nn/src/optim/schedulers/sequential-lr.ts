import { requireOptions, ValueError } from "@torchlet/tensor";
import type { Optimizer } from "../optimizer.ts";
import { CompositeScheduler } from "./composite.ts";
import { checkOptimizer, type LRScheduler } from "./lr-scheduler.ts";
import { checkMilestones } from "./multi-step-lr.ts";

/** Options of {@link SequentialLR}. */
export interface SequentialLROptions {
  /** After how many steps each scheduler but the first takes over, in rising order. */
  milestones: readonly number[];
}

/**
 * One scheduler after the other, each starting from its beginning.
 *
 * PyTorch: [`SequentialLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const warmUp = new optim.LinearLR(optimizer, { startFactor: 0.25, totalIters: 2 });
 * const decay = new optim.ExponentialLR(optimizer, { gamma: 0.5 });
 * const scheduler = new optim.SequentialLR(optimizer, [warmUp, decay], { milestones: [2] });
 * const lrs = [];
 * for (let epoch = 0; epoch < 5; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [2, 5, 8, 4, 2]
 * ```
 */
export class SequentialLR extends CompositeScheduler {
  readonly #milestones: readonly number[];

  /**
   * @param optimizer - Whose learning rates are changed.
   * @param schedulers - What follows one another; none of them is stepped by hand.
   * @param options - `milestones`, one less than there are schedulers.
   * @throws ValueError if their number is another, they do not rise, or a scheduler belongs to another optimizer.
   */
  constructor(optimizer: Optimizer, schedulers: readonly LRScheduler[], options: SequentialLROptions) {
    const op = "SequentialLR";
    requireOptions(op, options, "milestones: [10]", ["milestones"]);
    const { milestones } = options;
    checkOptimizer(op, optimizer);
    checkMilestones(op, milestones);
    super(optimizer, schedulers);
    if (milestones.length !== schedulers.length - 1)
      throw new ValueError(
        op,
        `${schedulers.length} schedulers need ${schedulers.length - 1} milestones between them, got ${milestones.length}`,
      );
    if (milestones.some((milestone, i) => i > 0 && milestone <= milestones[i - 1]!))
      throw new ValueError(op, `milestones must rise, got ${milestones.join(", ")}`);
    this.#milestones = [...milestones];
    for (const group of optimizer.paramGroups) group.lr = group.initialLr ?? group.lr;
    this.schedulers[0]!.restart();
  }

  /** Moves the scheduler whose turn it is on by one, or starts the next one. */
  protected override advance(epoch: number): void {
    const passed = this.#passed(epoch);
    const scheduler = this.schedulers[passed.length]!;
    if (passed.at(-1) === epoch) scheduler.restart();
    else scheduler.step();
  }

  #passed(epoch: number): number[] {
    return this.#milestones.filter((milestone) => milestone <= epoch);
  }

  /** Those whose turn is to come go first. */
  protected override loadingOrder(lastEpoch: number): readonly number[] {
    const next = this.#passed(lastEpoch).length + 1;
    const order = super.loadingOrder(lastEpoch);
    return [...order.slice(next), ...order.slice(0, next)];
  }
}
