import { manualSeed, nn, optim, type Tensor } from "torchlet";
import type { Settings } from "./settings.ts";

/** What the network says before a step, and how wrong it is. */
export type Moment = { model: nn.Sequential; output: Tensor; loss: number };

/** Learns to tell two kinds of points apart, one step for each value that is asked for. */
export function* train(points: Tensor, kinds: Tensor, settings: Settings): Generator<Moment, never> {
  const { layers, units, activation, optimizer, lr, seed } = settings;
  manualSeed(seed);
  const model = new nn.Sequential();
  for (let layer = 0; layer < layers; layer++)
    model.append(new nn.Linear(layer === 0 ? 2 : units, units)).append(new nn[activation]());
  model.append(new nn.Linear(units, 1));

  const criterion = new nn.BCEWithLogitsLoss();
  const algorithm = new optim[optimizer](model.parameters(), { lr });
  for (;;) {
    const output = model.forward(points);
    const loss = criterion.forward(output, kinds);
    yield { model, output, loss: loss.item() };
    algorithm.zeroGrad();
    loss.backward();
    algorithm.step();
  }
}
