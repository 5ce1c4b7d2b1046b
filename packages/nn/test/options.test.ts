/** In plain JavaScript nothing else notices that PyTorch's positional arguments stand where an object belongs. */
import { Generator, tensor, ValueError, zeros } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../src/index.ts";
import { F, init, Linear, Module, optim, Parameter, utils } from "../src/index.ts";

const bad: [shown: string, value: unknown][] = [
  ["false", false],
  ["0.5", 0.5],
  ['"sum"', "sum"],
  ["null", null],
  ["an array", [1]],
  ["a function", () => 1],
  ["a Tensor", tensor([1, 2])],
  ["a Generator", new Generator(0)],
];

test.each(bad)("a layer refuses %s as options and shows how they are written", (shown, value) => {
  const make = (): unknown => new Linear(1, 1, value as object);
  expect(make).toThrow(ValueError);
  expect(make).toThrow(
    `[Linear] options must be an object, got ${shown}; write them by name, as in { bias: false }`,
  );
});

type Call = (...args: unknown[]) => unknown;
type Maker = new (...args: unknown[]) => unknown;

const x = zeros(2, 3);
const weight = new Parameter(zeros(3, 3));
const optimizer = new optim.SGD([weight], { momentum: 0.9 });
const modules = nn as unknown as Record<string, Maker>;
const schedulers = optim as unknown as Record<string, Maker>;
const functions = F as unknown as Record<string, Call>;
const initialisers = init as unknown as Record<string, Call>;
const module = new Module() as unknown as Record<string, Call>;

