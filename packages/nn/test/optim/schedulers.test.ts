import { tensor, ValueError, zeros, type Tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import * as optim from "../../src/optim/index.ts";
import { camelCase, expectNear, golden } from "./problem.ts";

interface Case {
  readonly scheduler: string;
  readonly optimizer?: string;
  readonly options: Record<string, unknown>;
  readonly base_lrs: readonly number[];
  readonly metrics?: readonly number[];
  readonly lr: readonly (readonly number[])[];
  readonly momentum?: readonly number[];
}

interface NamedCase extends Omit<Case, "scheduler" | "options"> {
  readonly name: string;
}

interface AnyScheduler<S = unknown> {
  step(metric?: number): void;
  getLastLr(): number[];
  stateDict(): S;
  loadStateDict(state: S): void;
}

const { cases } = golden("schedulers.json") as { readonly cases: readonly Case[] };
const { cases: more } = golden("schedulers-more.json") as { readonly cases: readonly NamedCase[] };

const parameter = (): Tensor => zeros([1], { requiresGrad: true });

function optimizerFor({ optimizer, base_lrs }: Pick<Case, "optimizer" | "base_lrs">): optim.Optimizer {
  const groups = base_lrs.map((lr) => ({ params: parameter(), lr }));
  return optimizer === "Adam" ? new optim.Adam(groups) : new optim.SGD(groups, { momentum: 0.9 });
}

function momentumOf(optimizer: optim.Optimizer): number {
  const group = optimizer.paramGroups[0] as { momentum?: number; betas?: readonly [number, number] };
  return group.betas?.[0] ?? group.momentum!;
}

function schedulerFor({ scheduler, options }: Case, optimizer: optim.Optimizer): AnyScheduler {
  if (scheduler === "SequentialLR") {
    const warmUp = new optim.LinearLR(optimizer, { startFactor: 0.1, totalIters: 5 });
    const decay = new optim.CosineAnnealingLR(optimizer, { tMax: 25 });
    return new optim.SequentialLR(optimizer, [warmUp, decay], { milestones: [5] });
  }
  const { T_max: tMax, T_0: t0, T_mult: tMult, ...rest } = options;
  const given = Object.entries({ tMax, t0, tMult, ...camelCase(rest) }).filter(([, v]) => v !== undefined);
  const Class = (optim as unknown as Record<string, new (...args: unknown[]) => AnyScheduler>)[scheduler]!;
  return new Class(optimizer, Object.fromEntries(given));
}

/** Learning rates of every group and the momentum, as a scheduler sets them before each of `n` steps. */
function trace(
  optimizer: optim.Optimizer,
  scheduler: AnyScheduler,
  n: number,
  metrics: readonly number[] = [],
) {
  const lr: number[][] = optimizer.paramGroups.map(() => []);
  const momentum: number[] = [];
  for (let t = 0; t < n; t++) {
    optimizer.paramGroups.forEach((group, i) => lr[i]!.push(group.lr));
    momentum.push(momentumOf(optimizer));
    if (t === n - 1) break;
    optimizer.step();
    scheduler.step(metrics[t]);
  }
  return { lr, momentum };
}

function expectTrace(actual: ReturnType<typeof trace>, expected: Pick<Case, "lr" | "momentum">): void {
  expected.lr.forEach((lrs, i) => expectNear(actual.lr[i]!, lrs, 1e-14));
  if (expected.momentum) expectNear(actual.momentum, expected.momentum, 1e-14);
}

describe("schedulers give PyTorch's learning rates", () => {
  test.each(
    cases.map((c) => [`${c.scheduler} ${JSON.stringify(c.options)} from ${c.base_lrs.join()}`, c] as const),
  )("%s", (_, c) => {
    const optimizer = optimizerFor(c);
    expectTrace(trace(optimizer, schedulerFor(c, optimizer), c.lr[0]!.length, c.metrics), c);
  });

  const make: Record<string, (o: optim.Optimizer) => AnyScheduler> = {
    lambda: (o) => new optim.LambdaLR(o, { lrLambda: (t) => 0.95 ** t }),
    "lambda per group": (o) =>
      new optim.LambdaLR(o, { lrLambda: [(t) => 0.95 ** t, (t) => Math.floor(t / 3)] }),
    multiplicative: (o) => new optim.MultiplicativeLR(o, { lrLambda: (t) => 1 - 1 / (t + 2) }),
    cyclic: (o) => new optim.CyclicLR(o, { baseLr: 0.01, maxLr: 0.2, stepSizeUp: 4 }),
    "cyclic triangular2": (o) =>
      new optim.CyclicLR(o, {
        baseLr: 0.01,
        maxLr: 0.2,
        stepSizeUp: 4,
        stepSizeDown: 6,
        mode: "triangular2",
      }),
    "cyclic exp_range": (o) =>
      new optim.CyclicLR(o, {
        baseLr: 0.01,
        maxLr: 0.2,
        stepSizeUp: 4,
        mode: "exp_range",
        gamma: 0.9,
        cycleMomentum: false,
      }),
    "cyclic scale": (o) =>
      new optim.CyclicLR(o, {
        baseLr: 0.01,
        maxLr: 0.2,
        stepSizeUp: 4,
        scaleFn: (x) => 1 / x,
        baseMomentum: 0.5,
        maxMomentum: 0.7,
      }),
    chained: (o) =>
      new optim.ChainedScheduler([
        new optim.ConstantLR(o, { factor: 0.1, totalIters: 7 }),
        new optim.ExponentialLR(o, { gamma: 0.9 }),
      ]),
    "sequence of three": (o) =>
      new optim.SequentialLR(
        o,
        [
          new optim.ConstantLR(o, { factor: 0.1, totalIters: 3 }),
          new optim.StepLR(o, { stepSize: 4, gamma: 0.5 }),
          new optim.MultiplicativeLR(o, { lrLambda: () => 0.9 }),
        ],
        { milestones: [5, 17] },
      ),
    "sequence to a cycle": (o) =>
      new optim.SequentialLR(
        o,
        [
          new optim.LinearLR(o, { startFactor: 0.2, endFactor: 1, totalIters: 4 }),
          new optim.CosineAnnealingWarmRestarts(o, { t0: 5 }),
        ],
        { milestones: [6] },
      ),
    "fractional restarts": (o) => {
      const scheduler = new optim.CosineAnnealingWarmRestarts(o, { t0: 3, tMult: 2 });
      let quarters = 0;
      return {
        step: () => scheduler.step(++quarters / 4),
        getLastLr: () => scheduler.getLastLr(),
        stateDict: () => ({ quarters, inner: scheduler.stateDict() }),
        loadStateDict: (state) => {
          const saved = state as { quarters: number; inner: optim.LRSchedulerStateDict };
          quarters = saved.quarters;
          scheduler.loadStateDict(saved.inner);
        },
      };
    },
  };

  test.each(more.map((c) => [c.name, c] as const))("%s", (name, c) => {
    const optimizer = optimizerFor(c);
    expectTrace(trace(optimizer, make[name]!(optimizer), c.lr[0]!.length), c);
  });

  const all = [
    ...cases.map((c) => [
      `${c.scheduler} ${JSON.stringify(c.options)}`,
      c,
      (o: optim.Optimizer) => schedulerFor(c, o),
    ]),
    ...more.map((c) => [c.name, c, make[c.name]!]),
  ] as [string, Case, (o: optim.Optimizer) => AnyScheduler][];

  test.each(all)("%s continues from JSON, whichever state is loaded first", (_, c, create) => {
    const n = c.lr[0]!.length;
    const first = optimizerFor(c);
    const scheduler = create(first);
    trace(first, scheduler, 8, c.metrics);
    const saved = JSON.stringify({ optimizer: first.stateDict(), scheduler: scheduler.stateDict() });
    const expected = trace(first, scheduler, n - 8, c.metrics?.slice(7));
    for (const optimizerFirst of [true, false]) {
      const state = JSON.parse(saved) as { optimizer: optim.OptimizerStateDict; scheduler: unknown };
      const second = optimizerFor(c);
      if (optimizerFirst) second.loadStateDict(state.optimizer);
      const resumed = create(second);
      if (!optimizerFirst) second.loadStateDict(state.optimizer);
      resumed.loadStateDict(state.scheduler);
      expect(resumed.getLastLr()).toEqual(expected.lr.map((lrs) => lrs[0]));
      expect(trace(second, resumed, n - 8, c.metrics?.slice(7))).toEqual(expected);
    }
  });
});

describe("schedulers", () => {
  const sgd = (): optim.SGD => new optim.SGD([parameter()], { lr: 1, momentum: 0.9 });

  // PyTorch gives these.
  test.each<[string, number, (optimizer: optim.Optimizer) => optim.LRScheduler]>([
    ["StepLR", 0.075, (o) => new optim.StepLR(o, { stepSize: 1, gamma: 0.5 })],
    ["ExponentialLR", 0.075, (o) => new optim.ExponentialLR(o, { gamma: 0.5 })],
    ["MultiStepLR", 0.15, (o) => new optim.MultiStepLR(o, { milestones: [1], gamma: 0.5 })],
    ["LinearLR", 0.45, (o) => new optim.LinearLR(o, { startFactor: 0.5, totalIters: 4 })],
    ["PolynomialLR", 0.15, (o) => new optim.PolynomialLR(o, { totalIters: 4 })],
    ["ConstantLR", 0.6, (o) => new optim.ConstantLR(o, { factor: 0.5, totalIters: 2 })],
    ["CosineAnnealingLR", 0.15, (o) => new optim.CosineAnnealingLR(o, { tMax: 4 })],
    [
      "LambdaLR, which has no function for it,",
      0.3,
      (o) => new optim.LambdaLR(o, { lrLambda: (e) => 0.5 ** e }),
    ],
  ])("%s gives a group that is added later %f after two steps", (_name, expected, make) => {
    const optimizer = sgd();
    const scheduler = make(optimizer);
    optimizer.addParamGroup({ params: parameter(), lr: 0.3 });
    scheduler.step();
    scheduler.step();
    expect(optimizer.paramGroups[1]!.lr).toBeCloseTo(expected, 12);
    expect(scheduler.getLastLr()[1]).toBe(optimizer.paramGroups[1]!.lr);
    const other = sgd();
    other.addParamGroup({ params: parameter(), lr: 7 });
    make(other).loadStateDict(scheduler.stateDict());
    expect(other.paramGroups[1]!.lr).toBe(optimizer.paramGroups[1]!.lr);
  });

  test("may leave a learning rate below 0, and the optimizer is still saved and continued", () => {
    const optimizer = new optim.SGD([parameter()], { lr: 0.1 });
    const scheduler = new optim.LinearLR(optimizer, { endFactor: 0 });
    for (let i = 0; i < 5; i++) scheduler.step();
    const { lr } = optimizer.paramGroups[0]!;
    expect(lr).toBe(-1.480297366166875e-18); // PyTorch's, bit for bit
    const other = new optim.SGD([parameter()], { lr: 0.1 });
    other.loadStateDict(optimizer.stateDict());
    expect(other.paramGroups[0]!.lr).toBe(lr);
  });

  test("a cycle that rises in no steps begins at its highest, and one that falls in none ends at its lowest", () => {
    const rates = (pctStart: number, totalSteps: number): number[] => {
      const scheduler = new optim.OneCycleLR(sgd(), { maxLr: 1, totalSteps, pctStart });
      return Array.from({ length: totalSteps }, () => {
        const [lr] = scheduler.getLastLr();
        scheduler.step();
        return lr!;
      }).concat(scheduler.getLastLr());
    };
    expect(rates(0.1, 10)[0]).toBe(1);
    expect(rates(1, 4).at(-1)).toBeCloseTo(1 / 25 / 1e4, 15);
  });

  test("a run of several goes on with the momentum that the last one left which has one", () => {
    const make = (): [optim.SGD, optim.SequentialLR] => {
      const optimizer = new optim.SGD([parameter()], { lr: 0.1, momentum: 0.5 });
      const parts = [
        new optim.CyclicLR(optimizer, { baseLr: 0.01, maxLr: 0.1, stepSizeUp: 3 }),
        new optim.ExponentialLR(optimizer, { gamma: 0.9 }),
        new optim.OneCycleLR(optimizer, { maxLr: 0.1, totalSteps: 10 }),
      ];
      return [optimizer, new optim.SequentialLR(optimizer, parts, { milestones: [2, 8] })];
    };
    const [optimizer, scheduler] = make();
    for (let i = 0; i < 4; i++) scheduler.step();
    const momentum = 0.9 - 0.1 / 3; // the cycle's, after a third of the way up
    expect(momentumOf(optimizer)).toBeCloseTo(momentum, 12);
    const [resumed, continued] = make();
    resumed.loadStateDict(optimizer.stateDict());
    continued.loadStateDict(scheduler.stateDict());
    expect(momentumOf(resumed)).toBeCloseTo(momentum, 12);
    expect(resumed.paramGroups[0]!.lr).toBe(optimizer.paramGroups[0]!.lr);
  });

  test("never set a learning rate that is no number", () => {
    const bad = (lrLambda: unknown): unknown =>
      new optim.LambdaLR(sgd(), { lrLambda } as optim.LambdaLROptions);
    expect(() => bad(() => undefined)).toThrow(
      "[LambdaLR] the learning rate of epoch 0 must be a finite number, got NaN",
    );
    expect(() => bad([0.9])).toThrow("[LambdaLR] lrLambda must be a function");
    const restarts = new optim.CosineAnnealingWarmRestarts(sgd(), { t0: 2 });
    expect(() => {
      restarts.step(Infinity);
    }).toThrow(ValueError);
    expect(() => new optim.ConstantLR(sgd(), { factor: 0 })).toThrow("factor must be above 0, got 0");
    expect(() => new optim.PolynomialLR(sgd(), { power: -1 })).toThrow(
      "power must be a number of at least 0",
    );
    expect(() => new optim.OneCycleLR(sgd(), { maxLr: 1, totalSteps: 9, divFactor: 0 })).toThrow(
      "divFactor must be above 0, got 0",
    );
  });

  test("a plateau needs its metric, and cannot take its turn among others", () => {
    const plateau = new optim.ReduceLROnPlateau(sgd());
    expect(() => {
      plateau.step(undefined as never);
    }).toThrow(
      "[ReduceLROnPlateau] step needs the metric, a number or a tensor such as the loss, got undefined",
    );
    expect(() => new optim.ChainedScheduler([plateau as never])).toThrow(
      "[ChainedScheduler] scheduler 0 must be one that follows a schedule",
    );
  });

  test("multiply one another's learning rates", () => {
    const optimizer = sgd();
    const [a, b] = [
      new optim.ExponentialLR(optimizer, { gamma: 0.5 }),
      new optim.StepLR(optimizer, { stepSize: 2 }),
    ];
    for (let i = 0; i < 2; i++) for (const s of [a, b]) s.step();
    expect(optimizer.paramGroups[0]!.lr).toBeCloseTo(0.25 * 0.1, 15);
  });

  test("take a tensor of one element as the metric of a plateau, and NaN as no improvement", () => {
    const scheduler = new optim.ReduceLROnPlateau(sgd(), { patience: 0, factor: 0.5 });
    scheduler.step(tensor(1));
    expect(scheduler.getLastLr()).toEqual([1]);
    scheduler.step(NaN);
    expect(scheduler.getLastLr()).toEqual([0.5]);
  });

  test("stop a cycle that is over, and leave the learning rate as it was", () => {
    const optimizer = sgd();
    const scheduler = new optim.OneCycleLR(optimizer, { maxLr: 1, totalSteps: 2 });
    scheduler.step();
    scheduler.step();
    const { lr } = optimizer.paramGroups[0]!;
    expect(() => scheduler.step()).toThrow(/step 4 of a cycle of 2/);
    expect(optimizer.paramGroups[0]!.lr).toBe(lr);
    expect(scheduler.lastEpoch).toBe(2);
  });

  const o = sgd();
  const exponential = new optim.ExponentialLR(o, { gamma: 0.5 });
  test.each([
    [
      "something that is no optimizer",
      () => new optim.StepLR({} as never, { stepSize: 1 }),
      /must be the optimizer/,
    ],
    [
      "a step size of 0",
      () => new optim.StepLR(o, { stepSize: 0 }),
      /stepSize must be an integer of at least 1, got 0/,
    ],
    [
      "a missing gamma",
      () => new optim.ExponentialLR(o, {} as never),
      /gamma must be a finite number, got undefined/,
    ],
    [
      "milestones that are no list",
      () => new optim.MultiStepLR(o, { milestones: 3 as never }),
      /list of integers, got 3/,
    ],
    [
      "a factor above 1",
      () => new optim.ConstantLR(o, { factor: 2 }),
      /factor must lie between 0 and 1, got 2/,
    ],
    ["a warm-up from 0", () => new optim.LinearLR(o, { startFactor: 0 }), /no factor leads away from 0/],
    ["a missing tMax", () => new optim.CosineAnnealingLR(o, {} as never), /tMax must be an integer/],
    [
      "a negative epoch",
      () => new optim.CosineAnnealingWarmRestarts(o, { t0: 2 }).step(-1),
      /must not be negative/,
    ],
    ["a cycle without a length", () => new optim.OneCycleLR(o, { maxLr: 1 }), /Give totalSteps, or epochs/],
    [
      "an unknown curve",
      () => new optim.OneCycleLR(o, { maxLr: 1, totalSteps: 9, annealStrategy: "x" as never }),
      /got x/,
    ],
    [
      "a missing maxLr",
      () => new optim.OneCycleLR(o, { totalSteps: 9 } as never),
      /maxLr must be a finite number/,
    ],
    [
      "too many maxima",
      () => new optim.OneCycleLR(o, { maxLr: [1, 2], totalSteps: 9 }),
      /has 2 entries, .* 1 parameter groups/,
    ],
    [
      "an unknown mode",
      () => new optim.CyclicLR(o, { baseLr: 0, maxLr: 1, mode: "x" as never }),
      /mode must be/,
    ],
    [
      "an empty cycle",
      () => new optim.CyclicLR(o, { baseLr: 0, maxLr: 1, stepSizeUp: 0 }),
      /step sizes must be above 0/,
    ],
    [
      "a momentum to cycle that does not exist",
      () => new optim.OneCycleLR(new optim.Adagrad([parameter()]), { maxLr: 1, totalSteps: 9 }),
      /Adagrad has neither momentum nor betas/,
    ],
    [
      "a plateau factor of 1",
      () => new optim.ReduceLROnPlateau(o, { factor: 1 }),
      /factor must be less than 1/,
    ],
    [
      "an unknown direction",
      () => new optim.ReduceLROnPlateau(o, { mode: "up" as never }),
      /"min" or "max", got up/,
    ],
    ["an empty chain", () => new optim.ChainedScheduler([]), /the list of schedulers is empty/],
    [
      "a scheduler of another optimizer",
      () => new optim.SequentialLR(sgd(), [exponential], { milestones: [] }),
      /scheduler 0 belongs to another optimizer/,
    ],
    [
      "another number of milestones",
      () => new optim.SequentialLR(o, [exponential], { milestones: [3] }),
      /1 schedulers need 0 milestones between them, got 1/,
    ],
    [
      "milestones that do not rise",
      () => new optim.SequentialLR(o, [exponential, exponential, exponential], { milestones: [3, 3] }),
      /milestones must rise, got 3, 3/,
    ],
    [
      "a state of another number of groups",
      () => exponential.loadStateDict({ lastEpoch: 1, baseLrs: [1, 2], lastLr: [1] }),
      /does not fit this ExponentialLR:\n {2}baseLrs is not a list of 1 numbers/,
    ],
    [
      "no state",
      () => exponential.loadStateDict(null as never),
      /lastEpoch is not a number of steps\n {2}baseLrs .*\n {2}lastLr/,
    ],
    [
      "a state of another number of schedulers",
      () => new optim.ChainedScheduler([exponential]).loadStateDict({ lastEpoch: 1, schedulers: [] }),
      /expected \{ lastEpoch, schedulers \} with 1 schedulers/,
    ],
    [
      "a bad state of a plateau",
      () => new optim.ReduceLROnPlateau(o).loadStateDict({} as never),
      /does not fit this ReduceLROnPlateau/,
    ],
  ])("refuse %s", (_, create, message) => {
    expect(create).toThrow(ValueError);
    expect(create).toThrow(message);
  });
});
