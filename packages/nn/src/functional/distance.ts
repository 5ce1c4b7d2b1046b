/** Lengths of vectors and angles between them, along one dimension. */
import { requireOptions, ShapeError, ValueError, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import { requireTensor } from "../arguments/tensors.ts";
import { broadcasts, broadcastShape } from "../shapes.ts";

/**
 * `(Σ |x|^p)^(1/p)` along `dim`; for infinite `p` the largest `|x|`.
 *
 * Where the vector is 0 its gradient is 0, not NaN.
 */
function vectorNorm(x: Tensor, p: number, dim: number, keepdim: boolean): Tensor {
  if (p === Infinity) return x.abs().amax(dim, { keepdim });
  if (p === 1) return x.abs().sum(dim, { keepdim });
  const powers = p === 2 ? x.square() : powerOfSize(x, p);
  const total = powers.sum(dim, { keepdim });
  const zero = total.eq(0);
  const safe = total.maskedFill(zero, 1);
  return (p === 2 ? safe.sqrt() : safe.pow(1 / p)).maskedFill(zero, 0);
}

/** `|x|^p`, whose gradient at 0 is 0 also for `p` below 1. */
function powerOfSize(x: Tensor, p: number): Tensor {
  const zero = x.eq(0);
  return x.maskedFill(zero, 1).abs().pow(p).maskedFill(zero, 0);
}

/** Throws unless `p` is the exponent of a norm. */
function checkExponent(op: string, p: number): void {
  if (!(p > 0)) throw new ValueError(op, `p must be positive, got ${p}`);
}

/** Options of {@link normalize}. */
export interface NormalizeOptions {
  /** The exponent of the norm. Default: 2. */
  p?: number;
  /** The dimension along which the vectors lie. Default: 1. */
  dim?: number;
  /** The smallest length by which is divided. Default: 1e-12. */
  eps?: number;
}

/**
 * Divides vectors by their length, `x / max(‖x‖, eps)`. Gradient: by the quotient rule.
 *
 * PyTorch: [`F.normalize`](https://pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html).
 *
 * @param x - Any shape that has the dimension.
 * @param options - `p`, `dim`, `eps`.
 * @throws ShapeError if there is no dimension `dim`.
 * @throws ValueError if `p` is not positive.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.normalize(tensor([[2, 2], [0, 0]]), { p: 1 }).toArray(); // => [[0.5, 0.5], [0, 0]]
 * ```
 */
export function normalize(x: Tensor, options: NormalizeOptions = {}): Tensor {
  requireOptions("normalize", options, "dim: 0", ["p", "dim", "eps"]);
  const { p = 2, dim = 1, eps = 1e-12 } = options;
  requireTensor("normalize", "the input", x);
  checkExponent("normalize", p);
  return x.div(vectorNorm(x, p, dim, true).clampMin(eps));
}

/** Options of {@link cosineSimilarity}. */
export interface CosineSimilarityOptions {
  /** The dimension along which the vectors lie. Default: 1. */
  dim?: number;
  /** The smallest length by which is divided. Default: 1e-8. */
  eps?: number;
}

/**
 * The cosine of the angle between vectors, `a·b / (max(‖a‖, eps) max(‖b‖, eps))`. Gradients: by the quotient rule.
 *
 * PyTorch: [`F.cosine_similarity`](https://pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html).
 *
 * @param a - Any shape that has the dimension.
 * @param b - A shape that broadcasts with that of `a`.
 * @param options - `dim`, `eps`.
 * @returns The common shape without the dimension.
 * @throws ShapeError if the shapes do not broadcast or there is no dimension `dim`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.cosineSimilarity(tensor([[1, 0], [0, 2]]), tensor([[0, 5], [0, -3]])).toArray(); // => [0, -1]
 * ```
 */
export function cosineSimilarity(a: Tensor, b: Tensor, options: CosineSimilarityOptions = {}): Tensor {
  requireOptions("cosineSimilarity", options, "dim: 0", ["dim", "eps"]);
  const { dim = 1, eps = 1e-8 } = options;
  requireTensor("cosineSimilarity", "the first input", a);
  requireTensor("cosineSimilarity", "the second input", b);
  if (!broadcasts(a.shape, b.shape))
    throw new ShapeError(
      "cosineSimilarity",
      `shapes ${format(a.shape)} and ${format(b.shape)} do not broadcast`,
    );
  const shape = broadcastShape(a.shape, b.shape);
  const unit = (x: Tensor): Tensor => x.div(vectorNorm(x, 2, dim, true).clampMin(eps));
  return unit(a.expand(shape))
    .mul(unit(b.expand(shape)))
    .sum(dim);
}

/** Options of {@link pairwiseDistance}. */
export interface PairwiseDistanceOptions {
  /** The exponent of the norm. Default: 2. */
  p?: number;
  /** Added to every difference, so that the gradient exists where the vectors are equal. Default: 1e-6. */
  eps?: number;
  /** Keep the last dimension with size 1. Default: false. */
  keepdim?: boolean;
}

/**
 * The distance of vectors, `‖a - b + eps‖` along the last dimension. Gradient: that of the norm.
 *
 * PyTorch: [`F.pairwise_distance`](https://pytorch.org/docs/stable/generated/torch.nn.functional.pairwise_distance.html).
 *
 * @param a - Shape [N, D] or [D].
 * @param b - A shape that broadcasts with that of `a`.
 * @param options - `p`, `eps`, `keepdim`.
 * @throws ShapeError if the shapes do not broadcast.
 * @throws ValueError if `p` is not positive.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.pairwiseDistance(tensor([[3, 4]]), tensor([[0, 0]]), { eps: 0 }).toArray(); // => [5]
 * ```
 */
export function pairwiseDistance(a: Tensor, b: Tensor, options: PairwiseDistanceOptions = {}): Tensor {
  requireOptions("pairwiseDistance", options, "p: 1", ["p", "eps", "keepdim"]);
  const { p = 2, eps = 1e-6, keepdim = false } = options;
  requireTensor("pairwiseDistance", "the first input", a);
  requireTensor("pairwiseDistance", "the second input", b);
  checkExponent("pairwiseDistance", p);
  return vectorNorm(a.sub(b).add(eps), p, -1, keepdim);
}
