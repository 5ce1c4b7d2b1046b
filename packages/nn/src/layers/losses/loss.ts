/** The losses of functional/ as modules, which keep their options. */
import { requireOptions, Tensor, ValueError } from "@torchlet/tensor";
import type * as F from "../../functional/index.ts";
import { Module } from "../../module/module.ts";

/** What all losses are: a module that keeps the options of its function, and the weights among them as buffers. */
export abstract class Loss<O extends F.LossOptions | F.KlDivOptions> extends Module {
  /** The options that the loss was made with; weights among them live on as buffers. */
  readonly options: Readonly<O>;

  /** @param options - Those of the function of the same name. */
  constructor(options: O = {} as O) {
    super();
    const { name } = this.constructor;
    if ((options as unknown) instanceof Tensor)
      throw new ValueError(
        name,
        "options must be an object, got a Tensor; write them by name; input and target go to loss.forward(input, target)",
      );
    requireOptions(name, options, 'reduction: "sum"');
    const { reduction } = options;
    if (reduction !== undefined && !["mean", "sum", "none", "batchmean"].includes(reduction))
      throw new ValueError(this.constructor.name, `unknown reduction ${JSON.stringify(reduction)}`);
    this.options = options;
  }
}

/** A loss with a weight for each class or element, which is a buffer as in PyTorch. */
export abstract class WeightedLoss<O extends F.LossOptions & { weight?: Tensor | null }> extends Loss<O> {
  /** The factors of the classes or elements; null if all are 1. */
  weight: Tensor | null;

  /** @param options - Those of the function of the same name. */
  constructor(options?: O) {
    super(options);
    const weight: Tensor | null | undefined = options?.weight;
    this.weight = this.registerBuffer("weight", weight ?? null);
  }
}
