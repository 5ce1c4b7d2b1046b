/** Curves from one level to another, and what is made of them. As modules. */
import type { Tensor } from "@torchlet/tensor";
import * as F from "../../functional/activations/index.ts";
import { Module } from "../../module/module.ts";
import { settings } from "../../module/settings.ts";

/**
 * Elementwise `1 / (1 + e⁻ˣ)`; see {@link functional.sigmoid}.
 *
 * PyTorch: [`nn.Sigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Sigmoid } from "@torchlet/nn";
 *
 * new Sigmoid().forward(tensor([-Infinity, 0])).toArray(); // => [0, 0.5]
 * ```
 */
export class Sigmoid extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.sigmoid(x);
  }
}

/**
 * Elementwise `log(1 / (1 + e⁻ˣ))`; see {@link functional.logSigmoid}.
 *
 * PyTorch: [`nn.LogSigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.LogSigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { LogSigmoid } from "@torchlet/nn";
 *
 * new LogSigmoid().forward(tensor([-1000, 1000])).toArray(); // => [-1000, 0]
 * ```
 */
export class LogSigmoid extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.logSigmoid(x);
  }
}

/**
 * Elementwise `x / (1 + e⁻ˣ)`; see {@link functional.silu}.
 *
 * PyTorch: [`nn.SiLU`](https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { SiLU } from "@torchlet/nn";
 *
 * new SiLU().forward(tensor([0, 100])).toArray(); // => [0, 100]
 * ```
 */
export class SiLU extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.silu(x);
  }
}

/**
 * Elementwise `x tanh(log(1 + eˣ))`; see {@link functional.mish}.
 *
 * PyTorch: [`nn.Mish`](https://pytorch.org/docs/stable/generated/torch.nn.Mish.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Mish } from "@torchlet/nn";
 *
 * new Mish().forward(tensor([0, 100])).toArray(); // => [0, 100]
 * ```
 */
export class Mish extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.mish(x);
  }
}

/**
 * Elementwise `x / (1 + |x|)`; see {@link functional.softsign}.
 *
 * PyTorch: [`nn.Softsign`](https://pytorch.org/docs/stable/generated/torch.nn.Softsign.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Softsign } from "@torchlet/nn";
 *
 * new Softsign().forward(tensor([-1, 3])).toArray(); // => [-0.5, 0.75]
 * ```
 */
export class Softsign extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.softsign(x);
  }
}

/**
 * Elementwise `tanh x`; see {@link functional.tanh}.
 *
 * PyTorch: [`nn.Tanh`](https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Tanh } from "@torchlet/nn";
 *
 * new Tanh().forward(tensor([-Infinity, 0])).toArray(); // => [-1, 0]
 * ```
 */
export class Tanh extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.tanh(x);
  }
}

/**
 * Elementwise `x - tanh x`; see {@link functional.tanhshrink}.
 *
 * PyTorch: [`nn.Tanhshrink`](https://pytorch.org/docs/stable/generated/torch.nn.Tanhshrink.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Tanhshrink } from "@torchlet/nn";
 *
 * new Tanhshrink().forward(tensor([-50, 50])).toArray(); // => [-49, 49]
 * ```
 */
export class Tanhshrink extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.tanhshrink(x);
  }
}

/**
 * Elementwise `log(1 + e^(beta x)) / beta`, a smooth ReLU; `x` itself where `beta x > threshold`; see {@link functional.softplus}.
 *
 * PyTorch: [`nn.Softplus`](https://pytorch.org/docs/stable/generated/torch.nn.Softplus.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Softplus } from "@torchlet/nn";
 *
 * new Softplus().forward(tensor([-1000, 1000])).toArray(); // => [0, 1000]
 * ```
 */
export class Softplus extends Module {
  /** How sharp the bend is. */
  readonly beta: number;
  /** Where the function becomes linear. */
  readonly threshold: number;

  /**
   * @param beta - How sharp the bend is. Default: 1.
   * @param threshold - Where the function becomes linear. Default: 20.
   */
  constructor(beta = 1, threshold = 20) {
    super();
    this.beta = beta;
    this.threshold = threshold;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.softplus(x, this.beta, this.threshold);
  }

  override extraRepr(): string {
    return settings({ beta: this.beta, threshold: this.threshold });
  }
}
