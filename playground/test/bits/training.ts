/** Whole trainings: the losses, and the weights at the end. */
import { F, manualSeed, nn, optim, randint, randn, type EngineName, type Tensor } from "torchlet";
import { LogNetwork } from "@torchlet/examples/classifier";
import { choices, initial, type Settings } from "../../src/train/settings.ts";
import { Session } from "../../src/train/session.ts";
import type { Programs } from "./programs.ts";

type Optimizer = (model: nn.Module) => optim.Optimizer;

const optimizers: Readonly<Record<string, Optimizer>> = {
  SGD: (model) => new optim.SGD(model.parameters(), { lr: 0.05, momentum: 0.9, nesterov: true }),
  Adam: (model) => new optim.Adam(model.parameters()),
  AdamW: (model) => new optim.AdamW(model.parameters()),
  RMSprop: (model) => new optim.RMSprop(model.parameters(), { lr: 0.001 }),
  Adagrad: (model) => new optim.Adagrad(model.parameters()),
  NAdam: (model) => new optim.NAdam(model.parameters()),
};

function lossesAndWeights(
  model: nn.Module,
  optimizer: optim.Optimizer,
  steps: number,
  loss: () => Tensor,
): number[] {
  const losses = Array.from({ length: steps }, () => {
    const value = loss();
    optimizer.zeroGrad();
    value.backward();
    optimizer.step();
    return value.item();
  });
  return [...losses, ...[...model.parameters()].flatMap((p) => [...p.toTypedArray()])];
}

/** The classifier of the examples, dropout included, on noise. */
function classifier(engine: EngineName, makeOptimizer: Optimizer): number[] {
  manualSeed(1, { engine });
  const model = new LogNetwork();
  const [images, labels] = [randn(64, 28, 28), randint(0, 10, [64])];
  return lossesAndWeights(model, makeOptimizer(model), 5, () => F.nllLoss(model.forward(images), labels));
}

/** A network with all that can be between two layers. */
function mixture(): number[] {
  manualSeed(2);
  const model = new nn.Sequential(
    new nn.Linear(6, 24),
    new nn.LayerNorm(24),
    new nn.GELU(),
    new nn.Dropout(0.1),
    new nn.Linear(24, 16),
    new nn.BatchNorm1d(16),
    new nn.SiLU(),
    new nn.Linear(16, 4),
  );
  const [x, y] = [randn(32, 6), randint(0, 4, [32])];
  return lossesAndWeights(model, new optim.Adam(model.parameters()), 20, () =>
    F.crossEntropy(model.forward(x), y),
  );
}

/** A network in double precision. */
function regression(): number[] {
  manualSeed(3);
  const dtype = "float64";
  const model = new nn.Sequential(
    new nn.Linear(8, 40, { dtype }),
    new nn.Tanh(),
    new nn.Linear(40, 20, { dtype }),
    new nn.Softplus(),
    new nn.Linear(20, 3, { dtype }),
  );
  const [x, y] = [randn([50, 8], { dtype }), randn([50, 3], { dtype })];
  return lossesAndWeights(model, optimizers.Adam!(model), 50, () => F.mseLoss(model.forward(x), y));
}

/** What the playground trains. */
function session(settings: Settings): number[] {
  const training = new Session(settings);
  for (let step = 0; step < 40; step++) training.step();
  const { losses, accuracy, surface } = training.report();
  return [...losses, accuracy, ...surface];
}

export const trainingPrograms: Programs = function* () {
  for (const engine of ["seedrandom", "torch", "numpy"] satisfies EngineName[])
    yield [`classifier, ${engine}`, () => classifier(engine, optimizers.SGD!)];
  for (const [name, optimizer] of Object.entries(optimizers))
    yield [`classifier, ${name}`, () => classifier("seedrandom", optimizer)];
  yield ["mixture", mixture];
  yield ["regression float64", regression];
  for (const data of choices.data)
    for (const activation of choices.activation)
      yield [
        `playground, ${data}, ${activation}`,
        () => session({ ...initial, data, activation, layers: 2 }),
      ];
};
