/**
 * Steps of optimizers that would take several operations, in one. For the optimizers of `@torchlet/nn`; nothing is recorded.
 *
 * @packageDocumentation
 */
import { isFloatingPoint } from "../dtype.ts";
import { checkWritable } from "../inplace/writable.ts";
import { kernels, type Kernels } from "../kernels/kernels.ts";
import type { AdamFactors, MomentumFactors } from "../kernels/plain/steps.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** `v ← decay v + gain g`, `x ← x + rate v`. False, and nothing done, if the operands are not alike. */
export function fusedMomentum(x: Tensor, velocity: Tensor, g: Tensor, factors: MomentumFactors): boolean {
  return change("fusedMomentum", [x, velocity], g, (k) => k.momentumStep(x, velocity, g, factors));
}

/** `m ← decay1 m + gain1 g`, `v ← decay2 v + gain2 g²`, `x ← x + rate m / (√v / correction + eps)`. False, and nothing done, if the operands are not alike. */
export function fusedAdam(
  x: Tensor,
  average: Tensor,
  square: Tensor,
  g: Tensor,
  factors: AdamFactors,
): boolean {
  return change("fusedAdam", [x, average, square], g, (k) => k.adamStep(x, average, square, g, factors));
}

function change(op: string, changed: readonly Tensor[], g: Tensor, run: (k: Kernels) => void): boolean {
  const [x] = changed as readonly [Tensor, ...Tensor[]];
  const alike = [...changed, g].every(
    (t) => t.dtype === x.dtype && t.layout.contiguous && sameShape(t.shape, x.shape),
  );
  const apart = new Set([...changed, g].map(({ storage }) => storage)).size === changed.length + 1;
  if (!alike || !apart || !isFloatingPoint(x.dtype)) return false;
  for (const t of changed) checkWritable(op, t);
  run(kernels());
  for (const t of changed) t.storage.touch(op);
  return true;
}
