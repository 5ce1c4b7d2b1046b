import { readFileSync } from "node:fs";
import { manualSeed, ones, zeros, type Tensor } from "@torchlet/tensor";
import { afterEach, expect, test } from "vitest";
import * as nn from "../src/index.ts";
import { init, type Module } from "../src/index.ts";

interface Golden {
  readonly printed: Record<string, { readonly text: string; readonly state: Record<string, number[]> }>;
  readonly drawn: Record<string, Record<string, number[]>>;
  readonly initial: Record<string, Record<string, number[][]>>;
  readonly gains: Record<string, number>;
}

const golden = JSON.parse(readFileSync(new URL("golden/modules.json", import.meta.url), "utf8")) as Golden;

afterEach(() => {
  manualSeed(0, { engine: "seedrandom" });
});

/** PyTorch's expressions, and torchlet's for the same module. */
const modules: Record<string, () => Module> = {
  "nn.Linear(784, 128)": () => new nn.Linear(784, 128),
  "nn.Linear(3, 2, bias=False)": () => new nn.Linear(3, 2, { bias: false }),
  "nn.Linear(7, 3)": () => new nn.Linear(7, 3),
  "nn.Linear(7, 3, bias=False)": () => new nn.Linear(7, 3, { bias: false }),
  "nn.Linear(7, 3, dtype=torch.float64)": () => new nn.Linear(7, 3, { dtype: "float64" }),
  "nn.Bilinear(2, 3, 4)": () => new nn.Bilinear(2, 3, 4),
  "nn.Bilinear(3, 4, 2)": () => new nn.Bilinear(3, 4, 2),
  "nn.Identity()": () => new nn.Identity(),
  "nn.Flatten()": () => new nn.Flatten(),
  "nn.Flatten(0, 1)": () => new nn.Flatten(0, 1),
  "nn.Dropout(0.2)": () => new nn.Dropout(0.2),
  "nn.Embedding(10, 3)": () => new nn.Embedding(10, 3),
  "nn.Embedding(10, 3, padding_idx=-1)": () => new nn.Embedding(10, 3, { paddingIdx: -1 }),
  "nn.Embedding(4, 5)": () => new nn.Embedding(4, 5),
  "nn.Embedding(4, 5, padding_idx=1)": () => new nn.Embedding(4, 5, { paddingIdx: 1 }),
  "nn.BatchNorm1d(10)": () => new nn.BatchNorm1d(10),
  "nn.BatchNorm1d(10, eps=0.1, momentum=None, affine=False)": () =>
    new nn.BatchNorm1d(10, { eps: 0.1, momentum: null, affine: false }),
  "nn.BatchNorm1d(10, track_running_stats=False)": () => new nn.BatchNorm1d(10, { trackRunningStats: false }),
  "nn.LayerNorm(10)": () => new nn.LayerNorm(10),
  "nn.LayerNorm([3, 4], elementwise_affine=False)": () =>
    new nn.LayerNorm([3, 4], { elementwiseAffine: false }),
  "nn.ReLU()": () => new nn.ReLU(),
  "nn.ReLU6()": () => new nn.ReLU6(),
  "nn.LeakyReLU()": () => new nn.LeakyReLU(),
  "nn.ELU()": () => new nn.ELU(),
  "nn.CELU(2.5)": () => new nn.CELU(2.5),
  "nn.SELU()": () => new nn.SELU(),
  "nn.GELU()": () => new nn.GELU(),
  "nn.GELU(approximate='tanh')": () => new nn.GELU({ approximate: "tanh" }),
  "nn.SiLU()": () => new nn.SiLU(),
  "nn.Mish()": () => new nn.Mish(),
  "nn.Softplus()": () => new nn.Softplus(),
  "nn.Softsign()": () => new nn.Softsign(),
  "nn.Sigmoid()": () => new nn.Sigmoid(),
  "nn.LogSigmoid()": () => new nn.LogSigmoid(),
  "nn.Hardsigmoid()": () => new nn.Hardsigmoid(),
  "nn.Hardtanh()": () => new nn.Hardtanh(),
  "nn.Hardswish()": () => new nn.Hardswish(),
  "nn.Tanh()": () => new nn.Tanh(),
  "nn.Tanhshrink()": () => new nn.Tanhshrink(),
  "nn.Softshrink()": () => new nn.Softshrink(),
  "nn.Hardshrink(1.5)": () => new nn.Hardshrink(1.5),
  "nn.Threshold(0.1, 20)": () => new nn.Threshold(0.1, 20),
  "nn.PReLU()": () => new nn.PReLU(),
  "nn.PReLU(3)": () => new nn.PReLU(3),
  "nn.GLU()": () => new nn.GLU(),
  "nn.Softmax(1)": () => new nn.Softmax(1),
  "nn.LogSoftmax(1)": () => new nn.LogSoftmax(1),
  "nn.Softmin(1)": () => new nn.Softmin(1),
  "nn.MSELoss()": () => new nn.MSELoss(),
  "nn.CrossEntropyLoss(weight=torch.ones(3))": () => new nn.CrossEntropyLoss({ weight: ones(3) }),
  "nn.NLLLoss()": () => new nn.NLLLoss(),
  "nn.BCELoss()": () => new nn.BCELoss(),
  "nn.BCEWithLogitsLoss(pos_weight=torch.ones(3))": () => new nn.BCEWithLogitsLoss({ posWeight: ones(3) }),
  "nn.KLDivLoss()": () => new nn.KLDivLoss(),
  "nn.TripletMarginLoss()": () => new nn.TripletMarginLoss(),
  "nn.Sequential()": () => new nn.Sequential(),
  "nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.Linear(3, 1), nn.Sigmoid()))": () =>
    new nn.Sequential(
      new nn.Linear(2, 3),
      new nn.ReLU(),
      new nn.Sequential(new nn.Linear(3, 1), new nn.Sigmoid()),
    ),
  "nn.Sequential(OrderedDict(fc=nn.Linear(2, 3), act=nn.ReLU()))": () =>
    new nn.Sequential({ fc: new nn.Linear(2, 3), act: new nn.ReLU() }),
  "nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))": () =>
    new nn.Sequential(new nn.Linear(3, 4), new nn.Linear(4, 2)),
  "nn.ModuleList([nn.Linear(2, 3), nn.ReLU()])": () =>
    new nn.ModuleList([new nn.Linear(2, 3), new nn.ReLU()]),
  "nn.ModuleDict(dict(a=nn.Linear(2, 3), b=nn.ModuleList()))": () =>
    new nn.ModuleDict<Module>({ a: new nn.Linear(2, 3), b: new nn.ModuleList() }),
};

