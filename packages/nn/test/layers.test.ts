import {
  DTypeError,
  Generator,
  gradcheck,
  gradgradcheck,
  IndexError,
  manualSeed,
  ones,
  randn,
  ShapeError,
  tensor,
  ValueError,
  zeros,
  type NestedArray,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../src/index.ts";
import {
  BatchNorm1d,
  Bilinear,
  Dropout,
  Embedding,
  F,
  LayerNorm,
  Linear,
  PReLU,
  type Module,
} from "../src/index.ts";

const float64 = { dtype: "float64" } as const;

function expectNear(x: Tensor, expected: NestedArray): void {
  expect(x.sub(tensor(expected, float64)).abs().max().item()).toBeLessThan(1e-12);
}

describe("BatchNorm1d (values from PyTorch)", () => {
  const first = tensor([[1, 10], [3, 30], [8, 20]], float64); // prettier-ignore
  const second = tensor([[2, 5], [4, 9]], float64); // prettier-ignore

  test("moves its running statistics by the momentum and uses them in evaluation", () => {
    const layer = new BatchNorm1d(2, float64);
    layer.forward(first);
    layer.forward(second);
    expectNear(layer.runningMean!, [0.66, 2.5]);
    expectNear(layer.runningVar!, [2.18, 10.61]);
    expect(layer.numBatchesTracked?.item()).toBe(2);
    expectNear(layer.eval().forward(first), [
      [0.2302765287461523, 2.3025197643503663],
      [1.58484434489999, 8.442572469284677],
      [4.971263885284584, 5.372546116817522],
    ]);
    expect(layer.numBatchesTracked?.item()).toBe(2);
  });

  test("without momentum averages all batches", () => {
    const layer = new BatchNorm1d(2, { momentum: null, dtype: "float64" });
    layer.forward(first);
    layer.forward(second);
    expectNear(layer.runningMean!, [3.5, 13.5]);
    expectNear(layer.runningVar!, [7.5, 54]);
  });

  test("without running statistics uses those of the batch in evaluation, too", () => {
    const layer = new BatchNorm1d(2, { trackRunningStats: false, dtype: "float64" });
    expectNear(layer.eval().forward(first), [
      [-1.0190487428175694, -1.224744779535734],
      [-0.3396829142725232, 1.224744779535734],
      [1.3587316570900927, 0],
    ]);
    expect(layer.runningMean).toBe(null);
  });

  test("can be trained after its statistics were updated: backward does not see them", () => {
    const layer = new BatchNorm1d(2, float64);
    const x = randn([4, 2], { dtype: "float64", requiresGrad: true });
    const loss = layer.forward(x).square().sum().add(layer.forward(x).sum());
    loss.backward();
    expect(x.grad?.shape).toEqual([4, 2]);
  });

  test("gives nothing for nothing in training, and leaves its statistics alone", () => {
    const norm = new BatchNorm1d(3);
    expect(norm.forward(zeros(0, 3)).shape).toEqual([0, 3]);
    expect(norm.runningMean!.toArray()).toEqual([0, 0, 0]);
    expect(norm.runningVar!.toArray()).toEqual([1, 1, 1]);
  });

  test("refuses a single sample in training, another number of channels, other shapes", () => {
    expect(() => new BatchNorm1d(2).forward(ones(1, 2))).toThrow(/more than one element/);
    expect(new BatchNorm1d(2).eval().forward(ones(1, 2)).shape).toEqual([1, 2]);
    expect(() => new BatchNorm1d(2).forward(ones(4, 3))).toThrow(
      "[BatchNorm1d] needs [N, 2] or [N, 2, L], got [4, 3]",
    );
    expect(() => new BatchNorm1d(2).forward(ones(2))).toThrow(ShapeError);
    expect(() => F.batchNorm(ones(2, 2), null, null)).toThrow(/running statistics/);
    expect(() => F.batchNorm(ones(2, 2), ones(3), ones(2))).toThrow(/runningMean \[3\]/);
  });
});

describe("Dropout", () => {
  test("keeps the expected value and zeroes the stated part", () => {
    const layer = new Dropout(0.2, { generator: new Generator(1) });
    const y = layer.forward(ones(20000));
    const zeroed = y.eq(0).sum().item() / 20000;
    expect(Math.abs(zeroed - 0.2)).toBeLessThan(0.02); // 7 standard deviations
    expect(Math.abs(y.mean().item() - 1)).toBeLessThan(0.025);
    expect(y.max().item()).toBe(1.25);
  });

  test("gives the gradient the mask of the value", () => {
    const x = ones([100], { requiresGrad: true });
    const y = new Dropout(0.5).forward(x);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual(y.toArray());
  });

  test("draws another mask for every call, and none in evaluation", () => {
    const layer = new Dropout(0.5, { generator: new Generator(3) });
    const x = ones(64);
    expect(layer.forward(x).toArray()).not.toEqual(layer.forward(x).toArray());
    expect(layer.eval().forward(x)).toBe(x);
  });

  test("under the same seed draws the same mask", () => {
    const draw = (): NestedArray => {
      manualSeed(5);
      return new Dropout().forward(ones(50)).toArray();
    };
    expect(draw()).toEqual(draw());
  });

  test("refuses a p that is no probability", () => {
    for (const p of [-0.1, 1.1, NaN]) expect(() => new Dropout(p)).toThrow(ValueError);
    expect(() => F.dropout(ones(1), { p: 2 })).toThrow(
      "[dropout] the probability p must lie between 0 and 1, got 2",
    );
  });
});

describe("Embedding", () => {
  test("starts the padding row with zeros and keeps it there", () => {
    const layer = new Embedding(3, 2, { paddingIdx: 1, dtype: "float64" });
    layer
      .forward(tensor([0, 1, 1, 2], { dtype: "int32" }))
      .sum()
      .backward();
    expect(layer.weight.at(1).toArray()).toEqual([0, 0]);
    expect(layer.weight.grad?.toArray()).toEqual([[1, 1], [0, 0], [1, 1]]); // prettier-ignore
  });

  test("refuses rows that do not exist and indices that are no integers", () => {
    const layer = new Embedding(3, 2);
    expect(() => layer.forward(tensor([3], { dtype: "int32" }))).toThrow(
      "[embedding] index 3 is out of range for 3 entries",
    );
    expect(() => layer.forward(tensor([-1], { dtype: "int32" }))).toThrow(IndexError);
    expect(() => layer.forward(tensor([1]))).toThrow(DTypeError);
    expect(() => new Embedding(3, 2, { paddingIdx: 3 })).toThrow(IndexError);
  });
});

describe("Linear", () => {
  test("says which shapes do not fit", () => {
    expect(() => new Linear(784, 128).forward(ones(64, 128))).toThrow(
      "[linear] input [64, 128] does not fit weight [128, 784]: weights are [out, in], and the input's last dimension must be in",
    );
    expect(() => F.linear(ones(2, 3), ones(4, 3), ones(5))).toThrow(/bias \[5\]/);
  });

  test("says what it wants instead of a plain array or number", () => {
    const layer = new Linear(2, 1) as unknown as { forward(x: unknown): void };
    expect(() => layer.forward([1, 2])).toThrow(
      "[linear] the input must be a tensor, got an array; make one with tensor(...)",
    );
    expect(() => layer.forward(5)).toThrow(DTypeError);
    expect(() => layer.forward(undefined)).toThrow(/got undefined/);
  });

  test("says which size is missing", () => {
    expect(() => new Linear(2, undefined as never)).toThrow(
      "[Linear] outFeatures must be an integer of at least 0, got undefined",
    );
  });

  test("takes its values from the generator given", () => {
    const layers = [1, 1, 2].map((seed) => new Linear(3, 2, { generator: new Generator(seed) }));
    const [a, b, c] = layers.map((layer) => layer.weight.toArray());
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  test("works without inputs or outputs", () => {
    expect(new Linear(0, 3).forward(zeros(2, 0)).shape).toEqual([2, 3]);
    expect(new Linear(3, 0).forward(zeros(2, 3)).shape).toEqual([2, 0]);
  });
});

describe("F and its layers refuse", () => {
  const int32 = { dtype: "int32" } as const;

  test("class targets that do not fit", () => {
    const logits = ones(2, 3);
    expect(() => F.crossEntropy(logits, tensor([0, 3], int32))).toThrow(
      "[crossEntropy] target 3 is out of range for 3 classes (0 to 2)",
    );
    expect(() => F.nllLoss(logits, tensor([-1, 0], int32))).toThrow(IndexError);
    for (const loss of [F.nllLoss, F.crossEntropy, F.multiMarginLoss])
      expect(() => loss(logits, tensor([0, 1]))).toThrow(
        'class targets must be int32, got float32; make them with tensor([...], { dtype: "int32" }), or convert them with .to("int32")',
      );
    expect(() => F.embedding(tensor([0, 1]), logits)).toThrow(
      /indices must be int32, got float32; make them with/,
    );
    expect(() => F.nllLoss(logits, tensor([0], int32))).toThrow(
      "[nllLoss] target [1] does not fit input [2, 3]: it must have shape [2], one class for each element",
    );
    expect(() => F.crossEntropy(logits, zeros([2, 3], int32))).toThrow(/holds probabilities/);
    expect(() => F.nllLoss(logits, tensor([0, 1], int32), { weight: ones(2) })).toThrow(
      /each of the 3 classes/,
    );
    expect(() => F.nllLoss(tensor(1), tensor(0, int32))).toThrow(/dimension for the classes/);
  });

  test("a class to be ignored among probabilities", () => {
    const p = tensor([[0.5, 0.5]]);
    expect(() => F.crossEntropy(p, p, { ignoreIndex: 1 })).toThrow(
      "ignoreIndex is for targets that are classes",
    );
  });

  test("unknown settings", () => {
    const x = ones(2);
    expect(() => F.mseLoss(x, x, { reduction: "avg" as "mean" })).toThrow(
      /"mean", "sum" or "none", got "avg"/,
    );
    expect(() => new nn.MSELoss({ reduction: "avg" as "mean" })).toThrow(ValueError);
    expect(() => F.klDiv(x, x, { reduction: "avg" as "mean" })).toThrow(ValueError);
    expect(() => F.crossEntropy(ones(1, 2), tensor([0], int32), { labelSmoothing: 2 })).toThrow(ValueError);
    expect(() => F.gelu(x, { approximate: "erf" as "tanh" })).toThrow(ValueError);
    expect(() => F.huberLoss(x, x, { delta: 0 })).toThrow(ValueError);
    expect(() => F.smoothL1Loss(x, x, { beta: -1 })).toThrow(ValueError);
    expect(() => F.hardtanh(x, 1, -1)).toThrow(ValueError);
    expect(() => F.softshrink(x, -1)).toThrow(ValueError);
    expect(() => F.celu(x, 0)).toThrow(ValueError);
    expect(() => F.normalize(ones(1, 2), { p: 0 })).toThrow(ValueError);
    expect(() => F.multiMarginLoss(ones(1, 2), tensor([0], int32), { p: 3 as 2 })).toThrow(ValueError);
    expect(() => F.binaryCrossEntropy(tensor([1.5]), tensor([1]))).toThrow(/between 0 and 1/);
    expect(() => F.binaryCrossEntropy(tensor([NaN]), tensor([1]))).toThrow(/between 0 and 1/);
    expect(() => F.gaussianNllLoss(x, x, tensor([-1, 1]))).toThrow(/negative/);
    expect(() => nn.init.calculateGain("swish" as "tanh")).toThrow(ValueError);
    expect(() => nn.init.truncNormal_(zeros(3), { a: 1, b: -1 })).toThrow(ValueError);
    expect(() => nn.init.truncNormal_(zeros(3), { a: 50, b: 60 })).toThrow(/out of reach/);
  });

  test("shapes that do not fit", () => {
    expect(() => F.binaryCrossEntropyWithLogits(ones(2), ones(3))).toThrow(ShapeError);
    expect(() => F.mseLoss(ones(2), ones(3))).toThrow(ShapeError);
  });

  test("arrays in the place of targets", () => {
    const array = [1, 1] as unknown as Tensor;
    for (const name of [
      "mseLoss",
      "crossEntropy",
      "nllLoss",
      "multiMarginLoss",
      "binaryCrossEntropy",
    ] as const)
      expect(() => F[name](ones(2, 2), array)).toThrow(
        `[${name}] the target must be a tensor, got an array; make one with tensor(...)`,
      );
  });

  test("variances and dimensions that do not fit", () => {
    expect(() => F.gaussianNllLoss(ones(2, 3), ones(2, 3), ones(3))).toThrow(ShapeError);
    expect(() => F.glu(ones(3))).toThrow(/odd size 3/);
    expect(() => F.prelu(ones(2, 3), ones(2))).toThrow(/one per channel \(3\)/);
    expect(() => F.bilinear(ones(2, 3), ones(2, 3), ones(1, 3, 4))).toThrow(ShapeError);
    expect(() => F.layerNorm(ones(2, 3), [2])).toThrow(/does not end in/);
    expect(() => F.layerNorm(ones(2, 3), [3], { weight: ones(2) })).toThrow(/weight \[2\]/);
    expect(() => F.cosineSimilarity(ones(2, 3), ones(2, 4))).toThrow(/cosineSimilarity/);
    expect(() => F.cosineEmbeddingLoss(ones(2, 3), ones(2, 3), ones(3))).toThrow(ShapeError);
    expect(() => F.marginRankingLoss(ones(2), ones(2), ones(2, 1))).toThrow(ShapeError);
    expect(() => F.tripletMarginLoss(ones(2, 3), ones(2, 3), ones(3))).toThrow(ShapeError);
    expect(() => F.multiMarginLoss(ones(2, 3), tensor([0], int32))).toThrow(ShapeError);
    expect(() => F.embedding(tensor([0], int32), ones(3))).toThrow(ShapeError);
    expect(() => F.oneHot(zeros([0], int32))).toThrow(ShapeError);
    expect(() => nn.init.xavierUniform_(zeros(3))).toThrow(/at least 2 dimensions/);
    expect(() => nn.init.eye_(zeros(3))).toThrow(/matrix/);
  });
});

describe("the losses as modules give what their functions give", () => {
  const [x, t] = [randn([3, 4], float64), randn([3, 4], float64)];
  const classes = tensor([1, 3, 0], { dtype: "int32" });
  const [p, q] = [x.sigmoid(), t.softmax(1)];
  const [signs, each] = [t.sign(), ones([3], float64)];
  const weight = tensor([1, 2, 3, 4], float64);
  const cases: Record<string, [module: Tensor, f: Tensor]> = {
    MSELoss: [new nn.MSELoss({ reduction: "sum" }).forward(x, t), F.mseLoss(x, t, { reduction: "sum" })],
    L1Loss: [new nn.L1Loss().forward(x, t), F.l1Loss(x, t)],
    SmoothL1Loss: [new nn.SmoothL1Loss({ beta: 2 }).forward(x, t), F.smoothL1Loss(x, t, { beta: 2 })],
    HuberLoss: [new nn.HuberLoss({ delta: 2 }).forward(x, t), F.huberLoss(x, t, { delta: 2 })],
    PoissonNLLLoss: [
      new nn.PoissonNLLLoss({ full: true }).forward(x, q),
      F.poissonNllLoss(x, q, { full: true }),
    ],
    GaussianNLLLoss: [
      new nn.GaussianNLLLoss({ full: true }).forward(x, t, p),
      F.gaussianNllLoss(x, t, p, { full: true }),
    ],
    NLLLoss: [
      new nn.NLLLoss({ weight, ignoreIndex: 3 }).forward(x, classes),
      F.nllLoss(x, classes, { weight, ignoreIndex: 3 }),
    ],
    CrossEntropyLoss: [
      new nn.CrossEntropyLoss({ weight, labelSmoothing: 0.1 }).forward(x, classes),
      F.crossEntropy(x, classes, { weight, labelSmoothing: 0.1 }),
    ],
    BCELoss: [new nn.BCELoss({ weight }).forward(p, q), F.binaryCrossEntropy(p, q, { weight })],
    BCEWithLogitsLoss: [
      new nn.BCEWithLogitsLoss({ weight, posWeight: weight }).forward(x, q),
      F.binaryCrossEntropyWithLogits(x, q, { weight, posWeight: weight }),
    ],
    KLDivLoss: [
      new nn.KLDivLoss({ reduction: "batchmean", logTarget: true }).forward(x, t),
      F.klDiv(x, t, { reduction: "batchmean", logTarget: true }),
    ],
    HingeEmbeddingLoss: [
      new nn.HingeEmbeddingLoss({ margin: 2 }).forward(x, signs),
      F.hingeEmbeddingLoss(x, signs, { margin: 2 }),
    ],
    MarginRankingLoss: [
      new nn.MarginRankingLoss({ margin: 2 }).forward(x, t, signs),
      F.marginRankingLoss(x, t, signs, { margin: 2 }),
    ],
    CosineEmbeddingLoss: [
      new nn.CosineEmbeddingLoss().forward(x, t, each),
      F.cosineEmbeddingLoss(x, t, each),
    ],
    SoftMarginLoss: [new nn.SoftMarginLoss().forward(x, signs), F.softMarginLoss(x, signs)],
    TripletMarginLoss: [
      new nn.TripletMarginLoss({ swap: true }).forward(x, t, p),
      F.tripletMarginLoss(x, t, p, { swap: true }),
    ],
    MultiMarginLoss: [
      new nn.MultiMarginLoss({ p: 2, weight }).forward(x, classes),
      F.multiMarginLoss(x, classes, { p: 2, weight }),
    ],
  };

  test.each(Object.entries(cases))("%s", (_, [module, f]) => {
    expect(module.toArray()).toEqual(f.toArray());
  });

  test("for every loss there is", () => {
    const losses = Object.keys(nn).filter((name) => name.endsWith("Loss"));
    expect(Object.keys(cases).toSorted()).toEqual(losses.toSorted());
  });
});

describe("first and second gradients of layers with respect to inputs and parameters are those of differences", () => {
  const layers: Record<string, [layer: Module, ...inputs: Tensor[]]> = {
    Linear: [new Linear(3, 2, float64), randn([4, 3], float64)],
    Bilinear: [new nn.Bilinear(2, 3, 2, float64), randn([4, 2], float64), randn([4, 3], float64)],
    BatchNorm1d: [new BatchNorm1d(2, float64), randn([4, 2], float64)],
    LayerNorm: [new nn.LayerNorm([2, 3], float64), randn([2, 2, 3], float64)],
    PReLU: [new nn.PReLU(2, float64), randn([3, 2], float64)],
    Sequential: [
      new nn.Sequential(new Linear(2, 3, float64), new nn.Tanh(), new Linear(3, 1, float64)),
      randn([2, 2], float64),
    ],
  };

  test.each(Object.entries(layers))("%s", (_, [layer, ...inputs]) => {
    const parameters = Object.entries(layer.stateDict()).filter(([, x]) => x.dtype === "float64");
    const names = parameters.map(([name]) => name);
    const forward = layer as Module & { forward(...xs: Tensor[]): Tensor };
    const f = (...all: Tensor[]): Tensor =>
      substituted(forward, names, all.slice(inputs.length), all.slice(0, inputs.length));
    const leaves = [...inputs, ...parameters.map(([, p]) => p)].map((x) => x.clone().requiresGrad_());
    expect(gradcheck(f, leaves)).toBe(true);
    expect(gradgradcheck(f, leaves)).toBe(true);
  });

  /** What the layer computes if its parameters are replaced. */
  function substituted(
    layer: { forward(...xs: Tensor[]): Tensor } & Module,
    names: readonly string[],
    values: readonly Tensor[],
    inputs: readonly Tensor[],
  ): Tensor {
    const places = names.map((name) => {
      const dot = name.lastIndexOf(".");
      return [layer.getSubmodule(name.slice(0, Math.max(dot, 0))), name.slice(dot + 1)] as const;
    });
    const before = places.map(([owner, key]) => Reflect.get(owner, key) as unknown);
    places.forEach(([owner, key], i) => Reflect.set(owner, key, values[i]));
    const y = layer.forward(...inputs);
    places.forEach(([owner, key], i) => Reflect.set(owner, key, before[i]));
    return y;
  }
});

test.each<[string, () => unknown]>([
  ["[Linear] inFeatures", () => new Linear(-1, 2)],
  ["[Bilinear] outFeatures", () => new Bilinear(1, 1, 0.5)],
  ["[Embedding] embeddingDim", () => new Embedding(3, -1)],
  ["[BatchNorm1d] numFeatures", () => new BatchNorm1d(-1)],
  ["[LayerNorm] normalizedShape", () => new LayerNorm([2, NaN])],
  ["[PReLU] numParameters", () => new PReLU(0.5)],
])("%s that is no size is refused by the layer itself", (start, make) => {
  expect(make).toThrow(`${start} must be an integer of at least 0, got`);
});

test("an empty batch in training leaves weight and bias of BatchNorm1d gradients of 0, as in PyTorch", () => {
  const layer = new BatchNorm1d(2);
  layer.forward(zeros(0, 2)).sum().backward();
  expect(layer.weight?.grad?.toArray()).toEqual([0, 0]);
  expect(layer.bias?.grad?.toArray()).toEqual([0, 0]);
  expect(layer.runningMean?.toArray()).toEqual([0, 0]);
});
