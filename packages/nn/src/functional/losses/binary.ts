/** Losses for targets that are probabilities of yes. */
import { defineFunction, ValueError, type Tensor } from "@torchlet/tensor";
import { logSigmoid } from "../activations/index.ts";
import {
  reduceLosses,
  reductionOf,
  requireBroadcast,
  requireSameShape,
  type LossOptions,
} from "./reduction.ts";

/** Options of {@link binaryCrossEntropy}. */
export interface BinaryCrossEntropyOptions extends LossOptions {
  /** A factor for each element, broadcast to the input. Default: 1. */
  weight?: Tensor | null;
}

/** The log of a probability, at least -100, so that a certain and wrong prediction has a finite loss. */
function limitedLog(p: Tensor): Tensor {
  return p.log().clampMin(-100);
}

/** PyTorch's bound, a float32 constant also for float64. */
const smallest = Math.fround(1e-12);

const binaryCrossEntropyOfEach = defineFunction({
  name: "binaryCrossEntropy",
  forward(ctx, x: Tensor, t: Tensor) {
    ctx.saveForBackward(x, t);
    return t
      .sub(1)
      .mul(limitedLog(x.neg().add(1)))
      .sub(t.mul(limitedLog(x)));
  },
  backward(ctx, g) {
    const [x, t] = ctx.savedTensors as [Tensor, Tensor];
    const rest = x.neg().add(1);
    return [
      ctx.needsInputGrad[0] ? g.mul(x.sub(t)).div(rest.mul(x).clampMin(smallest)) : null,
      ctx.needsInputGrad[1] ? g.mul(rest.log().sub(x.log())) : null,
    ];
  },
});

/**
 * Cross entropy of probabilities for yes or no: `-(t log x + (1 - t) log(1 - x))`, each logarithm at least -100.
 *
 * Gradients: `g (x - t) / max(x (1 - x), 1e-12)`, and `g (log(1 - x) - log x)` for the target. Prefer
 * {@link binaryCrossEntropyWithLogits}, which loses no precision. PyTorch:
 * [`F.binary_cross_entropy`](https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html).
 *
 * @param input - Probabilities, any shape.
 * @param target - Probabilities, usually 0 and 1, of the same shape.
 * @param options - `weight`, `reduction`.
 * @throws ShapeError if the shapes differ.
 * @throws ValueError if an input is not between 0 and 1, or `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.binaryCrossEntropy(tensor([1, 0]), tensor([1, 1])).item(); // => 50
 * ```
 */
export function binaryCrossEntropy(
  input: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyOptions = {},
): Tensor {
  const reduction = reductionOf("binaryCrossEntropy", options, ["weight"]);
  const { weight = null } = options;
  requireSameShape("binaryCrossEntropy", input, target);
  if (weight !== null) requireBroadcast("binaryCrossEntropy", "weight", weight, input);
  if (!input.ge(0).logicalAnd(input.le(1)).all().item())
    throw new ValueError(
      "binaryCrossEntropy",
      "all inputs must lie between 0 and 1; for logits use binaryCrossEntropyWithLogits",
    );
  const losses = binaryCrossEntropyOfEach(input, target);
  return reduceLosses(weight === null ? losses : losses.mul(weight), reduction);
}

/** Options of {@link binaryCrossEntropyWithLogits}. */
export interface BinaryCrossEntropyWithLogitsOptions extends BinaryCrossEntropyOptions {
  /** A factor for the part of the yes, broadcast to the input: more than 1 for recall, less for precision. Default: 1. */
  posWeight?: Tensor | null;
}

/**
 * {@link binaryCrossEntropy} of `sigmoid(x)`, accurate for all `x`: `(1 - t) x - (1 + (posWeight - 1) t) log σ(x)`.
 *
 * Gradient: `g (σ(x) - t)` without `posWeight`. PyTorch: [`F.binary_cross_entropy_with_logits`](https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html).
 *
 * @param input - Logits, any shape.
 * @param target - Probabilities, usually 0 and 1, of the same shape.
 * @param options - `weight`, `posWeight`, `reduction`.
 * @throws ShapeError if the shapes differ, or a factor does not broadcast to them.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const logits = tensor([0, 1000]);
 * F.binaryCrossEntropyWithLogits(logits, tensor([1, 0]), { reduction: "none" }).toArray(); // => [0.6931471824645996, 1000]
 * ```
 */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  options: BinaryCrossEntropyWithLogitsOptions = {},
): Tensor {
  const reduction = reductionOf("binaryCrossEntropyWithLogits", options, ["posWeight", "weight"]);
  const { weight = null, posWeight = null } = options;
  requireSameShape("binaryCrossEntropyWithLogits", input, target);
  for (const [name, factor] of Object.entries({ weight, posWeight }))
    if (factor !== null) requireBroadcast("binaryCrossEntropyWithLogits", name, factor, input);
  const no = target.neg().add(1).mul(input);
  const log = logSigmoid(input);
  const losses = no.sub(posWeight === null ? log : posWeight.sub(1).mul(target).add(1).mul(log));
  return reduceLosses(weight === null ? losses : losses.mul(weight), reduction);
}
