import { empty, requireOptions, type DType, type Generator, type Tensor } from "@torchlet/tensor";
import { checkSizes } from "../arguments/numbers.ts";
import { bilinear, linear } from "../functional/linear.ts";
import * as init from "../init/index.ts";
import { Module } from "../module/module.ts";
import { Parameter } from "../module/parameter.ts";
import { settings } from "../module/settings.ts";

/** Options of {@link Linear} and {@link Bilinear}. */
export interface LinearOptions {
  /** Whether to add a learned bias. Default: true. */
  bias?: boolean;
  /** Element type of the parameters. Default: `"float32"`. */
  dtype?: DType;
  /** Where the initial values come from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/**
 * A fully connected layer: `y = x Wᵀ + b`.
 *
 * `weight` has shape [out, in], `bias` [out]; both start evenly distributed in ±1/√in, drawn in PyTorch's order: with the generator's
 * engine `"torch"` and float32 they are PyTorch's to the bit. PyTorch: [`nn.Linear`](https://pytorch.org/docs/stable/generated/torch.nn.Linear.html).
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 * import { Linear } from "@torchlet/nn";
 *
 * const layer = new Linear(784, 128);
 * layer.forward(ones(64, 784)).shape; // => [64, 128]
 * layer.weight.shape; // => [128, 784]
 * ```
 */
export class Linear extends Module {
  /** The size of the last dimension of the input. */
  readonly inFeatures: number;
  /** The size of the last dimension of the output. */
  readonly outFeatures: number;
  /** The learned matrix, shape [out, in]. */
  weight: Parameter;
  /** The learned bias, shape [out]; null without. */
  bias: Parameter | null;

  /**
   * @param inFeatures - The size of the last dimension of the input.
   * @param outFeatures - The size of the last dimension of the output.
   * @param options - `bias`, `dtype`, `generator`.
   * @throws ValueError if a size is no integer of at least 0.
   */
  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    requireOptions("Linear", options, "bias: false", ["bias", "dtype", "generator"]);
    checkSizes("Linear", { inFeatures, outFeatures });
    const { bias = true, dtype = "float32" } = options;
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = new Parameter(empty([outFeatures, inFeatures], { dtype }));
    this.bias = bias ? new Parameter(empty([outFeatures], { dtype })) : null;
    this.resetParameters(options);
  }

  /** Draws the initial values again. */
  resetParameters({ generator }: init.InitOptions = {}): void {
    init.kaimingUniform_(this.weight, { a: Math.sqrt(5), generator });
    const bound = this.inFeatures > 0 ? 1 / Math.sqrt(this.inFeatures) : 0;
    if (this.bias !== null) init.uniform_(this.bias, -bound, bound, { generator });
  }

  /**
   * `x Wᵀ + b`.
   *
   * @param x - Shape [..., in].
   * @returns Shape [..., out].
   * @throws ShapeError if the last dimension of `x` is not `in`.
   */
  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }

  override extraRepr(): string {
    const { inFeatures, outFeatures } = this;
    return settings({ inFeatures, outFeatures, bias: this.bias !== null });
  }
}

/**
 * A product of two inputs with learned coefficients: `y[o] = x1ᵀ W[o] x2 + b[o]`.
 *
 * `weight` has shape [out, in1, in2]; weight and bias start evenly distributed in ±1/√in1. PyTorch: [`nn.Bilinear`](https://pytorch.org/docs/stable/generated/torch.nn.Bilinear.html).
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 * import { Bilinear } from "@torchlet/nn";
 *
 * new Bilinear(3, 4, 2).forward(ones(5, 3), ones(5, 4)).shape; // => [5, 2]
 * ```
 */
export class Bilinear extends Module {
  /** The size of the last dimension of the first input. */
  readonly in1Features: number;
  /** The size of the last dimension of the second input. */
  readonly in2Features: number;
  /** The size of the last dimension of the output. */
  readonly outFeatures: number;
  /** The learned coefficients, shape [out, in1, in2]. */
  weight: Parameter;
  /** The learned bias, shape [out]; null without. */
  bias: Parameter | null;

  /**
   * @param in1Features - The size of the last dimension of the first input.
   * @param in2Features - The size of the last dimension of the second input.
   * @param outFeatures - The size of the last dimension of the output.
   * @param options - `bias`, `dtype`, `generator`.
   * @throws ValueError if a size is no integer of at least 0.
   */
  constructor(in1Features: number, in2Features: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    checkSizes("Bilinear", { in1Features, in2Features, outFeatures });
    requireOptions("Bilinear", options, "bias: false", ["bias", "dtype", "generator"]);
    const { bias = true, dtype = "float32" } = options;
    this.in1Features = in1Features;
    this.in2Features = in2Features;
    this.outFeatures = outFeatures;
    this.weight = new Parameter(empty([outFeatures, in1Features, in2Features], { dtype }));
    this.bias = bias ? new Parameter(empty([outFeatures], { dtype })) : null;
    this.resetParameters(options);
  }

  /** Draws the initial values again. */
  resetParameters(options: init.InitOptions = {}): void {
    const bound = 1 / Math.sqrt(this.in1Features);
    init.uniform_(this.weight, -bound, bound, options);
    if (this.bias !== null) init.uniform_(this.bias, -bound, bound, options);
  }

  /**
   * `x1ᵀ W[o] x2 + b[o]` for every output.
   *
   * @param x1 - Shape [..., in1].
   * @param x2 - Shape [..., in2], the same leading dimensions.
   * @returns Shape [..., out].
   * @throws ShapeError if the shapes do not fit.
   */
  override forward(x1: Tensor, x2: Tensor): Tensor {
    return bilinear(x1, x2, this.weight, this.bias);
  }

  override extraRepr(): string {
    const { in1Features, in2Features, outFeatures } = this;
    return settings({ in1Features, in2Features, outFeatures, bias: this.bias !== null });
  }
}
