import { requireOptions, Tensor, ValueError } from "@torchlet/tensor";
import { kindOf } from "@torchlet/tensor/checks";
import { checkNonNegative } from "../../arguments/numbers.ts";
import { numbersPerGroup } from "../checks.ts";
import type { Optimizer } from "../optimizer.ts";
import { checkOptimizer } from "./lr-scheduler.ts";

/** Options of {@link ReduceLROnPlateau}. */
export interface ReduceLROnPlateauOptions {
  /** Whether the metric is to fall or to rise. Default: `"min"`. */
  mode?: "min" | "max";
  /** Multiplies the learning rate. Default: 0.1. */
  factor?: number;
  /** How many steps without improvement are tolerated. Default: 10. */
  patience?: number;
  /** How much better counts as an improvement. Default: 0.0001. */
  threshold?: number;
  /** Whether `threshold` is relative to the best value or absolute. Default: `"rel"`. */
  thresholdMode?: "rel" | "abs";
  /** How many steps after a reduction are not judged. Default: 0. */
  cooldown?: number;
  /** The lowest learning rate, for all parameter groups or for each. Default: 0. */
  minLr?: number | readonly number[];
  /** Changes smaller than this are not made. Default: 1e-8. */
  eps?: number;
}

/** A saved {@link ReduceLROnPlateau}: plain numbers. */
export interface ReduceLROnPlateauStateDict {
  /** How many steps there were. */
  lastEpoch: number;
  /** The best value so far; null before the first. */
  best: number | null;
  /** How many steps there were without improvement. */
  numBadEpochs: number;
  /** How many steps are still not judged. */
  cooldownCounter: number;
  /** The learning rates now. */
  lastLr: number[];
}

/**
 * Lowers the learning rate when a metric has stopped improving.
 *
 * PyTorch: [`ReduceLROnPlateau`](https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 8 });
 * const scheduler = new optim.ReduceLROnPlateau(optimizer, { factor: 0.5, patience: 1 });
 * for (const loss of [3, 2, 2, 2]) {
 *   optimizer.step();
 *   scheduler.step(loss);
 * }
 * scheduler.getLastLr(); // => [4]
 * ```
 */
export class ReduceLROnPlateau {
  /** Whose learning rates are changed. */
  readonly optimizer: Optimizer;
  readonly #options: Required<ReduceLROnPlateauOptions>;
  readonly #minLrs: readonly number[];
  #lastEpoch = 0;
  #best: number | null = null;
  #numBadEpochs = 0;
  #cooldownCounter = 0;

  /**
   * @param optimizer - Whose learning rates are changed.
   * @param options - See {@link ReduceLROnPlateauOptions}.
   * @throws ValueError if `factor` is not below 1, or an option has a value that does not exist.
   */
  constructor(optimizer: Optimizer, options: ReduceLROnPlateauOptions = {}) {
    const op = "ReduceLROnPlateau";
    requireOptions(op, options, "factor: 0.5", [
      "mode",
      "factor",
      "patience",
      "threshold",
      "thresholdMode",
      "cooldown",
      "minLr",
      "eps",
    ]);
    checkOptimizer(op, optimizer);
    const defaults = {
      mode: "min",
      factor: 0.1,
      patience: 10,
      threshold: 1e-4,
      thresholdMode: "rel",
      cooldown: 0,
      minLr: 0,
      eps: 1e-8,
    } as const;
    this.optimizer = optimizer;
    this.#options = { ...defaults, ...options };
    this.#minLrs = numbersPerGroup(op, "minLr", this.#options.minLr, optimizer.paramGroups.length);
    checkOptions(op, this.#options);
  }

  /** How many steps there were. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }

  /**
   * Looks at the metric, such as the loss on held-out data, and lowers the learning rates if it has not improved for too long.
   *
   * @param metric - A number, or a tensor of one element. NaN is no improvement.
   * @throws ValueError if it is neither.
   */
  step(metric: number | Tensor): void {
    const value = valueOf(metric);
    const { patience, cooldown } = this.#options;
    this.#lastEpoch++;
    if (this.#improves(value)) {
      this.#best = value;
      this.#numBadEpochs = 0;
    } else {
      this.#numBadEpochs++;
    }
    if (this.#cooldownCounter > 0) {
      this.#cooldownCounter--;
      this.#numBadEpochs = 0;
    }
    if (this.#numBadEpochs > patience) {
      this.#reduce();
      this.#cooldownCounter = cooldown;
      this.#numBadEpochs = 0;
    }
  }

  #improves(value: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    const sign = mode === "min" ? -1 : 1;
    const best = this.#best ?? -sign * Infinity;
    const target = thresholdMode === "rel" ? best * (1 + sign * threshold) : best + sign * threshold;
    return mode === "min" ? value < target : value > target;
  }

