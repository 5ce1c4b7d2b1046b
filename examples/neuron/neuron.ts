/** One neuron: inputs times weights plus bias, through a sigmoid. */
import { manualSeed, mm, noGrad, randn, randnLike, type Tensor } from "torchlet";

/** The sigmoid, written out. */
function activation(x: Tensor): Tensor {
  return x.neg().exp().add(1).reciprocal();
}

/** A neuron with five inputs, all of its numbers drawn from PyTorch's random stream. */
export function neuron(seed: number) {
  manualSeed(seed, { engine: "torch" });
  const features = randn(1, 5);
  const weights = randnLike(features);
  const bias = randn(1, 1);

  return { features, weights, bias, ...outputs({ features, weights, bias }) };
}

interface Neuron {
  readonly features: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor;
}

function outputs({ features, weights, bias }: Neuron) {
  const h = mm(features, weights.view(-1, 1)).add(bias);
  return { h, y: activation(h) };
}

/** Where the neuron stands after some steps. */
export interface Moment {
  readonly step: number;
  readonly h: number;
  readonly y: number;
  readonly loss: number;
}

/** Teaches the neuron to say 1, by gradient descent on (y - 1)² with a learning rate of 1. Its weights change in place. */
export function* teach(neuron: Neuron, steps: number): Generator<Moment> {
  const leaves = [neuron.weights.requiresGrad_(), neuron.bias.requiresGrad_()];
  for (let step = 0; step <= steps; step++) {
    const { h, y } = outputs(neuron);
    const loss = y.sub(1).square();
    yield { step, h: h.item(), y: y.item(), loss: loss.item() };

    for (const leaf of leaves) leaf.grad = null;
    loss.backward();
    noGrad(() => {
      for (const leaf of leaves) leaf.sub_(leaf.grad!);
    });
  }
}
