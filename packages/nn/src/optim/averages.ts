import type { Tensor } from "@torchlet/tensor";

/** `average ← β average + (1 - β) d`, in place. */
export function decayTowards(average: Tensor, d: Tensor, beta: number): void {
  average.mul_(beta).add_(d, { alpha: 1 - beta });
}

/** `average ← β average + (1 - β) d²`, in place. */
export function decayTowardsSquare(average: Tensor, d: Tensor, beta: number): void {
  average.mul_(beta).addcmul_(d, d, { value: 1 - beta });
}
