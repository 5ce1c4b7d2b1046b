/** Losses that ask for a margin: between scores, between distances, between classes. */
import { IndexError, ShapeError, ValueError, where, zerosLike, type Tensor } from "@torchlet/tensor";
import { format, sameShape } from "@torchlet/tensor/checks";
import { requireInt32, requireTensor, requireTensors } from "../../arguments/tensors.ts";
import { logSigmoid } from "../activations/index.ts";
import { pairwiseDistance } from "../distance.ts";
import { checkClassWeights } from "./class-weights.ts";
import {
  reduceLosses,
  reductionOf,
  requireBroadcast,
  requireSameShape,
  type LossOptions,
} from "./reduction.ts";

/** Options of {@link marginRankingLoss} and {@link cosineEmbeddingLoss}. */
export interface MarginLossOptions extends LossOptions {
  /** How far apart things must be. Default: 0. */
  margin?: number;
}

/** Options of {@link hingeEmbeddingLoss}. */
export interface HingeEmbeddingLossOptions extends LossOptions {
  /** How far apart things must be. Default: 1. */
  margin?: number;
}

/**
 * For distances `x` and targets 1 (similar) and -1 (dissimilar): `x`, or `max(0, margin - x)`. Gradient: `g`, or `-g` inside the margin.
 *
 * PyTorch: [`F.hinge_embedding_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html).
 *
 * @param input - Distances, any shape.
 * @param target - 1 and -1, broadcast against the input.
 * @param options - `margin`, `reduction`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hingeEmbeddingLoss(tensor([2, 0.25]), tensor([1, -1]), { reduction: "none" }).toArray(); // => [2, 0.75]
 * ```
 */
export function hingeEmbeddingLoss(
  input: Tensor,
  target: Tensor,
  options: HingeEmbeddingLossOptions = {},
): Tensor {
  const reduction = reductionOf("hingeEmbeddingLoss", options, ["margin"]);
  const { margin = 1 } = options;
  requireTensors("hingeEmbeddingLoss", input, target);
  const zero = zerosLike(input);
  const apart = where(target.ne(1), input.neg().add(margin).clampMin(0), zero);
  const close = where(target.ne(-1), input, zero);
  return reduceLosses(apart.add(close), reduction);
}

/**
 * For two scores and the target 1 (the first is to be higher) or -1: `max(0, -t (x1 - x2) + margin)`. Gradients: `-t g` and `t g`, or 0.
 *
 * PyTorch: [`F.margin_ranking_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.margin_ranking_loss.html).
 *
 * @param input1 - Scores, any shape.
 * @param input2 - Scores of the same shape.
 * @param target - 1 and -1, of the same number of dimensions.
 * @param options - `margin`, `reduction`.
 * @throws ShapeError if the numbers of dimensions differ or the shapes do not broadcast.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.marginRankingLoss(tensor([1]), tensor([3]), tensor([1]), { margin: 0.5 }).item(); // => 2.5
 * ```
 */
export function marginRankingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options: MarginLossOptions = {},
): Tensor {
  const reduction = reductionOf("marginRankingLoss", options, ["margin"]);
  const { margin = 0 } = options;
  requireTensors("marginRankingLoss", input1, target);
  requireTensor("marginRankingLoss", "the second input", input2);
  if (input1.ndim !== input2.ndim || input1.ndim !== target.ndim)
    throw new ShapeError(
      "marginRankingLoss",
      `inputs ${format(input1.shape)} and ${format(input2.shape)} and target ${format(target.shape)} must have the same number of dimensions`,
    );
  const losses = target.neg().mul(input1.sub(input2)).add(margin).clampMin(0);
  return reduceLosses(losses, reduction);
}

