/** Backpropagation through a sigmoid network of two layers: the formulas, and the same by autograd. */
import { Generator, randn, tensor, zerosLike, type Tensor } from "torchlet";

/** A layer's weights: [inputs, hidden] and [hidden]. */
export interface Weights {
  readonly inputHidden: Tensor;
  readonly hiddenOutput: Tensor;
}

/** What one record adds to the weights, before the learning rate. */
export type Changes = Weights;

export interface Record {
  readonly x: Tensor;
  readonly y: Tensor;
}

export interface Problem {
  readonly weights: Weights;
  readonly records: readonly Record[];
}

const float64 = { dtype: "float64" } as const;

/** The network of the guide "Backpropagation written out", with its only record. */
export const guide = {
  weights: {
    inputHidden: tensor([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]], float64), // prettier-ignore
    hiddenOutput: tensor([0.1, -0.3], float64),
  },
  record: { x: tensor([0.5, 0.1, -0.2], float64), y: tensor(0.6, float64) },
};

/** Random weights and records; targets lie between 0 and 1, where a sigmoid can reach them. */
export function randomProblem(seed: number, inputs: number, hidden: number, count: number): Problem {
  const options = { ...float64, generator: new Generator(seed, { engine: "numpy" }) } as const;
  const weights = { inputHidden: randn([inputs, hidden], options), hiddenOutput: randn([hidden], options) };
  const records = Array.from({ length: count }, () => ({
    x: randn([inputs], options),
    y: randn([], options).sigmoid(),
  }));
  return { weights, records };
}

function forward(x: Tensor, { inputHidden, hiddenOutput }: Weights) {
  const hiddenInput = x.matmul(inputHidden);
  const hiddenOutputs = hiddenInput.sigmoid();
  const output = hiddenOutputs.dot(hiddenOutput).sigmoid();
  return { hiddenOutputs, output };
}

/** Forward, then back: who is to blame for the error of one record, and how much. */
export function errorTerms(weights: Weights, { x, y }: Record) {
  const { hiddenOutputs, output } = forward(x, weights);

  const error = y.sub(output);
  const outputErrorTerm = error.mul(output).mul(output.neg().add(1)); // sigmoid' = sigmoid (1 - sigmoid)

  const hiddenError = outputErrorTerm.mul(weights.hiddenOutput);
  const hiddenErrorTerm = hiddenError.mul(hiddenOutputs).mul(hiddenOutputs.neg().add(1));

  return { hiddenOutputs, output, outputErrorTerm, hiddenErrorTerm };
}

/** The changes of all records together, each by the chain rule written out. */
export function changesByFormula({ weights, records }: Problem): Changes {
  const changes = {
    inputHidden: zerosLike(weights.inputHidden),
    hiddenOutput: zerosLike(weights.hiddenOutput),
  };
  for (const record of records) {
    const { hiddenOutputs, outputErrorTerm, hiddenErrorTerm } = errorTerms(weights, record);
    changes.hiddenOutput.add_(outputErrorTerm.mul(hiddenOutputs));
    changes.inputHidden.add_(hiddenErrorTerm.mul(record.x.at(":", null)));
  }
  return changes;
}

/** The same changes: minus the gradient of ½ (y - output)², which `backward` adds up over the records. */
export function changesByAutograd({ weights, records }: Problem): Changes {
  const leaves = {
    inputHidden: weights.inputHidden.clone().requiresGrad_(),
    hiddenOutput: weights.hiddenOutput.clone().requiresGrad_(),
  };
  for (const { x, y } of records) forward(x, leaves).output.sub(y).square().div(2).backward();
  const change = (leaf: Tensor): Tensor => (leaf.grad ?? zerosLike(leaf)).neg();
  return { inputHidden: change(leaves.inputHidden), hiddenOutput: change(leaves.hiddenOutput) };
}
