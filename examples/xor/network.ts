/** The tutorial's network: two layers without bias and a ReLU between them, its gradients written by hand. */
import { manualSeed, randn, tensor, type Tensor } from "torchlet";

const float64 = { dtype: "float64" } as const;

/** The four rows of the tutorial, and what the network shall say of each. */
export const x = tensor([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], float64); // prettier-ignore
export const y = tensor([[0, 1, 1, 0]], float64).T;

/** The flags of the tutorial's run, with its values. */
export const tutorial = { hidden: 2, lr: 0.01, steps: 500, seed: 83832 };

export type Settings = typeof tutorial;

export interface Weights {
  /** What leads to the hidden layer: [3, hidden]. */
  readonly w1: Tensor;
  /** What leads from there to the output: [hidden, 1]. */
  readonly w2: Tensor;
}

/** The weights that `numpy.random.seed(seed)` and two calls of `randn` give. */
export function initialWeights({ hidden, seed }: Settings): Weights {
  manualSeed(seed, { engine: "numpy" });
  return { w1: randn([3, hidden], float64), w2: randn([hidden, 1], float64) };
}

/** The weights as they are now, untouched by further steps. */
export function copyOf({ w1, w2 }: Weights): Weights {
  return { w1: w1.clone(), w2: w2.clone() };
}

export function predict(x: Tensor, { w1, w2 }: Weights): Tensor {
  return x.mm(w1).clampMin(0).mm(w2);
}

/** Forward and back through the network once; every intermediate value has its name in the tutorial. */
export function passes({ w1, w2 }: Weights) {
  const h = x.mm(w1);
  const hRelu = h.clampMin(0);
  const yPred = hRelu.mm(w2);
  const loss = yPred.sub(y).square().sum().item();

  const gradYPred = yPred.sub(y).mul(2);
  const gradW2 = hRelu.t().mm(gradYPred);
  const gradHRelu = gradYPred.mm(w2.t());
  const gradH = gradHRelu.maskedFill(h.lt(0), 0);
  const gradW1 = x.t().mm(gradH);

  return { h, hRelu, yPred, loss, gradYPred, gradW2, gradHRelu, gradH, gradW1 };
}

/** Gradient descent: each step's values, before the weights are changed in place. */
export function* train(weights: Weights, { lr, steps }: Settings) {
  for (let step = 0; step < steps; step++) {
    const values = passes(weights);
    yield { step, ...values };
    weights.w1.sub_(values.gradW1.mul(lr));
    weights.w2.sub_(values.gradW2.mul(lr));
  }
}
