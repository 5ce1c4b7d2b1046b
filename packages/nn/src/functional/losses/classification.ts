/** Losses for targets that are one class of several. */
import { DTypeError, IndexError, ShapeError, ValueError, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "@torchlet/tensor/checks";
import { requireInt32, requireTensors } from "../../arguments/tensors.ts";
import { checkClassWeights } from "./class-weights.ts";
import { reduceLosses, reductionOf, type LossOptions, type Reduction } from "./reduction.ts";

/** Options of {@link nllLoss}. */
export interface NllLossOptions extends LossOptions {
  /** One factor per class, shape [C]; `"mean"` divides by the sum of the factors that were used. Default: 1 for all. */
  weight?: Tensor | null;
  /** Targets of this value count as if they were not there. Default: -100. */
  ignoreIndex?: number;
}

/** Targets, checked: where they are ignored, and what each one weighs. */
interface ClassTargets {
  /** The class of every element, 0 where it is ignored; with a dimension of size 1 for the classes. */
  readonly index: Tensor;
  readonly ignored: Tensor | null;
  /** The class weight of every element; null if all are 1. */
  readonly weights: Tensor | null;
}

/** The dimension of the classes: 1, or 0 where there is no batch. */
function classDim(x: Tensor): number {
  return x.ndim === 1 ? 0 : 1;
}

function classTargets(op: string, input: Tensor, target: Tensor, options: NllLossOptions): ClassTargets {
  const { weight = null, ignoreIndex = -100 } = options;
  const dim = classDim(input);
  const classes = input.shape[dim]!;
  checkTargetShape(op, input, target, dim);
  checkClassWeights(op, weight, classes);
  const ignored = checkClasses(op, target, classes, ignoreIndex) ? target.eq(ignoreIndex) : null;
  const index = ignored === null ? target : target.maskedFill(ignored, 0);
  const weights = weight === null ? null : weight.indexSelect(0, index.reshape(-1)).reshape(target.shape);
  return { index: index.unsqueeze(dim), ignored, weights };
}

function checkTargetShape(op: string, input: Tensor, target: Tensor, dim: number): void {
  if (input.ndim === 0)
    throw new ShapeError(op, "the input needs a dimension for the classes, got a 0-d tensor");
  const expected = input.shape.filter((_, i) => i !== dim);
  if (!sameShape(target.shape, expected))
    throw new ShapeError(
      op,
      `target ${format(target.shape)} does not fit input ${format(input.shape)}: it must have shape ${format(expected)}, one class for each element`,
    );
  requireInt32(op, "class targets", target);
}

/** Throws unless all targets are classes or ignored; says whether some are ignored. */
function checkClasses(op: string, target: Tensor, classes: number, ignoreIndex: number): boolean {
  let ignored = false;
  for (const t of target.toTypedArray()) {
    if (t === ignoreIndex) ignored = true;
    else if (t < 0 || t >= classes)
      throw new IndexError(op, `target ${t} is out of range for ${classes} classes (0 to ${classes - 1})`);
  }
  return ignored;
}

/** The losses of single elements without those that are ignored; the mean is over the weights of the rest. */
function reduceClasses(losses: Tensor, { ignored, weights }: ClassTargets, reduction: Reduction): Tensor {
  const kept = ignored === null ? losses : losses.maskedFill(ignored, 0);
  if (reduction !== "mean" || (ignored === null && weights === null)) return reduceLosses(kept, reduction);
  const present = ignored?.logicalNot().to(losses.dtype) ?? null;
  const shares = weights === null ? present! : present === null ? weights : weights.mul(present);
  return kept.sum().div(shares.sum());
}

/** Minus the log-probability of each target, weighted. */
function nllOfEach(input: Tensor, { index, weights }: ClassTargets): Tensor {
  const dim = classDim(input);
  const losses = input.gather(dim, index).squeeze(dim).neg();
  return weights === null ? losses : losses.mul(weights);
}

/**
 * Negative log-likelihood: minus the log-probability that the input gives to the target's class. Gradient: `-weight g` at that place, else 0.
 *
 * PyTorch: [`F.nll_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html).
 *
 * @param input - Log-probabilities, shape [N, C], [N, C, d1, d2, ...] or [C]; {@link logSoftmax} makes them.
 * @param target - Classes 0 to C - 1 as int32, the input's shape without C.
 * @param options - `weight`, `ignoreIndex`, `reduction`.
 * @throws ShapeError if the shapes do not fit.
 * @throws DTypeError if the target is not int32.
 * @throws IndexError if a target is no class.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const logProbabilities = tensor([[-1, -2], [-3, -4]]);
 * F.nllLoss(logProbabilities, tensor([0, 1], { dtype: "int32" })).item(); // => 2.5
 * ```
 */
export function nllLoss(input: Tensor, target: Tensor, options: NllLossOptions = {}): Tensor {
  const reduction = reductionOf("nllLoss", options, ["weight", "ignoreIndex"]);
  requireTensors("nllLoss", input, target);
  const targets = classTargets("nllLoss", input, target, options);
  return reduceClasses(nllOfEach(input, targets), targets, reduction);
}

/** Options of {@link crossEntropy}. */
export interface CrossEntropyOptions extends NllLossOptions {
  /** Which part of every target's probability is spread evenly over all classes, 0 to 1. Default: 0. */
  labelSmoothing?: number;
}

/**
 * Cross entropy of logits: {@link nllLoss} of {@link logSoftmax}. Gradient with respect to the logits: `(softmax(x) - target) g`, per element.
 *
 * PyTorch: [`F.cross_entropy`](https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html).
 *
 * @param input - Logits (not probabilities), shape [N, C], [N, C, d1, d2, ...] or [C].
 * @param target - Classes as int32 in the input's shape without C, or probabilities in the input's shape.
 * @param options - `weight`, `ignoreIndex` (for classes), `labelSmoothing`, `reduction`.
 * @throws ShapeError if the shapes do not fit.
 * @throws DTypeError if class targets are not int32, or probabilities not floating point.
 * @throws IndexError if a target is no class.
 * @throws ValueError if `reduction` is unknown, `labelSmoothing` not between 0 and 1, or `ignoreIndex` given with probabilities.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const logits = tensor([[0, 0], [1000, 0]]);
 * F.crossEntropy(logits, tensor([1, 1], { dtype: "int32" }), { reduction: "sum" }).item(); // => 1000.693115234375
 * F.crossEntropy(logits, tensor([[0.5, 0.5], [1, 0]]), { reduction: "none" }).toArray(); // => [0.6931471824645996, 0]
 * ```
 */
export function crossEntropy(input: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const reduction = reductionOf("crossEntropy", options, ["labelSmoothing", "weight", "ignoreIndex"]);
  const { labelSmoothing = 0, weight = null } = options;
  requireTensors("crossEntropy", input, target);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new ValueError("crossEntropy", `labelSmoothing must lie between 0 and 1, got ${labelSmoothing}`);
  if (sameShape(input.shape, target.shape)) return probabilityCrossEntropy(input, target, options);
  const targets = classTargets("crossEntropy", input, target, options);
  const logs = input.logSoftmax(classDim(input));
  let losses = nllOfEach(logs, targets);
  if (labelSmoothing > 0) {
    const spread = alongClasses(logs, weight)
      .sum(classDim(input))
      .mul(-labelSmoothing / input.shape[classDim(input)]!);
    losses = losses.mul(1 - labelSmoothing).add(spread);
  }
  return reduceClasses(losses, targets, reduction);
}

/** `x` times one weight per class. */
function alongClasses(x: Tensor, weight: Tensor | null): Tensor {
  return weight === null ? x : x.mul(weight.reshape([-1, ...x.shape.slice(classDim(x) + 1).map(() => 1)]));
}

function probabilityCrossEntropy(input: Tensor, target: Tensor, options: CrossEntropyOptions): Tensor {
  const { labelSmoothing = 0, reduction = "mean", weight = null, ignoreIndex = -1 } = options;
  if (ignoreIndex >= 0)
    throw new ValueError("crossEntropy", "ignoreIndex is for targets that are classes, not probabilities");
  if (target.dtype !== "float32" && target.dtype !== "float64")
    throw new DTypeError(
      "crossEntropy",
      `a target of the input's shape ${format(input.shape)} holds probabilities and must be floating point, got ${target.dtype}`,
    );
  const dim = classDim(input);
  const classes = input.size(dim);
  checkClassWeights("crossEntropy", weight, classes);
  const smooth = labelSmoothing > 0 ? target.mul(1 - labelSmoothing).add(labelSmoothing / classes) : target;
  const losses = alongClasses(input.logSoftmax(dim).mul(smooth), weight).sum(dim).neg();
  return reduceLosses(losses, reduction);
}
