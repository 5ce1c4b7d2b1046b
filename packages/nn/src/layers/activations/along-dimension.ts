/** Functions of all elements along a dimension. As modules. */
import type { Tensor } from "@torchlet/tensor";
import * as F from "../../functional/activations/index.ts";
import { Module } from "../../module/module.ts";
import { settings } from "../../module/settings.ts";

/**
 * One half along `dim`, gated by the sigmoid of the other; see {@link functional.glu}.
 *
 * PyTorch: [`nn.GLU`](https://pytorch.org/docs/stable/generated/torch.nn.GLU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { GLU } from "@torchlet/nn";
 *
 * new GLU().forward(tensor([8, 6, 0, Infinity])).toArray(); // => [4, 6]
 * ```
 */
export class GLU extends Module {
  /** The dimension that is halved. */
  readonly dim: number;

  /** @param dim - The dimension that is halved. Default: -1. */
  constructor(dim = -1) {
    super();
    this.dim = dim;
  }

  /** The function. */
  override forward(x: Tensor): Tensor {
    return F.glu(x, this.dim);
  }

  override extraRepr(): string {
    return settings({ dim: this.dim });
  }
}

/**
 * `eˣ / Σ eˣ` along `dim`: positive numbers that add up to 1; see {@link functional.softmax}.
 *
 * PyTorch: [`nn.Softmax`](https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Softmax } from "@torchlet/nn";
 *
 * new Softmax(1).forward(tensor([[0, 0], [1000, 0]])).toArray(); // => [[0.5, 0.5], [1, 0]]
 * ```
 */
export class Softmax extends Module {
  /** Along which the results add up to 1. */
  readonly dim: number;

  /** @param dim - Along which the results add up to 1. */
  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  /** The function. */
  override forward(x: Tensor): Tensor {
    return F.softmax(x, this.dim);
  }

  override extraRepr(): string {
    return settings({ dim: this.dim });
  }
}

/**
 * The logarithm of {@link Softmax}, without its loss of precision; see {@link functional.logSoftmax}.
 *
 * PyTorch: [`nn.LogSoftmax`](https://pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { LogSoftmax } from "@torchlet/nn";
 *
 * new LogSoftmax(0).forward(tensor([1000, 0])).toArray(); // => [0, -1000]
 * ```
 */
export class LogSoftmax extends Module {
  /** Along which the exponentials of the results add up to 1. */
  readonly dim: number;

  /** @param dim - Along which the exponentials of the results add up to 1. */
  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  /** The function. */
  override forward(x: Tensor): Tensor {
    return F.logSoftmax(x, this.dim);
  }

  override extraRepr(): string {
    return settings({ dim: this.dim });
  }
}

/**
 * {@link Softmax} of `-x`; see {@link functional.softmin}.
 *
 * PyTorch: [`nn.Softmin`](https://pytorch.org/docs/stable/generated/torch.nn.Softmin.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Softmin } from "@torchlet/nn";
 *
 * new Softmin(0).forward(tensor([1000, 0])).toArray(); // => [0, 1]
 * ```
 */
export class Softmin extends Module {
  /** Along which the results add up to 1. */
  readonly dim: number;

  /** @param dim - Along which the results add up to 1. */
  constructor(dim: number) {
    super();
    this.dim = dim;
  }

  /** The function. */
  override forward(x: Tensor): Tensor {
    return F.softmin(x, this.dim);
  }

  override extraRepr(): string {
    return settings({ dim: this.dim });
  }
}
