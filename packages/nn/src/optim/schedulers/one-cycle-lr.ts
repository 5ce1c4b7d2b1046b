import { requireOptions, ValueError } from "@torchlet/tensor";
import { cos } from "@torchlet/tensor/math";
import { checkCount, checkFraction, checkPositive } from "../../arguments/numbers.ts";
import { numbersPerGroup } from "../checks.ts";
import type { Optimizer } from "../optimizer.ts";
import { checkOptimizer, LRScheduler } from "./lr-scheduler.ts";
import { checkHasMomentum } from "./momentum.ts";

/** Options of {@link OneCycleLR}. */
export interface OneCycleLROptions {
  /** The highest learning rate, for all parameter groups or for each. */
  maxLr: number | readonly number[];
  /** How many steps the cycle has. Default: `epochs` times `stepsPerEpoch`. */
  totalSteps?: number;
  /** How many epochs the cycle has, instead of `totalSteps`. */
  epochs?: number;
  /** How many steps an epoch has, instead of `totalSteps`. */
  stepsPerEpoch?: number;
  /** Which part of the cycle is spent rising. Default: 0.3. */
  pctStart?: number;
  /** Along which curve to move. Default: `"cos"`. */
  annealStrategy?: "cos" | "linear";
  /** Whether momentum (or the first beta) falls while the learning rate rises. Default: true. */
  cycleMomentum?: boolean;
  /** The lowest momentum. Default: 0.85. */
  baseMomentum?: number | readonly number[];
  /** The highest momentum. Default: 0.95. */
  maxMomentum?: number | readonly number[];
  /** The cycle starts at `maxLr / divFactor`. Default: 25. */
  divFactor?: number;
  /** The cycle ends at its start divided by this. Default: 10000. */
  finalDivFactor?: number;
  /** Fall back to the start as fast as it rose, then to the end. Default: false. */
  threePhase?: boolean;
}

/** From where to where a part of the cycle leads. */
interface Phase {
  readonly end: number;
  readonly lr: readonly [from: "start" | "max", to: "start" | "max" | "end"];
  readonly momentum: readonly [from: "base" | "max", to: "base" | "max"];
}

/**
 * One rise of the learning rate to a high value and one long fall far below its start, with momentum moving the other way.
 *
 * Call `step` after every batch, at most `totalSteps` times.
 *
 * After Smith and Topin, [Super-Convergence](https://arxiv.org/abs/1708.07120), with PyTorch's differences: two phases unless
 * `threePhase`, and cosines unless `annealStrategy` is `"linear"`.
 *
 * PyTorch: [`OneCycleLR`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { momentum: 0.9 });
 * const scheduler = new optim.OneCycleLR(optimizer, { maxLr: 100, totalSteps: 10, pctStart: 0.4, annealStrategy: "linear" });
 * const lrs = [];
 * for (let batch = 0; batch < 10; batch++) {
 *   lrs.push(optimizer.paramGroups[0]!.lr);
 *   optimizer.step();
 *   scheduler.step();
 * }
 * lrs.map(Math.round); // => [4, 36, 68, 100, 83, 67, 50, 33, 17, 0]
 * ```
 */
