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

/** Throws unless all of them are schedulers and change the learning rates of `optimizer`. */
export function checkSameOptimizer(
  op: string,
  optimizer: Optimizer,
  schedulers: readonly LRScheduler[],
): void {
  schedulers.forEach((scheduler: unknown, i) => {
    if (!(scheduler instanceof LRScheduler))
      throw new ValueError(op, `scheduler ${i} must be one that follows a schedule, such as a StepLR`);
    if (scheduler.optimizer !== optimizer)
      throw new ValueError(op, `scheduler ${i} belongs to another optimizer; all must share one`);
  });
}

/** The saved states of several schedulers; throws unless there is one for each. */
export function savedSchedulers(
  op: string,
  schedulers: readonly LRScheduler[],
  state: CompositeStateDict,
): readonly LRSchedulerStateDict[] {
  const saved = (state as Partial<CompositeStateDict> | null)?.schedulers;
  if (!Array.isArray(saved) || saved.length !== schedulers.length || !Number.isInteger(state.lastEpoch))
    throw new ValueError(
      "loadStateDict",
      `what was saved does not fit this ${op}: expected { lastEpoch, schedulers } with ${schedulers.length} schedulers`,
    );
  return saved;
}