/**
 * For pairs of vectors and the target 1 (similar) or -1: `1 - cos`, or `max(0, cos - margin)`. Gradients: those of the cosine.
 *
 * PyTorch: [`F.cosine_embedding_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.cosine_embedding_loss.html).
 *
 * @param input1 - Shape [N, D] or [D].
 * @param input2 - The same shape.
 * @param target - 1 and -1, shape [N], or [] for single vectors.
 * @param options - `margin`, `reduction`.
 * @throws ShapeError if the shapes do not fit.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const a = tensor([[1, 0], [1, 0]]);
 * const b = tensor([[0, 2], [3, 0]]);
 * F.cosineEmbeddingLoss(a, b, tensor([1, -1]), { reduction: "none" }).toArray(); // => [1, 1]
 * ```
 */
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  options: MarginLossOptions = {},
): Tensor {
  const reduction = reductionOf("cosineEmbeddingLoss", options, ["margin"]);
  const { margin = 0 } = options;
  requireSameShape("cosineEmbeddingLoss", input1, input2, "second input");
  requireTensor("cosineEmbeddingLoss", "the target", target);
  if (!sameShape(target.shape, input1.shape.slice(0, -1)) || input1.ndim < 1 || input1.ndim > 2)
    throw new ShapeError(
      "cosineEmbeddingLoss",
      `inputs ${format(input1.shape)} must be [N, D] or [D], and target ${format(target.shape)} one number for each pair`,
    );
  const squares = (x: Tensor): Tensor => x.square().sum(-1).add(1e-12);
  const cosine = input1
    .mul(input2)
    .sum(-1)
    .div(squares(input1).mul(squares(input2)).sqrt());
  const zero = zerosLike(cosine);
  const close = where(target.eq(1), cosine.neg().add(1), zero);
  const apart = where(target.eq(-1), cosine.sub(margin).clampMin(0), zero);
  return reduceLosses(close.add(apart), reduction);
}

/**
 * For scores and targets 1 and -1: `log(1 + e^(-t x))`. Gradient: `-t g σ(-t x)`.
 *
 * PyTorch: [`F.soft_margin_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.soft_margin_loss.html), which overflows
 * to infinity where `-t x` is large; here it does not.
 *
 * @param input - Scores, any shape.
 * @param target - 1 and -1, broadcast to the input.
 * @param options - `reduction`.
 * @throws ShapeError if the target does not broadcast to the input.
 * @throws ValueError if `reduction` is unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softMarginLoss(tensor([1000, -1000]), tensor([1, 1]), { reduction: "none" }).toArray(); // => [0, 1000]
 * ```
 */
export function softMarginLoss(input: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const reduction = reductionOf("softMarginLoss", options);
  requireTensor("softMarginLoss", "the input", input);
  requireBroadcast("softMarginLoss", "target", target, input);
  return reduceLosses(logSigmoid(target.mul(input)).neg(), reduction);
}

/** Options of {@link tripletMarginLoss}. */
export interface TripletMarginLossOptions extends LossOptions {
  /** By how much the negative must be farther away than the positive. Default: 1. */
  margin?: number;
  /** The exponent of the norm. Default: 2. */
  p?: number;
  /** Added to every difference of vectors. Default: 1e-6. */
  eps?: number;
  /** Use the distance of positive and negative where it is the smaller one (Balntas et al. 2016). Default: false. */
  swap?: boolean;
}

