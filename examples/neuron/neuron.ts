/** One neuron: inputs times weights plus bias, through a sigmoid. */
import { manualSeed, mm, randn, randnLike, type Tensor } from "torchlet";

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

  const h = mm(features, weights.view(-1, 1)).add(bias);
  const y = activation(h);
  return { features, weights, bias, h, y };
}