const initializers: Record<string, (w: Tensor) => Tensor> = {
  "uniform_(w, -2, 3)": (w) => init.uniform_(w, -2, 3),
  "normal_(w, 1, 2)": (w) => init.normal_(w, 1, 2),
  "xavier_uniform_(w)": (w) => init.xavierUniform_(w),
  "xavier_uniform_(w, gain=2)": (w) => init.xavierUniform_(w, { gain: 2 }),
  "xavier_normal_(w)": (w) => init.xavierNormal_(w),
  "kaiming_uniform_(w)": (w) => init.kaimingUniform_(w),
  "kaiming_uniform_(w, a=0.3, mode='fan_out')": (w) => init.kaimingUniform_(w, { a: 0.3, mode: "fanOut" }),
  "kaiming_normal_(w)": (w) => init.kaimingNormal_(w),
  "kaiming_normal_(w, mode='fan_out', nonlinearity='relu')": (w) =>
    init.kaimingNormal_(w, { mode: "fanOut", nonlinearity: "relu" }),
  "trunc_normal_(w)": (w) => init.truncNormal_(w),
  "trunc_normal_(w, mean=1, std=2, a=-0.5, b=4)": (w) =>
    init.truncNormal_(w, { mean: 1, std: 2, a: -0.5, b: 4 }),
  "orthogonal_(w)": (w) => init.orthogonal_(w),
  "orthogonal_(w, gain=3)": (w) => init.orthogonal_(w, { gain: 3 }),
  "sparse_(w, 0.4)": (w) => init.sparse_(w, 0.4),
};

/** PyTorch's text in torchlet's spelling: names, numbers, booleans, lists; nothing here is ever in place. */
function translate(text: string): string {
  return text
    .replaceAll(", inplace=False", "")
    .replace(/\b[a-z0-9]+(_[a-z0-9]+)+(?==)/g, (name) =>
      name.replace(/_(.)/g, (_, c: string) => c.toUpperCase()),
    )
    .replaceAll("=True", "=true")
    .replaceAll("=False", "=false")
    .replaceAll("=None", "=null")
    .replaceAll("1e-05", "0.00001")
    .replace(/\.0\b/g, "")
    .replace(/'(\w+)'/g, '"$1"')
    .replace(/^LayerNorm\(\((.*?),?\)/, "LayerNorm([$1]");
}

test.each(Object.entries(golden.printed))("prints as PyTorch does: %s", (expression, { text }) => {
  expect(modules[expression]!().toString()).toBe(translate(text));
});

test.each(Object.entries(golden.printed))("has PyTorch's state: %s", (expression, { state }) => {
  const own = Object.entries(modules[expression]!().stateDict());
  expect(own.map(([key, x]) => [key, x.shape])).toEqual(Object.entries(state));
});

const drawn = Object.entries(golden.drawn).flatMap(([expression, seeds]) =>
  Object.entries(seeds).map(([seed, values]) => [expression, Number(seed), values] as const),
);

test.each(drawn)(
  "starts with PyTorch's parameters, bit for bit: %s under seed %d",
  (expression, seed, values) => {
    manualSeed(seed, { engine: "torch" });
    const parameters = [...modules[expression]!().parameters()];
    expect(parameters.flatMap((p) => Array.from(p.toTypedArray()))).toEqual(values);
  },
);

const initial = Object.entries(golden.initial).flatMap(([expression, seeds]) =>
  Object.entries(seeds).map(([seed, results]) => [expression, Number(seed), results] as const),
);

test.each(initial)("init draws PyTorch's values: %s under seed %d", (expression, seed, results) => {
  const exact = !/normal|orthogonal|sparse/.test(expression);
  results.forEach((values, i) => {
    manualSeed(seed, { engine: "torch" });
    const w = initializers[expression]!(zeros(i === 0 ? [4, 3] : [5, 8]));
    const own = Array.from(w.toTypedArray());
    if (exact) expect(own).toEqual(values);
    else own.forEach((v, j) => expect(v, `value ${j}`).toBeCloseTo(values[j]!, 5));
  });
});

test.each(Object.entries(golden.gains))("init.calculateGain gives PyTorch's factor for %s", (name, gain) => {
  const own = name === "leaky_relu" ? "leakyRelu" : (name as init.Nonlinearity);
  expect(init.calculateGain(own)).toBe(gain);
});
