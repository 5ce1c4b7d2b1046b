import { requireOptions, ValueError } from "@torchlet/tensor";
import { pow } from "@torchlet/tensor/math";
import { checkFinite } from "../../arguments/numbers.ts";
import type { Optimizer } from "../optimizer.ts";
import { LRScheduler } from "./lr-scheduler.ts";

/** Options of {@link MultiStepLR}. */
export interface MultiStepLROptions {
  /** After how many steps the learning rate changes, in any order; one that stands twice changes it twice. */
  milestones: readonly number[];
  /** Multiplies the learning rate. Default: 0.1. */
  gamma?: number;
}

/**
 * Multiplies the learning rate by `gamma` at each milestone.
 *
 * PyTorch: [`MultiStepLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.MultiStepLR(optimizer, { milestones: [1, 4], gamma: 0.5 });
 * const lrs = [];
 * for (let epoch = 0; epoch < 6; epoch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [8, 4, 4, 4, 2, 2]
 * ```
 */
export class MultiStepLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link MultiStepLROptions}.
   * @throws ValueError if a milestone is not an integer.
   */
  constructor(optimizer: Optimizer, options: MultiStepLROptions) {
    requireOptions("MultiStepLR", options, "milestones: [10, 20]", ["milestones", "gamma"]);
    const { milestones, gamma = 0.1 } = options;
    checkMilestones("MultiStepLR", milestones);
    checkFinite("MultiStepLR", { gamma });
    const times = (epoch: number): number => milestones.filter((milestone) => milestone === epoch).length;
    super(optimizer, ({ epoch, lr }) => lr * pow(gamma, times(epoch)));
  }
}

/** Throws unless `milestones` is a list of integers. */
export function checkMilestones(op: string, milestones: unknown): void {
  if (!Array.isArray(milestones) || !milestones.every(Number.isInteger))
    throw new ValueError(op, `milestones must be a list of integers, got ${String(milestones)}`);
}