  #reduce(): void {
    const { factor, eps } = this.#options;
    this.#minLrs.forEach((minLr, i) => {
      const group = this.optimizer.paramGroups[i]!;
      const lr = Math.max(group.lr * factor, minLr);
      if (group.lr - lr > eps) group.lr = lr;
    });
  }

  /** The learning rates of now, one for each parameter group. */
  getLastLr(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** Everything that a later run needs to continue. */
  stateDict(): ReduceLROnPlateauStateDict {
    return {
      lastEpoch: this.#lastEpoch,
      best: this.#best,
      numBadEpochs: this.#numBadEpochs,
      cooldownCounter: this.#cooldownCounter,
      lastLr: this.getLastLr(),
    };
  }

  /**
   * Continues where a saved scheduler stood, and sets the optimizer's learning rates to the saved ones.
   *
   * @throws ValueError if it is no such state or has another number of groups; nothing is then changed.
   */
  loadStateDict(state: ReduceLROnPlateauStateDict): void {
    const groups = this.optimizer.paramGroups;
    checkState(state, groups.length);
    this.#lastEpoch = state.lastEpoch;
    this.#best = state.best;
    this.#numBadEpochs = state.numBadEpochs;
    this.#cooldownCounter = state.cooldownCounter;
    groups.forEach((group, i) => (group.lr = state.lastLr[i]!));
  }
}

/** The number in a metric. */
function valueOf(metric: unknown): number {
  if (typeof metric === "number") return metric;
  if (metric instanceof Tensor) return metric.item();
  throw new ValueError(
    "ReduceLROnPlateau",
    `step needs the metric, a number or a tensor such as the loss, got ${kindOf(metric)}`,
  );
}

function checkOptions(op: string, options: Required<ReduceLROnPlateauOptions>): void {
  const { mode, thresholdMode, factor, patience, threshold, cooldown, eps } = options;
  checkNonNegative(op, { factor, patience, threshold, cooldown, eps });
  if (factor >= 1) throw new ValueError(op, `factor must be less than 1, got ${factor}`);
  if (!["min", "max"].includes(mode)) throw new ValueError(op, `mode must be "min" or "max", got ${mode}`);
  if (!["rel", "abs"].includes(thresholdMode))
    throw new ValueError(op, `thresholdMode must be "rel" or "abs", got ${thresholdMode}`);
}

function checkState(state: unknown, groups: number): void {
  const { best, lastLr, ...counts } = (state ?? {}) as Partial<ReduceLROnPlateauStateDict>;
  const { lastEpoch, numBadEpochs, cooldownCounter } = counts;
  const numbers = [lastEpoch, numBadEpochs, cooldownCounter, best ?? 0];
  if (!numbers.every((v) => typeof v === "number") || !Array.isArray(lastLr) || lastLr.length !== groups)
    throw new ValueError(
      "loadStateDict",
      "what was saved does not fit this ReduceLROnPlateau: expected { lastEpoch, best, numBadEpochs, cooldownCounter, lastLr } " +
        `with ${groups} learning rates`,
    );
}
