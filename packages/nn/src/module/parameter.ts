import { DTypeError, requireOptions, Tensor, type DType } from "@torchlet/tensor";
import { requireTensor } from "../arguments/tensors.ts";

/** Options of {@link Parameter}. */
export interface ParameterOptions {
  /** Whether `backward` shall compute its gradient. Default: true. */
  requiresGrad?: boolean;
}

/**
 * A tensor that a module learns: {@link Module} finds it among its properties, and optimizers change it.
 *
 * It is always a leaf, and shares its memory with the tensor it was made of. Where a `Parameter` is declared, a plain `Tensor` does not
 * compile. PyTorch: [`nn.Parameter`](https://pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Module, Parameter } from "@torchlet/nn";
 *
 * class Scale extends Module {
 *   factor = new Parameter(tensor([2, 3]));
 * }
 * const module = new Scale();
 * module.factor.requiresGrad; // => true
 * [...module.namedParameters()].map(([name]) => name); // => ["factor"]
 * ```
 */
export class Parameter extends Tensor {
  declare private readonly brand: "Parameter";

  /**
   * @param data - The initial values, whose memory the parameter shares.
   * @param options - `requiresGrad`.
   * @throws DTypeError if a gradient is wanted and `data` is not floating point, or it is no tensor.
   */
  constructor(data: Tensor, options: ParameterOptions = {}) {
    requireTensor("Parameter", "the data", data);
    super(data.storage, data.layout);
    this.settle();
    requireOptions("Parameter", options, "requiresGrad: false", ["requiresGrad"]);
    this.requiresGrad = options.requiresGrad ?? true;
  }

  /**
   * Converts values and gradient to another floating-point dtype; optimizers and modules that hold this parameter keep it.
   *
   * A graph recorded before is of no use afterwards: its backward throws instead of mixing dtypes. PyTorch: `p.data = p.data.to(dtype)`.
   *
   * @throws DTypeError if a gradient is wanted and `dtype` is not floating point.
   */
  to_(dtype: DType): this {
    const { grad, requiresGrad } = this;
    if (requiresGrad && dtype !== "float32" && dtype !== "float64")
      throw new DTypeError(
        "to_",
        `a parameter that requires a gradient must be floating point, not ${dtype}`,
      );
    this.requiresGrad = false;
    this.grad = null;
    const { storage, layout } = this.to(dtype);
    Object.assign(this, { storage, layout });
    this.requiresGrad = requiresGrad; // a leaf of the new dtype, with the hooks of the old one
    this.grad = grad === null ? null : grad.detach().to(dtype);
    return this;
  }

  /** The text that PyTorch would print. */
  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}
