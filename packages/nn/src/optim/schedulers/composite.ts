import { ValueError } from "@torchlet/tensor";
import type { Optimizer } from "../optimizer.ts";
import type { LRScheduler, LRSchedulerStateDict } from "./lr-scheduler.ts";

/** A saved {@link SequentialLR} or {@link ChainedScheduler}. */
export interface CompositeStateDict {
  /** How many steps there were. */
  lastEpoch: number;
  /** The states of the schedulers, in their order. */
  schedulers: LRSchedulerStateDict[];
}

/** Throws unless there are schedulers and all of them change the learning rates of `optimizer`. */
export function checkSameOptimizer(
  op: string,
  optimizer: Optimizer,
  schedulers: readonly LRScheduler[],
): void {
  schedulers.forEach((scheduler, i) => {
    if (scheduler.optimizer !== optimizer)
      throw new ValueError(op, `scheduler ${i} belongs to another optimizer; all must share one`);
  });
}

/** Loads the states of several schedulers and returns the number of steps. */
export function loadSchedulers(
  op: string,
  schedulers: readonly LRScheduler[],
  state: CompositeStateDict,
): number {
  const saved = (state as Partial<CompositeStateDict> | null)?.schedulers;
  if (!Array.isArray(saved) || saved.length !== schedulers.length || !Number.isInteger(state.lastEpoch))
    throw new ValueError(
      "loadStateDict",
      `what was saved does not fit this ${op}: expected { lastEpoch, schedulers } with ${schedulers.length} schedulers`,
    );
  schedulers.forEach((scheduler, i) => scheduler.loadStateDict(saved[i]!));
  return state.lastEpoch;
}