/**
 * `max(0, d(anchor, positive) - d(anchor, negative) + margin)` with {@link pairwiseDistance}. Gradients: those of the distances, or 0.
 *
 * PyTorch: [`F.triplet_margin_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_loss.html).
 *
 * @param anchor - Shape [N, D] or [D].
 * @param positive - The same shape: what shall be near the anchor.
 * @param negative - The same shape: what shall be far from it.
 * @param options - `margin`, `p`, `eps`, `swap`, `reduction`.
 * @throws ShapeError if the numbers of dimensions differ or the shapes do not broadcast.
 * @throws ValueError if `reduction` is unknown or `p` not positive.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const [a, p, n] = [tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 2]])];
 * F.tripletMarginLoss(a, p, n, { eps: 0 }).item(); // => 4
 * ```
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletMarginLossOptions = {},
): Tensor {
  const reduction = reductionOf("tripletMarginLoss", options, ["margin", "p", "eps", "swap"]);
  const { margin = 1, p = 2, eps = 1e-6, swap = false } = options;
  requireTensor("tripletMarginLoss", "the anchor", anchor);
  requireTensor("tripletMarginLoss", "the positive", positive);
  requireTensor("tripletMarginLoss", "the negative", negative);
  if (anchor.ndim !== positive.ndim || anchor.ndim !== negative.ndim)
    throw new ShapeError(
      "tripletMarginLoss",
      `anchor ${format(anchor.shape)}, positive ${format(positive.shape)} and negative ${format(negative.shape)} must have the same number of dimensions`,
    );
  const near = pairwiseDistance(anchor, positive, { p, eps });
  const direct = pairwiseDistance(anchor, negative, { p, eps });
  const far = swap ? direct.minimum(pairwiseDistance(positive, negative, { p, eps })) : direct;
  return reduceLosses(near.sub(far).add(margin).clampMin(0), reduction);
}

/** Options of {@link multiMarginLoss}. */
export interface MultiMarginLossOptions extends LossOptions {
  /** The exponent, 1 or 2. Default: 1. */
  p?: 1 | 2;
  /** By how much the target's score must exceed all others. Default: 1. */
  margin?: number;
  /** One factor per class, shape [C], applied by the target's class. Default: 1 for all. */
  weight?: Tensor | null;
}

/**
 * For scores of classes: `Σ max(0, margin - x[t] + x[i])^p / C` over all classes `i` except the target `t`. Gradients: by the chain rule.
 *
 * PyTorch: [`F.multi_margin_loss`](https://pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html).
 *
 * @param input - Scores, shape [N, C] or [C].
 * @param target - Classes 0 to C - 1 as int32, shape [N]; [] or [1] for an input [C].
 * @param options - `p`, `margin`, `weight`, `reduction`.
 * @throws ShapeError if the shapes do not fit.
 * @throws DTypeError if the target is not int32.
 * @throws IndexError if a target is no class.
 * @throws ValueError if `p` is neither 1 nor 2 or `reduction` unknown.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.multiMarginLoss(tensor([[3, 2.5, 0, 4]]), tensor([0], { dtype: "int32" })).item(); // => 0.625
 * ```
 */
export function multiMarginLoss(input: Tensor, target: Tensor, options: MultiMarginLossOptions = {}): Tensor {
  const reduction = reductionOf("multiMarginLoss", options, ["p", "margin", "weight"]);
  const { p = 1, margin = 1, weight = null } = options;
  requireTensors("multiMarginLoss", input, target);
  const scores = input.ndim === 1 && target.ndim === 1 ? input.unsqueeze(0) : input;
  checkMultiMargin(scores, target, p, weight);
  const classes = scores.shape.at(-1)!;
  const index = target.unsqueeze(-1);
  const excess = scores.sub(scores.gather(-1, index)).add(margin).relu(); // its gradient where nothing is in excess is 0
  const others = (p === 1 ? excess : excess.square()).scatter(-1, index, 0);
  const weighted =
    weight === null ? others : others.mul(weight.indexSelect(0, target.reshape(-1)).reshape(index.shape));
  return reduceLosses(weighted.sum(-1).div(classes), reduction);
}

function checkMultiMargin(input: Tensor, target: Tensor, p: number, weight: Tensor | null): void {
  const op = "multiMarginLoss";
  if (p !== 1 && p !== 2) throw new ValueError(op, `p must be 1 or 2, got ${p}`);
  if (input.ndim < 1 || input.ndim > 2 || !sameShape(target.shape, input.shape.slice(0, -1)))
    throw new ShapeError(
      op,
      `input ${format(input.shape)} must be [N, C] or [C], and target ${format(target.shape)} one class for each element`,
    );
  requireInt32(op, "class targets", target);
  const classes = input.shape.at(-1)!;
  const outside = target.toTypedArray().find((t) => t < 0 || t >= classes);
  if (outside !== undefined)
    throw new IndexError(op, `target ${outside} is out of range for ${classes} classes`);
  checkClassWeights(op, weight, classes);
}
