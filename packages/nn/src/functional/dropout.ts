import { dropout as dropoutOf, requireOptions, type Generator, type Tensor } from "@torchlet/tensor";

/** Options of {@link dropout}. */
export interface DropoutOptions {
  /** The probability of a zero. Default: 0.5. */
  p?: number;
  /** Without training the input is returned as it is. Default: true. */
  training?: boolean;
  /** Where the mask comes from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/**
 * Sets each element to 0 with probability `p` and divides the others by `1 - p`, so that the expected value stays.
 *
 * Gradient: `g` times the same mask. PyTorch: [`F.dropout`](https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html);
 * with the generator's engine `"torch"` the masks are those of PyTorch built without MKL.
 *
 * @throws ValueError if `p` is not between 0 and 1.
 * @throws DTypeError if `x` is not floating point.
 *
 * @example
 * ```ts
 * import { manualSeed, ones } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * manualSeed(0, { engine: "torch" });
 * F.dropout(ones(8), { p: 0.5 }).toArray(); // => [0, 0, 2, 0, 0, 0, 2, 2]
 * F.dropout(ones(3), { p: 0.5, training: false }).toArray(); // => [1, 1, 1]
 * manualSeed(0, { engine: "seedrandom" });
 * ```
 */
export function dropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  requireOptions("dropout", options, "p: 0.2", ["p", "training", "generator"]);
  const { p = 0.5, training = true, generator } = options;
  return dropoutOf(x, p, training, { generator });
}
