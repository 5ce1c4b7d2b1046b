import type { Tensor } from "@torchlet/tensor";

/** The direction that an optimizer is to go against: the gradient, turned around to maximize, plus the pull of weight decay. */
export function descentGradient(
  x: Tensor,
  g: Tensor,
  options: { readonly weightDecay: number; readonly maximize?: boolean },
): Tensor {
  const d = options.maximize ? g.neg() : g;
  return options.weightDecay === 0 ? d : d.add(x, { alpha: options.weightDecay });
}