export class OneCycleLR extends LRScheduler {
  /**
   * @param optimizer - Whose learning rates and momenta are changed.
   * @param options - See {@link OneCycleLROptions}.
   * @throws ValueError if the number of steps is not given or not positive, `pctStart` is not between 0 and 1, a factor is not
   * positive, or the optimizer has no
   * momentum to cycle.
   */
  constructor(optimizer: Optimizer, options: OneCycleLROptions) {
    const op = "OneCycleLR";
    requireOptions(op, options, "maxLr: 0.1, totalSteps: 100", [
      "maxLr",
      "totalSteps",
      "epochs",
      "stepsPerEpoch",
      "pctStart",
      "annealStrategy",
      "cycleMomentum",
      "baseMomentum",
      "maxMomentum",
      "divFactor",
      "finalDivFactor",
      "threePhase",
    ]);
    const { divFactor = 25, finalDivFactor = 1e4, cycleMomentum = true } = options;
    checkOptimizer(op, optimizer);
    checkPositive(op, { divFactor, finalDivFactor });
    if (cycleMomentum) checkHasMomentum(op, optimizer);
    const groups = optimizer.paramGroups;
    const maxLrs = numbersPerGroup(op, "maxLr", options.maxLr, groups.length);
    const maxMomenta = numbersPerGroup(op, "maxMomentum", options.maxMomentum ?? 0.95, groups.length);
    const baseMomenta = numbersPerGroup(op, "baseMomentum", options.baseMomentum ?? 0.85, groups.length);
    const phases = phasesOf(op, options);
    const curve = curveOf(op, options.annealStrategy ?? "cos");
    groups.forEach((group, i) => (group.initialLr = maxLrs[i]! / divFactor));
    super(
      optimizer,
      ({ epoch, group, baseLr }) => {
        const { phase, progress } = locate(phases, epoch);
        const ends = { start: baseLr, max: maxLrs[group]!, end: baseLr / finalDivFactor };
        return curve(ends[phase.lr[0]], ends[phase.lr[1]], progress);
      },
      {
        laterGroups: false,
        momentum: cycleMomentum
          ? ({ epoch, group }) => {
              const { phase, progress } = locate(phases, epoch);
              const ends = { base: baseMomenta[group]!, max: maxMomenta[group]! };
              return curve(ends[phase.momentum[0]], ends[phase.momentum[1]], progress);
            }
          : null,
      },
    );
  }
}

function phasesOf(op: string, options: OneCycleLROptions): Phase[] {
  const { pctStart = 0.3, threePhase = false } = options;
  checkFraction(op, { pctStart });
  const steps = stepsOf(op, options);
  const rise: Phase = { end: pctStart * steps - 1, lr: ["start", "max"], momentum: ["max", "base"] };
  if (!threePhase) return [rise, { end: steps - 1, lr: ["max", "end"], momentum: ["base", "max"] }];
  return [
    rise,
    { end: 2 * pctStart * steps - 2, lr: ["max", "start"], momentum: ["base", "max"] },
    { end: steps - 1, lr: ["start", "end"], momentum: ["max", "max"] },
  ];
}

function stepsOf(op: string, { totalSteps, epochs, stepsPerEpoch }: OneCycleLROptions): number {
  if (totalSteps !== undefined) {
    checkCount(op, { totalSteps });
    return totalSteps;
  }
  if (epochs === undefined || stepsPerEpoch === undefined)
    throw new ValueError(op, "how long is the cycle? Give totalSteps, or epochs and stepsPerEpoch");
  checkCount(op, { epochs, stepsPerEpoch });
  return epochs * stepsPerEpoch;
}

/** The phase in which `epoch` lies, and how much of it has passed. */
function locate(phases: readonly Phase[], epoch: number): { phase: Phase; progress: number } {
  const last = phases.length - 1;
  const steps = phases[last]!.end + 1;
  if (epoch > steps)
    throw new ValueError(
      "OneCycleLR",
      `step ${epoch + 1} of a cycle of ${steps}; make totalSteps larger, or stop calling step()`,
    );
  let i = 0;
  while (i < last && epoch > phases[i]!.end) i++;
  const phase = phases[i]!;
  const start = i === 0 ? 0 : phases[i - 1]!.end;
  const length = phase.end - start;
  return { phase, progress: length === 0 ? 1 : (epoch - start) / length };
}

type Curve = (from: number, to: number, progress: number) => number;

function curveOf(op: string, strategy: "cos" | "linear"): Curve {
  switch (strategy) {
    case "cos":
      return (from, to, progress) => to + ((from - to) / 2) * (cos(Math.PI * progress) + 1);
    case "linear":
      return (from, to, progress) => (to - from) * progress + from;
    default:
      throw new ValueError(op, `annealStrategy must be "cos" or "linear", got ${String(strategy)}`);
  }
}
