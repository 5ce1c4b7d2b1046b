/** What schedulers that are made of others have in common. */
import { ValueError } from "@torchlet/tensor";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler, type LRSchedulerStateDict } from "./lr-scheduler.ts";

/** A saved {@link SequentialLR} or {@link ChainedScheduler}. */
export interface CompositeStateDict {
  /** How many steps there were. */
  lastEpoch: number;
  /** The states of the schedulers, in their order. */
  schedulers: LRSchedulerStateDict[];
}

/** Several schedulers of one optimizer that count and are saved as one. */
export abstract class CompositeScheduler {
  /** Whose learning rates are changed. */
  readonly optimizer: Optimizer;
  /** In their order. */
  protected readonly schedulers: readonly LRScheduler[];
  #lastEpoch = 0;

  /**
   * @param optimizer - Whose learning rates are changed.
   * @param schedulers - None of them is stepped by hand.
   * @throws ValueError if one is no scheduler, or belongs to another optimizer.
   */
  protected constructor(optimizer: Optimizer, schedulers: readonly LRScheduler[]) {
    checkSameOptimizer(new.target.name, optimizer, schedulers);
    this.optimizer = optimizer;
    this.schedulers = [...schedulers];
  }

  /** How many steps there were. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }

  /** Moves on by one. */
  step(): void {
    this.advance(this.#lastEpoch + 1);
    this.#lastEpoch++;
  }

  /** Moves the schedulers on, to what is step `epoch` of them together. */
  protected abstract advance(epoch: number): void;

  /** The learning rates of now, one for each parameter group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** Everything that a later run needs to continue. */
  stateDict(): CompositeStateDict {
    return { lastEpoch: this.#lastEpoch, schedulers: this.schedulers.map((s) => s.stateDict()) };
  }

  /**
   * Continues where a saved scheduler stood, and sets the optimizer's learning rates to the saved ones.
   *
   * @param state - What `stateDict` returned, of a scheduler that is made of the same ones.
   * @throws ValueError if the state is of another number of schedulers, or one of them does not fit.
   */
  loadStateDict(state: CompositeStateDict): void {
    const saved = (state as Partial<CompositeStateDict> | null)?.schedulers;
    if (
      !Array.isArray(saved) ||
      saved.length !== this.schedulers.length ||
      !Number.isInteger(state.lastEpoch)
    )
      throw new ValueError(
        "loadStateDict",
        `what was saved does not fit this ${this.constructor.name}: expected { lastEpoch, schedulers } with ${this.schedulers.length} schedulers`,
      );
    for (const i of this.loadingOrder(state.lastEpoch))
      this.schedulers[i]!.loadStateDict(state.schedulers[i]!);
    this.#lastEpoch = state.lastEpoch;
  }

  /** In which order the states of the schedulers are loaded: each sets learning rate and momentum, and the last one wins. */
  protected loadingOrder(_lastEpoch: number): readonly number[] {
    return [...this.schedulers.keys()];
  }
}

/** Throws unless all of them are schedulers and change the learning rates of `optimizer`. */
function checkSameOptimizer(op: string, optimizer: Optimizer, schedulers: readonly LRScheduler[]): void {
  schedulers.forEach((scheduler: unknown, i) => {
    if (!(scheduler instanceof LRScheduler))
      throw new ValueError(op, `scheduler ${i} must be one that follows a schedule, such as a StepLR`);
    if (scheduler.optimizer !== optimizer)
      throw new ValueError(op, `scheduler ${i} belongs to another optimizer; all must share one`);
  });
}
