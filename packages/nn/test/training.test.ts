import { readFileSync } from "node:fs";
import { Generator, manualSeed, noGrad, ones, tensor, type DType, type Tensor } from "@torchlet/tensor";
import { expect, test } from "vitest";
import { Dropout, F, Linear, Module, NLLLoss, optim, ReLU } from "../src/index.ts";

interface Flat {
  readonly s: number[];
  readonly d: number[];
}

interface Sgd {
  readonly lr: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly weight_decay?: number;
}

interface Run {
  readonly name: string;
  readonly dtype: "float32" | "float64";
  readonly log_softmax: boolean;
  readonly dropout_p: number;
  readonly train_mode?: boolean;
  readonly sgd: Sgd;
  readonly losses: number[];
}

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8"));
}

/** The classifier of the golden runs; the tutorial's for sizes 784, 128, 64, 10. */
class Network extends Module {
  fc1: Linear;
  fc2: Linear;
  output: Linear;
  relu = new ReLU();
  dropout: Dropout;
  readonly #logSoftmax: boolean;

  constructor([a, b, c, d]: readonly number[], { dropout_p, log_softmax, dtype }: Run) {
    super();
    this.fc1 = new Linear(a!, b!, { dtype });
    this.fc2 = new Linear(b!, c!, { dtype });
    this.output = new Linear(c!, d!, { dtype });
    this.dropout = new Dropout(dropout_p);
    this.#logSoftmax = log_softmax;
  }

  override forward(images: Tensor): Tensor {
    let x = images.view(images.shape[0]!, -1);
    x = this.dropout.forward(this.relu.forward(this.fc1.forward(x)));
    x = this.dropout.forward(this.relu.forward(this.fc2.forward(x)));
    x = this.output.forward(x);
    return this.#logSoftmax ? F.logSoftmax(x, 1) : F.softmax(x, 1);
  }
}

/** Trains for one step per recorded loss; `batch` says what step t learns from. */
function train(
  network: Network,
  { sgd, losses }: Run,
  batch: (t: number) => [Tensor, Tensor],
  afterFirstBackward: () => void,
): number[] {
  const { weight_decay: weightDecay = 0, ...rest } = sgd;
  const optimizer = new optim.SGD(network.parameters(), { ...rest, weightDecay });
  const criterion = new NLLLoss();
  return losses.map((_, t) => {
    const [x, y] = batch(t);
    const loss = criterion.forward(network.forward(x), y);
    optimizer.zeroGrad();
    loss.backward();
    if (t === 0) afterFirstBackward();
    optimizer.step();
    return loss.item();
  });
}

/** Each value differs from the expected one by at most `tolerance` of the largest. */
function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs)) || 1;
  expected.forEach((v, i) => {
    expect(Math.abs(actual[i]! - v) / scale, `value ${i}`).toBeLessThanOrEqual(tolerance);
  });
}

function titled<R extends Run>(runs: readonly R[]): (readonly [string, R])[] {
  return runs.map((run) => [`${run.name} in ${run.dtype}`, run] as const);
}

interface SmallRun extends Run {
  readonly grads_step0: Record<string, Flat>;
  readonly final: Record<string, Flat>;
  readonly dropout_seed?: number;
  readonly keep_masks?: string[][];
  readonly eval_outputs_batch0: Flat;
  readonly eval_loss_all: number[];
  readonly eval_correct: number;
}

const small = golden("mlp_small.json") as {
  readonly sizes: number[];
  readonly init: Record<string, Flat>;
  readonly x: Flat;
  readonly y: number[];
  readonly runs: SmallRun[];
};

function flat({ s, d }: Flat, dtype: DType): Tensor {
  return tensor(d, { dtype }).view(s);
}

test.each(titled(small.runs))("a small classifier trains by PyTorch's losses: %s", (_, run) => {
  const [loss64, grads64] = run.dtype === "float64" ? [1e-10, 1e-10] : [1e-4, 1e-4];
  const network = new Network(small.sizes, run);
  network.loadStateDict(
    Object.fromEntries(Object.entries(small.init).map(([k, v]) => [k, flat(v, run.dtype)])),
  );
  network.train(run.train_mode);
  const x = flat(small.x, run.dtype);
  const y = tensor(small.y, { dtype: "int32" });

  manualSeed(run.dropout_seed ?? 0, { engine: "torch" });
  const losses = train(
    network,
    run,
    (t) => [x.narrow(0, (t % 4) * 16, 16), y.narrow(0, (t % 4) * 16, 16)],
    () => {
      for (const [name, p] of network.namedParameters())
        expectClose(p.grad!.toTypedArray(), run.grads_step0[name]!.d, grads64);
    },
  );
  expectClose(losses, run.losses, loss64);
  for (const [name, p] of network.namedParameters())
    expectClose(p.toTypedArray(), run.final[name]!.d, run.dtype === "float64" ? 1e-10 : 1e-3);

  network.eval();
  const all = noGrad(() => network.forward(x));
  expectClose(all.narrow(0, 0, 16).toTypedArray(), run.eval_outputs_batch0.d, loss64 * 10);
  expectClose([new NLLLoss().forward(all, y).item()], run.eval_loss_all, loss64);
  expect(all.argmax(1).eq(y).sum().item()).toBe(run.eval_correct);
});

