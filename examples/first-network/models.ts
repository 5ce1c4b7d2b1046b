/** The two models of the guide "Getting started": a line through six points, and a curve through fifty. */
import { linspace, manualSeed, nn, noGrad, optim, tensor, type Tensor } from "torchlet";

/** A model with what it learns from, and how. */
export interface Task {
  readonly model: nn.Layer;
  readonly optimizer: optim.Optimizer;
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Fahrenheit from a tenth of Celsius, by a weight and a bias. */
export function line(seed: number): Task {
  manualSeed(seed);
  const celsius = tensor([[-10], [0], [10], [20], [30], [40]]);
  const model = new nn.Linear(1, 1);
  return {
    model,
    optimizer: new optim.SGD(model.parameters(), { lr: 0.1 }),
    x: celsius.div(10),
    y: tensor([[14], [32], [50], [68], [86], [104]]),
  };
}

/** sin(x), by sixteen numbers in between. */
export function wave(seed: number): Task {
  manualSeed(seed);
  const x = linspace(-3, 3, 50).view(-1, 1);
  const model = new nn.Sequential(new nn.Linear(1, 16), new nn.Tanh(), new nn.Linear(16, 1));
  return { model, optimizer: new optim.Adam(model.parameters(), { lr: 0.02 }), x, y: x.sin() };
}

/** Yields the loss before each step, and once more after the last. */
export function* train({ model, optimizer, x, y }: Task, steps: number) {
  const criterion = new nn.MSELoss();
  for (let step = 0; step <= steps; step++) {
    const loss = criterion.forward(model.forward(x), y);
    yield { step, loss: loss.item() };
    if (step === steps) return;
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
}

/** What the model says from `low` to `high`. */
export function answers({ model }: Task, low: number, high: number): { x: number; y: number }[] {
  const x = linspace(low, high, 121).view(-1, 1);
  const y = noGrad(() => model.forward(x));
  return Array.from(x.data, (at, i) => ({ x: at, y: y.data[i]! }));
}
