/** The functions of functional/activations.ts as modules. */
import { full, requireOptions, type DType, type Tensor } from "@torchlet/tensor";
import * as F from "../functional/activations.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { settings } from "../settings.ts";

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
 * Elementwise `x/6 + 1/2 limited to [0, 1]`; see {@link functional.hardsigmoid}.
 *
 * PyTorch: [`nn.Hardsigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Hardsigmoid } from "@torchlet/nn";
 *
 * new Hardsigmoid().forward(tensor([-4, 0])).toArray(); // => [0, 0.5]
 * ```
 */
export class Hardsigmoid extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.hardsigmoid(x);
  }
}

/**
 * Elementwise `x hardsigmoid(x)`; see {@link functional.hardswish}.
 *
 * PyTorch: [`nn.Hardswish`](https://pytorch.org/docs/stable/generated/torch.nn.Hardswish.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Hardswish } from "@torchlet/nn";
 *
 * new Hardswish().forward(tensor([-4, 4])).toArray(); // => [0, 4]
 * ```
 */
export class Hardswish extends Module {
  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.hardswish(x);
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

/**
 * Elementwise `x` limited to `[minVal, maxVal]`; see {@link functional.hardtanh}.
 *
 * PyTorch: [`nn.Hardtanh`](https://pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Hardtanh } from "@torchlet/nn";
 *
 * new Hardtanh().forward(tensor([-3, 0.5, 3])).toArray(); // => [-1, 0.5, 1]
 * ```
 */
export class Hardtanh extends Module {
  /** The lowest value. */
  readonly minVal: number;
  /** The highest value. */
  readonly maxVal: number;

  /**
   * @param minVal - The lowest value. Default: -1.
   * @param maxVal - The highest value. Default: 1.
   */
  constructor(minVal = -1, maxVal = 1) {
    super();
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.hardtanh(x, this.minVal, this.maxVal);
  }

  override extraRepr(): string {
    return settings({ minVal: this.minVal, maxVal: this.maxVal });
  }
}

/**
 * Elementwise `x` where `|x| > lambd`, else 0; see {@link functional.hardshrink}.
 *
 * PyTorch: [`nn.Hardshrink`](https://pytorch.org/docs/stable/generated/torch.nn.Hardshrink.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Hardshrink } from "@torchlet/nn";
 *
 * new Hardshrink().forward(tensor([-1, 0.25, 2])).toArray(); // => [-1, 0, 2]
 * ```
 */
export class Hardshrink extends Module {
  /** The threshold. */
  readonly lambd: number;

  /** @param lambd - The threshold. Default: 0.5. */
  constructor(lambd = 0.5) {
    super();
    this.lambd = lambd;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.hardshrink(x, this.lambd);
  }

  override extraRepr(): string {
    return String(this.lambd);
  }
}

/**
 * Elementwise `x` moved towards 0 by `lambd`, and 0 where `|x| ≤ lambd`; see {@link functional.softshrink}.
 *
 * PyTorch: [`nn.Softshrink`](https://pytorch.org/docs/stable/generated/torch.nn.Softshrink.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Softshrink } from "@torchlet/nn";
 *
 * new Softshrink().forward(tensor([-1, 0.25, 2])).toArray(); // => [-0.5, 0, 1.5]
 * ```
 */
export class Softshrink extends Module {
  /** How far. */
  readonly lambd: number;

  /** @param lambd - How far. Default: 0.5. */
  constructor(lambd = 0.5) {
    super();
    this.lambd = lambd;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.softshrink(x, this.lambd);
  }

  override extraRepr(): string {
    return String(this.lambd);
  }
}

/**
 * Elementwise `x` where `x > threshold`, else `value`; see {@link functional.threshold}.
 *
 * PyTorch: [`nn.Threshold`](https://pytorch.org/docs/stable/generated/torch.nn.Threshold.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Threshold } from "@torchlet/nn";
 *
 * new Threshold(1, 20).forward(tensor([0.5, 2])).toArray(); // => [20, 2]
 * ```
 */
export class Threshold extends Module {
  /** What must be exceeded. */
  readonly threshold: number;
  /** What stands elsewhere. */
  readonly value: number;

  /**
   * @param threshold - What must be exceeded.
   * @param value - What stands elsewhere.
   */
  constructor(threshold: number, value: number) {
    super();
    this.threshold = threshold;
    this.value = value;
  }

  /** The function, elementwise. */
  override forward(x: Tensor): Tensor {
    return F.threshold(x, this.threshold, this.value);
  }

  override extraRepr(): string {
    return settings({ threshold: this.threshold, value: this.value });
  }
}

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
   */
  constructor(numParameters = 1, options: PReLUOptions = {}) {
    super();
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