const masked = small.runs.filter((run) => run.keep_masks);

test.each(titled(masked))("dropout draws PyTorch's masks from PyTorch's stream: %s", (_, run) => {
  const generator = new Generator(run.dropout_seed, { engine: "torch" });
  const layer = new Dropout(run.dropout_p, { generator });
  for (const masks of run.keep_masks!) {
    for (const mask of masks) {
      const y = layer.forward(ones([mask.length], { dtype: run.dtype }));
      expect(Array.from(y.toTypedArray(), (v) => (v === 0 ? "0" : "1")).join("")).toBe(mask);
    }
  }
});

interface Summary {
  readonly sum: [number];
  readonly abs: [number];
}

interface LargeRun extends Run {
  readonly grads_step0: Record<string, Summary & { readonly head: number[] }>;
  readonly final: Record<string, Summary & { readonly every: number; readonly d: number[] }>;
  readonly eval_outputs: Flat;
}

const large = golden("mlp_784_lcg.json") as {
  readonly sizes: number[];
  readonly y: number[];
  readonly check: Record<string, number[]>;
  readonly runs: LargeRun[];
};

/** The numbers of a linear congruential generator, divided by 2^32. */
function lcg(seed: number, count: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

function lcgParameters(sizes: readonly number[], dtype: DType): Record<string, Tensor> {
  return Object.fromEntries(
    ["fc1", "fc2", "output"].flatMap((name, i) => {
      const [fanIn, out] = [sizes[i]!, sizes[i + 1]!];
      const draw = (seed: number, ...shape: number[]): Tensor => {
        const count = shape.reduce((a, b) => a * b);
        return tensor(
          lcg(seed, count).map((u) => (u * 2 - 1) * (1 / Math.sqrt(fanIn))),
          { dtype },
        ).view(shape);
      };
      return [
        [`${name}.weight`, draw(2 * i + 1, out, fanIn)],
        [`${name}.bias`, draw(2 * i + 2, out)],
      ] as const;
    }),
  );
}

function expectSummary(values: ArrayLike<number>, { sum, abs }: Summary, tolerance: number): void {
  const list = Array.from(values);
  const total = list.reduce((a, b) => a + b, 0);
  const size = list.reduce((a, b) => a + Math.abs(b), 0);
  expect(Math.abs(total - sum[0]) / abs[0]).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(size - abs[0]) / abs[0]).toBeLessThanOrEqual(tolerance);
}

test.each(titled(large.runs))("the 784-128-64-10 classifier trains by PyTorch's losses: %s", (_, run) => {
  const double = run.dtype === "float64";
  const network = new Network(large.sizes, run);
  network.loadStateDict(lcgParameters(large.sizes, run.dtype));
  const x = tensor(lcg(7, 32 * 784), { dtype: run.dtype }).view(32, 1, 28, 28);
  const y = tensor(
    lcg(8, 32).map((u) => Math.floor(u * 10)),
    { dtype: "int32" },
  );
  expect(y.toArray()).toEqual(large.y);

  const losses = train(
    network,
    run,
    (t) => [x.narrow(0, (t % 2) * 16, 16), y.narrow(0, (t % 2) * 16, 16)],
    () => {
      for (const [name, p] of network.namedParameters()) {
        const values = p.grad!.toTypedArray();
        const expected = run.grads_step0[name]!;
        expectSummary(values, expected, double ? 1e-10 : 1e-4);
        expectClose(values.subarray(0, expected.head.length), expected.head, double ? 1e-10 : 1e-4);
      }
    },
  );
  expectClose(losses, run.losses, double ? 1e-10 : 1e-4);
  for (const [name, p] of network.namedParameters()) {
    const { every, d, ...summary } = run.final[name]!;
    const values = p.toTypedArray();
    expectSummary(values, summary, double ? 1e-10 : 1e-3);
    expectClose(
      d.map((_v, i) => values[i * every]!),
      d,
      double ? 1e-9 : 2e-3,
    );
  }
  expectClose(
    noGrad(() => network.eval().forward(x)).toTypedArray(),
    run.eval_outputs.d,
    double ? 1e-9 : 2e-3,
  );
});

test("a classifier with too many parameters learns its few samples by heart", () => {
  manualSeed(1, { engine: "seedrandom" });
  const run: Run = {
    name: "",
    dtype: "float32",
    log_softmax: true,
    dropout_p: 0,
    sgd: { lr: 0 },
    losses: [],
  };
  const network = new Network([6, 32, 16, 4], run);
  const x = tensor(lcg(3, 60)).view(10, 6);
  const y = tensor(
    lcg(4, 10).map((u) => Math.floor(u * 4)),
    { dtype: "int32" },
  );
  const optimizer = new optim.Adam(network.parameters(), { lr: 0.02 });
  let loss = Infinity;
  for (let step = 0; step < 200; step++) {
    const value = F.nllLoss(network.forward(x), y);
    network.zeroGrad();
    value.backward();
    optimizer.step();
    loss = value.item();
  }
  expect(loss).toBeLessThan(0.01);
  expect(network.forward(x).argmax(1).toArray()).toEqual(y.toArray());
});
