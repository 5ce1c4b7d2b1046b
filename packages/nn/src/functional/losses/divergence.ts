/** How far distributions are from each other. */
import { requireOptions, where, zerosLike, type Tensor } from "@torchlet/tensor";
import { requireTensors } from "../../arguments/tensors.ts";
import { reduceLosses, reductionOf, type LossOptions, type Reduction } from "./reduction.ts";

/** Options of {@link klDiv}. */
export interface KlDivOptions {
  /** Also `"batchmean"`: the sum divided by the size of the first dimension, which is the divergence per sample. Default: `"mean"`. */
  reduction?: Reduction | "batchmean";
  /** Whether the target holds log-probabilities. Default: false. */
  logTarget?: boolean;
}

/**
 * Kullback-Leibler divergence `t (log t - x)` of log-probabilities `x` from probabilities `t`; 0 where `t` is 0.
 *
 * Gradient with respect to the input: `-t g`. PyTorch: [`F.kl_div`](https://pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html);
 * its `"mean"`, which divides by the number of elements and not of samples, is the default here, too.
 *
 * @param input - Log-probabilities, any shape.
 * @param target - Probabilities, or log-probabilities with `logTarget`; broadcast against the input.
 * @param options - `reduction`, `logTarget`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.klDiv(tensor([[-1, -2]]), tensor([[1, 0]]), { reduction: "batchmean" }).item(); // => 1
 * ```
 */
export function klDiv(input: Tensor, target: Tensor, options: KlDivOptions = {}): Tensor {
  requireOptions("klDiv", options, 'reduction: "sum"', ["reduction", "logTarget"]);
  const batchmean = options.reduction === "batchmean";
  const reduction = batchmean ? "sum" : reductionOf("klDiv", options as LossOptions, ["logTarget"]);
  const { logTarget = false } = options;
  requireTensors("klDiv", input, target);
  const losses = logTarget ? target.exp().mul(target.sub(input)) : entropyTerm(target).sub(target.mul(input));
  const reduced = reduceLosses(losses, reduction);
  return batchmean ? reduced.div(input.shape[0] ?? 1) : reduced;
}

/** `t log t`, 0 where `t` is 0. */
function entropyTerm(t: Tensor): Tensor {
  const zero = t.eq(0);
  return where(zero, zerosLike(t), t.mul(t.maskedFill(zero, 1).log()));
}
