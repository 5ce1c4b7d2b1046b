import { ValueError } from "@torchlet/tensor";
import { checkFinite } from "../../arguments/numbers.ts";
import { Optimizer, type ParamGroup } from "../optimizer.ts";
import { setMomentum } from "./momentum.ts";

/** A saved scheduler: plain numbers. */
export interface LRSchedulerStateDict {
  /** How many steps there were. */
  lastEpoch: number;
  /** The learning rates that the schedule starts from, one for each parameter group. */
  baseLrs: number[];
  /** The learning rates now. */
  lastLr: number[];
}

/** What a learning rate is computed from. */
export interface ScheduleMoment {
  /** How many steps there were; 0 at construction. */
  readonly epoch: number;
  /** The group's learning rate of now. */
  readonly lr: number;
  /** The learning rate that the group's schedule starts from. */
  readonly baseLr: number;
  /** Which parameter group. */
  readonly group: number;
}

/** The learning rate of a parameter group for the steps to come. */
export type Schedule = (at: ScheduleMoment) => number;

/** What a rule does beside computing learning rates. */
export interface LRSchedulerOptions {
  /** A rule for momentum, or the first beta, of the groups there were at first. Default: null, neither is changed. */
  momentum?: ((at: { readonly epoch: number; readonly group: number }) => number) | null;
  /** Whether parameter groups that are added later are scheduled, too; not if the rule has something for each group. Default: true. */
  laterGroups?: boolean;
}

/**
 * The base of all schedulers that change learning rates by a rule: it applies the rule once at construction and once per `step`.
 *
 * Call `scheduler.step()` after `optimizer.step()`, once per epoch or batch as the schedule is meant. Where a rule multiplies the
 * learning rate of now, several schedulers can work on one optimizer at the same time.
 * PyTorch: [`torch.optim.lr_scheduler`](https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate). There is no
 * `last_epoch` argument: to continue a run, make the same scheduler and call `loadStateDict`.
 *
 * @example
 * A scheduler of your own is its rule.
 *
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * class HarmonicLR extends optim.LRScheduler {
 *   constructor(optimizer: optim.Optimizer) {
 *     super(optimizer, ({ epoch, baseLr }) => baseLr / (1 + epoch));
 *   }
 * }
 *
 * const optimizer = new optim.SGD([zeros(2)], { lr: 12 });
 * const scheduler = new HarmonicLR(optimizer);
 * optimizer.step();
 * scheduler.step();
 * scheduler.getLastLr(); // => [6]
 * ```
 */
export abstract class LRScheduler {
  /** Whose learning rates are changed. */
  readonly optimizer: Optimizer;
  readonly #schedule: Schedule;
  readonly #options: LRSchedulerOptions;
  readonly #baseLrs: number[] = [];
  /** How many groups there were at first. */
  readonly #firstGroups: number;
  #lastEpoch = 0;

  /**
   * @param optimizer - Whose learning rates are changed.
   * @param schedule - The rule.
   * @param options - `momentum`, `laterGroups`.
   */
  protected constructor(optimizer: Optimizer, schedule: Schedule, options: LRSchedulerOptions = {}) {
    checkOptimizer(new.target.name, optimizer);
    this.optimizer = optimizer;
    this.#schedule = schedule;
    this.#options = options;
    this.#firstGroups = optimizer.paramGroups.length;
    this.#apply(0, (group) => group.lr);
  }

  /** How many steps there were. */
  get lastEpoch(): number {
    return this.#lastEpoch;
  }

  /** The learning rates that the schedule starts from, one for each parameter group. */
  get baseLrs(): readonly number[] {
    this.#groups();
    return this.#baseLrs;
  }

