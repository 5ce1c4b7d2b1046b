import { requireOptions, type Generator, type Tensor } from "@torchlet/tensor";
import { checkFraction, checkNumbers } from "../arguments/numbers.ts";
import { dropout } from "../functional/dropout.ts";
import { Module } from "../module/module.ts";
import { settings } from "../module/settings.ts";

/** Options of {@link Dropout}. */
export interface DropoutLayerOptions {
  /** Where the masks come from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/**
 * In training, sets each element to 0 with probability `p` and divides the others by `1 - p`; in evaluation, does nothing.
 *
 * PyTorch: [`nn.Dropout`](https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html).
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 * import { Dropout } from "@torchlet/nn";
 *
 * const layer = new Dropout(0.75);
 * layer.forward(ones(100)).toTypedArray().every((v) => v === 0 || v === 4); // => true
 * layer.eval().forward(ones(2)).toArray(); // => [1, 1]
 * ```
 */
export class Dropout extends Module {
  /** The probability of a zero. */
  p: number;
  readonly #generator: Generator | undefined;

  /**
   * @param p - The probability of a zero. Default: 0.5.
   * @param options - `generator`.
   * @throws ValueError if `p` is not between 0 and 1.
   */
  constructor(p = 0.5, options: DropoutLayerOptions = {}) {
    super();
    requireOptions("Dropout", options, "generator", ["generator"]);
    checkNumbers("Dropout", { p });
    checkFraction("Dropout", { p });
    this.p = p;
    this.#generator = options.generator;
  }

  /** `x` with zeros in training, else `x` itself. */
  override forward(x: Tensor): Tensor {
    return dropout(x, { p: this.p, training: this.training, generator: this.#generator });
  }

  override extraRepr(): string {
    return settings({ p: this.p });
  }
}
