/** Functions of straight pieces. As modules. */
import type { Tensor } from "@torchlet/tensor";
import * as F from "../../functional/activations/index.ts";
import { Module } from "../../module/module.ts";
import { settings } from "../../module/settings.ts";

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
