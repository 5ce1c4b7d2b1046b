/** Training and testing the classifier. */
import { setImmediate } from "node:timers/promises";
import { nn, noGrad, randperm, type optim } from "torchlet";
import { toBatch, type Digits } from "../shared/mnist.ts";
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

/** Shows the model all digits once, in random order. Between two steps timers run and Ctrl-C is heard. */
export async function* trainEpoch(
  model: Network,
  optimizer: optim.SGD,
  digits: Digits,
  batchSize: number,
): AsyncGenerator<Step> {
  model.train();
  for (const indices of randperm(digits.length).split(batchSize)) {
    const [images, labels] = toBatch(digits, indices.data);
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
  readonly predictions: Uint8Array;
}

const EVALUATION_BATCH = 1000;

/** Classifies all digits, without dropout. */
export function evaluate(model: Network, digits: Digits): Evaluation {
  model.eval();
  const predictions = new Uint8Array(digits.length);
  let loss = 0;
  for (let start = 0; start < digits.length; start += EVALUATION_BATCH) {
    const count = Math.min(EVALUATION_BATCH, digits.length - start);
    const [images, labels] = toBatch(digits, Array.from({ length: count }, (_, i) => start + i)); // prettier-ignore
    const output = noGrad(() => model.forward(images));
    predictions.set(output.argmax(1).data, start);
    loss += (criterion.forward(output, labels).item() * count) / digits.length;
  }
  const correct = predictions.filter((digit, i) => digit === digits.labels[i]).length;
  return { loss, accuracy: correct / digits.length, predictions };
}
