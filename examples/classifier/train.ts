/** Training and testing the classifier. */
import { setImmediate } from "node:timers/promises";
import { nn, noGrad, type optim, type Tensor } from "torchlet";
import type { Digits } from "../shared/mnist.ts";
import type { Network } from "./network.ts";

const criterion = new nn.NLLLoss();

/** One step of gradient descent. */
export interface Step {
  /** The mean over the images of the step. */
  readonly loss: number;
  /** How many images were classified right, with dropout and before the weights changed. */
  readonly correct: number;
  readonly images: number;
}

/** Shows the model all digits once. Between two steps timers run and Ctrl-C is heard. */
export async function* trainEpoch(
  model: Network,
  optimizer: optim.Optimizer,
  loader: nn.DataLoader<[image: Tensor, label: Tensor]>,
): AsyncGenerator<Step> {
  model.train();
  for (const [images, labels] of loader) {
    const output = model.forward(images);
    const loss = criterion.forward(output, labels);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();

    const correct = output.detach().argmax(1).eq(labels).sum().item();
    yield { loss: loss.item(), correct, images: labels.numel };
    await setImmediate();
  }
}

/** How well a model does on digits it has never seen. */
export interface Evaluation {
  /** The mean over all digits. */
  readonly loss: number;
  /** The part of the digits that is classified right. */
  readonly accuracy: number;
  /** What the model takes each digit for. */
  readonly predictions: readonly number[];
}

/** Classifies all digits, without dropout. */
export function evaluate(model: Network, digits: Digits): Evaluation {
  model.eval();
  const predictions: number[] = [];
  let loss = 0;
  for (const [images, labels] of new nn.DataLoader(digits, { batchSize: 1000 })) {
    const output = noGrad(() => model.forward(images));
    predictions.push(...output.argmax(1).data);
    loss += criterion.forward(output, labels).item() * labels.numel;
  }
  const correct = predictions.filter((digit, i) => digit === digits.labels[i]).length;
  return { loss: loss / digits.length, accuracy: correct / digits.length, predictions };
}