  /** Moves on by one and sets the learning rates. */
  step(): void {
    this.advanceTo(this.#lastEpoch + 1);
  }

  /** Starts the schedule from its beginning, as {@link SequentialLR} does with each of its schedulers. */
  restart(): void {
    this.#apply(0, (_, i) => this.#baseLrs[i]!);
  }

  /** Sets the learning rates for a given epoch; for rules that depend on nothing else. */
  protected advanceTo(epoch: number): void {
    this.#apply(epoch, (group) => group.lr);
  }

  /** The learning rates of now, one for each parameter group. PyTorch: `get_last_lr`. */
  getLastLr(): number[] {
    return this.#groups().map(({ lr }) => lr);
  }

  /** Everything that a later run needs to continue. Functions that were given as options are not in it. */
  stateDict(): LRSchedulerStateDict {
    return { lastEpoch: this.#lastEpoch, lastLr: this.getLastLr(), baseLrs: [...this.#baseLrs] };
  }

  /**
   * Continues where a saved scheduler stood.
   *
   * It also sets the optimizer's learning rates to the saved ones, so that it does not matter whether the optimizer's own state is
   * loaded before or after. (PyTorch leaves them as they are.)
   *
   * @param state - What {@link LRScheduler.stateDict} returned, of a scheduler with the same options.
   * @throws ValueError if it is no such state or has another number of groups; nothing is then changed.
   */
  loadStateDict(state: LRSchedulerStateDict): void {
    const groups = this.#groups();
    checkState(this.constructor.name, state, groups.length);
    this.#lastEpoch = state.lastEpoch;
    groups.forEach((group, i) => {
      this.#baseLrs[i] = state.baseLrs[i]!;
      group.lr = state.lastLr[i]!;
    });
    this.#applyMomentum();
  }

  #apply(epoch: number, current: (group: ParamGroup, i: number) => number): void {
    const { laterGroups = true } = this.#options;
    const lrs = this.#groups().map((group, i) =>
      laterGroups || i < this.#firstGroups
        ? this.#schedule({ epoch, lr: current(group, i), baseLr: this.#baseLrs[i]!, group: i })
        : group.lr,
    );
    for (const lr of lrs) checkFinite(this.constructor.name, { [`the learning rate of epoch ${epoch}`]: lr });
    this.#lastEpoch = epoch;
    this.#groups().forEach((group, i) => (group.lr = lrs[i]!));
    this.#applyMomentum();
  }

  #applyMomentum(): void {
    const { momentum = null } = this.#options;
    if (momentum === null) return;
    const groups = this.#groups().slice(0, this.#firstGroups);
    groups.forEach((group, i) => setMomentum(group, momentum({ epoch: this.#lastEpoch, group: i })));
  }

  /** All groups; the schedule of one that was added since starts from its learning rate of now. */
  #groups(): readonly ParamGroup[] {
    const { paramGroups } = this.optimizer;
    for (const group of paramGroups.slice(this.#baseLrs.length))
      this.#baseLrs.push((group.initialLr ??= group.lr));
    return paramGroups;
  }
}

/** Throws unless `optimizer` is one. */
export function checkOptimizer(op: string, optimizer: unknown): void {
  if (!(optimizer instanceof Optimizer))
    throw new ValueError(op, "the first argument must be the optimizer whose learning rate is to be changed");
}

function checkState(scheduler: string, state: unknown, groups: number): void {
  const { lastEpoch, baseLrs, lastLr } = (state ?? {}) as Partial<Record<string, unknown>>;
  const problems =
    typeof lastEpoch === "number" && lastEpoch >= 0 ? [] : ["lastEpoch is not a number of steps"];
  for (const [name, list] of Object.entries({ baseLrs, lastLr }))
    if (!Array.isArray(list) || list.length !== groups || !list.every((lr) => typeof lr === "number"))
      problems.push(`${name} is not a list of ${groups} numbers, one for each parameter group`);
  if (problems.length > 0)
    throw new ValueError(
      "loadStateDict",
      `what was saved does not fit this ${scheduler}:\n  ${problems.join("\n  ")}`,
    );
}
