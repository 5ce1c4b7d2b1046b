/** The classifier of examples/classifier with the weights that it learned there. */
import { Network } from "@torchlet/examples/classifier";
import { decodeSafetensors, fromTypedArray, noGrad } from "torchlet";
import { SIDE } from "./image.ts";

/** Brings the pixels to mean 0 and standard deviation 1, as in training. */
const [MEAN, DEVIATION] = [0.1307, 0.3081];

/** The probability of each digit for an image. */
export type Classifier = (image: Float32Array) => number[];

/** Fetches the weights. */
export async function loadClassifier(): Promise<Classifier> {
  const response = await fetch(`${import.meta.env.BASE_URL}weights.safetensors`);
  if (!response.ok)
    throw new Error(`the weights cannot be loaded: ${response.status} ${response.statusText}`);
  const network = new Network();
  network.loadStateDict(decodeSafetensors(new Uint8Array(await response.arrayBuffer())).tensors);
  network.eval();
  return (image) => {
    const input = fromTypedArray(image, [1, SIDE, SIDE]).sub(MEAN).div(DEVIATION);
    return [...noGrad(() => network.forward(input)).data];
  };
}