const users: Record<string, () => unknown> = {
  Bilinear: () => new modules.Bilinear!(1, 1, 1, false),
  Embedding: () => new modules.Embedding!(4, 2, 0),
  Dropout: () => new modules.Dropout!(0.5, true),
  BatchNorm1d: () => new modules.BatchNorm1d!(3, 1e-3),
  LayerNorm: () => new modules.LayerNorm!(3, 1e-3),
  GELU: () => new modules.GELU!("tanh"),
  PReLU: () => new modules.PReLU!(1, 0.1),
  MSELoss: () => new modules.MSELoss!("sum"),
  CrossEntropyLoss: () => new modules.CrossEntropyLoss!(tensor([1, 2])),
  KLDivLoss: () => new modules.KLDivLoss!("batchmean"),
  Adam: () => new schedulers.Adam!([weight], 0.1),
  Parameter: () => new modules.Parameter!(x, false),
  DataLoader: () => new (nn as unknown as Record<string, Maker>).DataLoader!([], 32),
  BatchSampler: () => new modules.BatchSampler!(new nn.SequentialSampler([1]), 2),
  RandomSampler: () => new modules.RandomSampler!([1, 2], true),
  SubsetRandomSampler: () => new modules.SubsetRandomSampler!([1, 2], 1),
  WeightedRandomSampler: () => new modules.WeightedRandomSampler!([1, 2], 2, false),
  randomSplit: () => (nn.randomSplit as Call)({ length: 2 }, [1, 1], 5),
  registerBuffer: () => module.registerBuffer!("count", x, false),
  loadStateDict: () => module.loadStateDict!({}, false),
  zeroGrad: () => module.zeroGrad!(false),
  sparse_: () => initialisers.sparse_!(zeros(2, 2), 0.5, 3),
  ...Object.fromEntries(
    ["StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "CosineAnnealingLR", "PolynomialLR", "ExponentialLR"]
      .concat(["CosineAnnealingWarmRestarts", "CyclicLR", "OneCycleLR", "LambdaLR", "MultiplicativeLR"])
      .concat("ReduceLROnPlateau")
      .map((name) => [name, () => new schedulers[name]!(optimizer, 10)]),
  ),
  SequentialLR: () => new schedulers.SequentialLR!(optimizer, [], [10]),
  clipGradNorm_: () => (utils.clipGradNorm_ as Call)([weight], 1, Infinity),
  ...Object.fromEntries(
    ["truncNormal_", "xavierUniform_", "xavierNormal_", "kaimingUniform_", "kaimingNormal_"].map((name) => [
      name,
      () => initialisers[name]!(zeros(2, 2), 2),
    ]),
  ),
  ...Object.fromEntries(
    ["mseLoss", "l1Loss", "smoothL1Loss", "huberLoss", "poissonNllLoss", "nllLoss", "crossEntropy", "klDiv"]
      .concat(["binaryCrossEntropy", "binaryCrossEntropyWithLogits", "hingeEmbeddingLoss", "softMarginLoss"])
      .concat(["multiMarginLoss", "cosineSimilarity", "pairwiseDistance"])
      .map((name) => [name, () => functions[name]!(x, x, "sum")]),
  ),
  ...Object.fromEntries(
    ["gaussianNllLoss", "marginRankingLoss", "cosineEmbeddingLoss", "tripletMarginLoss", "batchNorm"].map(
      (name) => [name, () => functions[name]!(x, x, x, 1)],
    ),
  ),
  layerNorm: () => functions.layerNorm!(x, [3], weight),
  gelu: () => functions.gelu!(x, "tanh"),
  dropout: () => functions.dropout!(x, 0.2),
  normalize: () => functions.normalize!(x, 2),
  embedding: () => functions.embedding!(x.to("int32"), weight, 0),
};

describe("options given by position are refused by", () => {
  test.each(Object.entries(users))("%s", (name, use) => {
    expect(use).toThrow(new RegExp(`^\\[${name}\\] options must be an object, got .*; write them by name`));
  });
});

test("a mode of initialisation is not taken for the other one", () => {
  const mode = "fan_in" as never;
  for (const f of [init.kaimingNormal_, init.kaimingUniform_])
    expect(() => f(zeros(2, 2), { mode })).toThrow('mode must be "fanIn" or "fanOut", got "fan_in"');
});

test("what is no tensor is refused by name", () => {
  expect(() => new Parameter([1, 2] as never)).toThrow("[Parameter] the data must be a tensor, got an array");
  expect(() => new nn.TensorDataset([x, x] as never)).toThrow(
    "[TensorDataset] needs tensors one by one, as in new TensorDataset(x, y), got an array",
  );
  expect(() => init.constant_(x, undefined as never)).toThrow(
    "[constant_] value must be a number, got undefined",
  );
  expect(() => new nn.DataLoader(undefined as never)).toThrow("neither get(index) nor an iterator");
});

test.each([
  ["undefined", undefined],
  ["a Map", new Map([["weight", x]])],
])("a state that is %s is refused", (shown, state) => {
  expect(() => new Linear(1, 1).loadStateDict(state as never, { strict: false })).toThrow(
    `[loadStateDict] needs an object of tensors by name, as stateDict() gives it, got ${shown}`,
  );
});

test.each([
  ["[Linear] unknown option Bias; did you mean bias?", () => new modules.Linear!(1, 1, { Bias: false })],
  [
    "[DataLoader] unknown option batch_size; did you mean batchSize?",
    () => new modules.DataLoader!([], { batch_size: 2 }),
  ],
  [
    "[crossEntropy] unknown option label_smoothing; did you mean labelSmoothing?",
    () => functions.crossEntropy!(x, x, { label_smoothing: 0.1 }),
  ],
  [
    "[StepLR] unknown option step; there are stepSize, gamma",
    () => new schedulers.StepLR!(optimizer, { step: 2 }),
  ],
  [
    "[zeros] unknown option requires_grad; did you mean requiresGrad?",
    () => zeros([1], { requires_grad: true } as object),
  ],
  ["[sum] unknown option keepDim; did you mean keepdim?", () => x.sum(1, { keepDim: true } as object)],
])("a name that is none is told the one that is meant: %s", (message, use) => {
  expect(use).toThrow(ValueError);
  expect(use).toThrow(message);
});

test("a loss keeps its weights when they are written by name", () => {
  const { weight: kept } = new nn.CrossEntropyLoss({ weight: tensor([1, 2]) });
  expect(kept?.toArray()).toEqual([1, 2]);
});
