/** Straight above 0, and 0 or nearly below it. As modules. */
import { full, requireOptions, type DType, type Tensor } from "@torchlet/tensor";
import { checkSizes } from "../../arguments/numbers.ts";
import * as F from "../../functional/activations/index.ts";
import { Module } from "../../module/module.ts";
import { Parameter } from "../../module/parameter.ts";
import { settings } from "../../module/settings.ts";

/**
 * Elementwise `max(x, 0)`; see {@link functional.relu}.
 *
 * PyTorch: [`nn.ReLU`](https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { ReLU } from "@torchlet/nn";
 *
 * new ReLU().forward(tensor([-1, 2])).toArray(); // => [0, 2]
 * ```
 */
export class ReLU extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.relu(x);
  }
}

/**
 * Elementwise `min(max(x, 0), 6)`; see {@link functional.relu6}.
 *
 * PyTorch: [`nn.ReLU6`](https://pytorch.org/docs/stable/generated/torch.nn.ReLU6.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { ReLU6 } from "@torchlet/nn";
 *
 * new ReLU6().forward(tensor([-1, 8])).toArray(); // => [0, 6]
 * ```
 */
export class ReLU6 extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.relu6(x);
  }
}

/**
 * The self-normalising {@link ELU}; see {@link functional.selu}.
 *
 * PyTorch: [`nn.SELU`](https://pytorch.org/docs/stable/generated/torch.nn.SELU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { SELU } from "@torchlet/nn";
 *
 * new SELU().forward(tensor([0, Infinity])).toArray(); // => [0, Infinity]
 * ```
 */
export class SELU extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.selu(x);
  }
}

/**
 * Elementwise `x` where `x > 0`, else `negativeSlope x`; see {@link functional.leakyRelu}.
 *
 * PyTorch: [`nn.LeakyReLU`](https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { LeakyReLU } from "@torchlet/nn";
 *
 * new LeakyReLU(0.25).forward(tensor([-4, 2])).toArray(); // => [-1, 2]
 * ```
 */
export class LeakyReLU extends Module {
  /** The slope below 0. */
  readonly negativeSlope: number;

  /** @param negativeSlope - The slope below 0. Default: 0.01. */
  constructor(negativeSlope = 0.01) {
    super();
    this.negativeSlope = negativeSlope;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.leakyRelu(x, this.negativeSlope);
  }

  override extraRepr(): string {
    return settings({ negativeSlope: this.negativeSlope });
  }
}

/**
 * Elementwise `x` where `x > 0`, else `alpha (eˣ - 1)`; see {@link functional.elu}.
 *
 * PyTorch: [`nn.ELU`](https://pytorch.org/docs/stable/generated/torch.nn.ELU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { ELU } from "@torchlet/nn";
 *
 * new ELU(3).forward(tensor([-Infinity, 2])).toArray(); // => [-3, 2]
 * ```
 */
export class ELU extends Module {
  /** Minus the limit at minus infinity. */
  readonly alpha: number;

  /** @param alpha - Minus the limit at minus infinity. Default: 1. */
  constructor(alpha = 1) {
    super();
    this.alpha = alpha;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.elu(x, this.alpha);
  }

  override extraRepr(): string {
    return settings({ alpha: this.alpha });
  }
}

/**
 * Elementwise `x` where `x > 0`, else `alpha (e^(x/alpha) - 1)`; see {@link functional.celu}.
 *
 * PyTorch: [`nn.CELU`](https://pytorch.org/docs/stable/generated/torch.nn.CELU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { CELU } from "@torchlet/nn";
 *
 * new CELU(3).forward(tensor([-Infinity, 2])).toArray(); // => [-3, 2]
 * ```
 */
export class CELU extends Module {
  /** Minus the limit at minus infinity. */
  readonly alpha: number;

  /** @param alpha - Minus the limit at minus infinity. Default: 1. */
  constructor(alpha = 1) {
    super();
    this.alpha = alpha;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.celu(x, this.alpha);
  }

  override extraRepr(): string {
    return settings({ alpha: this.alpha });
  }
}

/**
 * Elementwise `x Φ(x)`, with the distribution function Φ of the standard normal distribution; see {@link functional.gelu}.
 *
 * PyTorch: [`nn.GELU`](https://pytorch.org/docs/stable/generated/torch.nn.GELU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { GELU } from "@torchlet/nn";
 *
 * new GELU().forward(tensor([0, 100])).toArray(); // => [0, 100]
 * ```
 */
export class GELU extends Module {
  /** `"tanh"` for the approximation with tanh. */
  readonly approximate: "none" | "tanh";

  /** @param options - `approximate`: `"tanh"` for the approximation with tanh. Default: `"none"`. */
  constructor(options: F.GeluOptions = {}) {
    super();
    requireOptions("GELU", options, 'approximate: "tanh"', ["approximate"]);
    this.approximate = options.approximate ?? "none";
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.gelu(x, { approximate: this.approximate });
  }

  override extraRepr(): string {
    return settings({ approximate: this.approximate });
  }
}

/** Options of {@link PReLU}. */
export interface PReLUOptions {
  /** The initial slope. Default: 0.25. */
  init?: number;
  /** Element type of the slopes. Default: `"float32"`. */
  dtype?: DType;
}

/**
 * Elementwise `x` where `x > 0`, else `weight x` with learned slopes: one for all, or one per channel; see {@link functional.prelu}.
 *
 * PyTorch: [`nn.PReLU`](https://pytorch.org/docs/stable/generated/torch.nn.PReLU.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { PReLU } from "@torchlet/nn";
 *
 * new PReLU().forward(tensor([-4, 2])).toArray(); // => [-1, 2]
 * ```
 */
export class PReLU extends Module {
  /** How many slopes there are. */
  readonly numParameters: number;
  /** The slopes, shape [numParameters]. */
  weight: Parameter;

  /**
   * @param numParameters - 1, or the number of channels: the size of dimension 1 of the input. Default: 1.
   * @param options - `init`, `dtype`.
   * @throws ValueError if a size is no integer of at least 0.
   */
  constructor(numParameters = 1, options: PReLUOptions = {}) {
    super();
    checkSizes("PReLU", { numParameters });
    requireOptions("PReLU", options, "init: 0.1", ["init", "dtype"]);
    const { init = 0.25, dtype = "float32" } = options;
    this.numParameters = numParameters;
    this.weight = new Parameter(full([numParameters], init, { dtype }));
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.prelu(x, this.weight);
  }

  override extraRepr(): string {
    return settings({ numParameters: this.numParameters });
  }
}
