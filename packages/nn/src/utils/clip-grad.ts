import { noGrad, requireOptions, stack, tensor, ValueError, type Tensor } from "@torchlet/tensor";
import { checkNonNegative } from "../arguments/numbers.ts";
import { requireTensorList } from "../arguments/tensors.ts";

/** Options of {@link clipGradNorm_}. */
export interface ClipGradNormOptions {
  /** Which norm: 2 for the Euclidean, 1, `Infinity` for the largest absolute value, ... Default: 2. */
  normType?: number;
  /** Whether a norm that is NaN or infinite is an error. Default: false. */
  errorIfNonfinite?: boolean;
}

/**
 * Scales all gradients together so that their norm, taken as one vector, is at most `maxNorm`. In place.
 *
 * $$g \leftarrow g \, \min\left(1, \frac{\text{maxNorm}}{\lVert g \rVert + 10^{-6}}\right)$$
 *
 * Call it between `backward` and `step`. PyTorch:
 * [`clip_grad_norm_`](https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html).
 *
 * @param parameters - One tensor or several; those without a gradient are left out.
 * @param maxNorm - The largest norm.
 * @param options - See {@link ClipGradNormOptions}.
 * @returns The norm before clipping, as a tensor of one element.
 * @throws ValueError if `normType` is not above 0, or `errorIfNonfinite` is set and the norm is NaN or infinite; nothing is then
 * changed.
 *
 * @example
 * ```ts
 * import { utils } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([0, 0], { requiresGrad: true });
 * w.grad = tensor([3, 4]);
 * utils.clipGradNorm_([w], 1).item(); // => 5
 * w.grad.toArray(); // => [0.6, 0.8]
 * ```
 */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  options: ClipGradNormOptions = {},
): Tensor {
  requireOptions("clipGradNorm_", options, "normType: 1", ["normType", "errorIfNonfinite"]);
  const { normType = 2, errorIfNonfinite = false } = options;
  checkNonNegative("clipGradNorm_", { maxNorm });
  if (!(normType > 0)) throw new ValueError("clipGradNorm_", `normType must be above 0, got ${normType}`);
  return noGrad(() => {
    const grads = gradientsOf("clipGradNorm_", parameters);
    if (grads.length === 0) return tensor(0);
    const norm = vectorNorm(stack(grads.map((g) => vectorNorm(g, normType))), normType);
    if (errorIfNonfinite && !Number.isFinite(norm.item()))
      throw new ValueError(
        "clipGradNorm_",
        `the norm of the gradients is ${norm.item()}, so they cannot be clipped`,
      );
    const scale = norm.add(1e-6).reciprocal().mul(maxNorm).clamp(null, 1);
    for (const g of grads) g.mul_(scale);
    return norm;
  });
}

/**
 * Limits every element of the gradients to `[-clipValue, clipValue]`. In place.
 *
 * PyTorch: [`clip_grad_value_`](https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html).
 *
 * @param parameters - One tensor or several; those without a gradient are left out.
 * @param clipValue - The largest absolute value.
 *
 * @example
 * ```ts
 * import { utils } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([0, 0], { requiresGrad: true });
 * w.grad = tensor([-7, 0.5]);
 * utils.clipGradValue_([w], 1);
 * w.grad.toArray(); // => [-1, 0.5]
 * ```
 */
export function clipGradValue_(parameters: Tensor | Iterable<Tensor>, clipValue: number): void {
  checkNonNegative("clipGradValue_", { clipValue });
  noGrad(() => {
    for (const g of gradientsOf("clipGradValue_", parameters)) g.clamp_(-clipValue, clipValue);
  });
}

function gradientsOf(op: string, parameters: Tensor | Iterable<Tensor>): Tensor[] {
  return requireTensorList(op, parameters)
    .map((x) => x.borrowGrad())
    .filter((g) => g !== null);
}

/** The p-norm of all elements. */
function vectorNorm(x: Tensor, p: number): Tensor {
  if (p === Infinity) return x.abs().amax();
  if (p === 2) return x.square().sum().sqrt();
  return x
    .abs()
    .pow(p)
    .sum()
    .pow(1 / p);
}
