import { ValueError } from "@torchlet/tensor";
import type { Optimizer } from "../optimizer.ts";
import { checkSameOptimizer, savedSchedulers, type CompositeStateDict } from "./composite.ts";
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
export class ChainedScheduler {
  /** Whose learning rates are changed. */
  readonly optimizer: Optimizer;
  readonly #schedulers: readonly LRScheduler[];
  #lastEpoch = 0;

  /**
   * @param schedulers - What works together, in this order; none of them is stepped by hand.
   * @throws ValueError if there are none, or they belong to different optimizers.
   */
  constructor(schedulers: readonly LRScheduler[]) {
    const op = "ChainedScheduler";
    const [first] = schedulers;
    if (first === undefined) throw new ValueError(op, "the list of schedulers is empty");
    checkSameOptimizer(op, first.optimizer, schedulers);
    this.optimizer = first.optimizer;
    this.#schedulers = [...schedulers];
  }

  /** How many steps there were. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }

  /** Moves all schedulers on by one. */
  step(): void {
    for (const scheduler of this.#schedulers) scheduler.step();
    this.#lastEpoch++;
  }

  /** The learning rates of now, one for each parameter group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** Everything that a later run needs to continue. */
  stateDict(): CompositeStateDict {
    return { lastEpoch: this.#lastEpoch, schedulers: this.#schedulers.map((s) => s.stateDict()) };
  }

  /**
   * Continues where a saved scheduler stood, and sets the optimizer's learning rates to the saved ones.
   *
   * @throws ValueError if the state is of another number of schedulers, or one of them does not fit.
   */
  loadStateDict(state: CompositeStateDict): void {
    const saved = savedSchedulers("ChainedScheduler", this.#schedulers, state);
    this.#schedulers.forEach((scheduler, i) => scheduler.loadStateDict(saved[i]!));
    this.#lastEpoch = state.lastEpoch;
  }
}
