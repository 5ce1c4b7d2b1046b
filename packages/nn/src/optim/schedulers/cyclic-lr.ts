import { requireOptions, ValueError } from "@torchlet/tensor";
import { exp2, pow } from "@torchlet/tensor/math";
import { checkFinite } from "../../arguments/numbers.ts";
import { checkFunctions, numbersPerGroup } from "../checks.ts";
import type { Optimizer } from "../optimizer.ts";
import { checkOptimizer, LRScheduler } from "./lr-scheduler.ts";
import { checkHasMomentum } from "./momentum.ts";

/** Options of {@link CyclicLR}. */
export interface CyclicLROptions {
  /** The lowest learning rate, for all parameter groups or for each. */
  baseLr: number | readonly number[];
  /** The highest learning rate. */
  maxLr: number | readonly number[];
  /** How many steps the learning rate rises. Default: 2000. */
  stepSizeUp?: number;
  /** How many steps it falls. Default: `stepSizeUp`. */
  stepSizeDown?: number;
  /**
   * How the height of the cycles changes: not at all, by half from cycle to cycle, or by `gamma` in each step. Default: `"triangular"`.
   */
  mode?: "triangular" | "triangular2" | "exp_range";
  /** For `"exp_range"`. Default: 1. */
  gamma?: number;
  /** A rule of your own for the height, instead of `mode`. */
  scaleFn?: (x: number) => number;
  /** Whether `scaleFn` gets the number of the cycle, from 1, or of the step, from 0. Default: `"cycle"`. */
  scaleMode?: "cycle" | "iterations";
  /** Whether momentum (or the first beta) falls while the learning rate rises. Default: true. */
  cycleMomentum?: boolean;
  /** The lowest momentum. Default: 0.8. */
  baseMomentum?: number | readonly number[];
  /** The highest momentum. Default: 0.9. */
  maxMomentum?: number | readonly number[];
}

/**
 * Lets the learning rate rise and fall evenly between two values, with momentum moving the other way.
 *
 * Call `step` after every batch.
 *
 * After Smith, [Cyclical Learning Rates for Training Neural Networks](https://arxiv.org/abs/1506.01186); cycling momentum is PyTorch's
 * addition.
 *
 * PyTorch: [`CyclicLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { momentum: 0.9 });
 * const scheduler = new optim.CyclicLR(optimizer, { baseLr: 1, maxLr: 5, stepSizeUp: 2 });
 * const lrs = [];
 * for (let batch = 0; batch < 6; batch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs; // => [1, 3, 5, 3, 1, 3]
 * ```
 */
export class CyclicLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates and momenta are changed.
   * @param options - See {@link CyclicLROptions}.
   * @throws ValueError if a number is missing, a step size is not positive, or the optimizer has no momentum to cycle.
   */
  constructor(optimizer: Optimizer, options: CyclicLROptions) {
    const op = "CyclicLR";
    requireOptions(op, options, "baseLr: 0.001, maxLr: 0.1", [
      "baseLr",
      "maxLr",
      "stepSizeUp",
      "stepSizeDown",
      "mode",
      "gamma",
      "scaleFn",
      "scaleMode",
      "cycleMomentum",
      "baseMomentum",
      "maxMomentum",
    ]);
    const { stepSizeUp = 2000, stepSizeDown = stepSizeUp, cycleMomentum = true } = options;
    checkOptimizer(op, optimizer);
    checkFinite(op, { stepSizeUp, stepSizeDown });
    if (stepSizeUp <= 0 || stepSizeDown <= 0)
      throw new ValueError(op, `step sizes must be above 0, got ${stepSizeUp} and ${stepSizeDown}`);
    if (cycleMomentum) checkHasMomentum(op, optimizer);
    const groups = optimizer.paramGroups;
    const baseLrs = numbersPerGroup(op, "baseLr", options.baseLr, groups.length);
    const maxLrs = numbersPerGroup(op, "maxLr", options.maxLr, groups.length);
    const baseMomenta = numbersPerGroup(op, "baseMomentum", options.baseMomentum ?? 0.8, groups.length);
    const maxMomenta = numbersPerGroup(op, "maxMomentum", options.maxMomentum ?? 0.9, groups.length);
    const height = heightOf(stepSizeUp, stepSizeDown, scalingOf(op, options));
    groups.forEach((group, i) => (group.initialLr = baseLrs[i]!));
    super(optimizer, ({ epoch, group, baseLr }) => baseLr + (maxLrs[group]! - baseLr) * height(epoch), {
      laterGroups: false,
      momentum: cycleMomentum
        ? ({ epoch, group }) =>
            maxMomenta[group]! - (maxMomenta[group]! - baseMomenta[group]!) * height(epoch)
        : null,
    });
  }
}

/** How high the cycle stands at an epoch: from 0 to 1, times the scale. */
function heightOf(
  up: number,
  down: number,
  scale: (cycle: number, epoch: number) => number,
): (epoch: number) => number {
  const peak = up / (up + down);
  return (epoch) => {
    const cycle = Math.floor(1 + epoch / (up + down));
    const place = 1 + epoch / (up + down) - cycle;
    return (place <= peak ? place / peak : (place - 1) / (peak - 1)) * scale(cycle, epoch);
  };
}

function scalingOf(op: string, options: CyclicLROptions): (cycle: number, epoch: number) => number {
  const { mode = "triangular", gamma = 1, scaleFn, scaleMode = "cycle" } = options;
  checkFinite(op, { gamma });
  if (scaleFn !== undefined) checkFunctions(op, "scaleFn", [scaleFn]);
  if (scaleFn) return (cycle, epoch) => scaleFn(scaleMode === "cycle" ? cycle : epoch);
  switch (mode) {
    case "triangular":
      return () => 1;
    case "triangular2":
      return (cycle) => exp2(1 - cycle);
    case "exp_range":
      return (_, epoch) => pow(gamma, epoch);
    default:
      throw new ValueError(
        op,
        `mode must be "triangular", "triangular2" or "exp_range", got ${String(mode)}`,
      );
  }
}
