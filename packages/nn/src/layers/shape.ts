import type { Tensor } from "@torchlet/tensor";
import { Module } from "../module/module.ts";
import { settings } from "../module/settings.ts";

/**
 * Returns its input: a placeholder where a layer is expected.
 *
 * PyTorch: [`nn.Identity`](https://pytorch.org/docs/stable/generated/torch.nn.Identity.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Identity } from "@torchlet/nn";
 *
 * new Identity().forward(tensor([1, 2])).toArray(); // => [1, 2]
 * ```
 */
export class Identity extends Module {
  /** `x` itself. */
  override forward(x: Tensor): Tensor {
    return x;
  }
}

/**
 * Joins the dimensions from `startDim` to `endDim` into one; by default all but the first, the batch.
 *
 * PyTorch: [`nn.Flatten`](https://pytorch.org/docs/stable/generated/torch.nn.Flatten.html).
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { Flatten } from "@torchlet/nn";
 *
 * new Flatten().forward(zeros(64, 1, 28, 28)).shape; // => [64, 784]
 * ```
 */
export class Flatten extends Module {
  /** The first dimension that is joined. */
  readonly startDim: number;
  /** The last dimension that is joined. */
  readonly endDim: number;

  /**
   * @param startDim - The first dimension that is joined. Default: 1.
   * @param endDim - The last dimension that is joined. Default: -1, the last of all.
   */
  constructor(startDim = 1, endDim = -1) {
    super();
    this.startDim = startDim;
    this.endDim = endDim;
  }

  /** `x` with the dimensions joined. */
  override forward(x: Tensor): Tensor {
    return x.flatten(this.startDim, this.endDim);
  }

  override extraRepr(): string {
    return settings({ startDim: this.startDim, endDim: this.endDim });
  }
}
