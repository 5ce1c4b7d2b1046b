import type { Operand } from "../storage/storage.ts";
import type { ActivationOp, Parameters } from "./plain/activations.ts";
import type { ScatterOp } from "./plain/indexing.ts";
import type { ArgReduceOp, ReduceOp } from "./plain/reduce.ts";
import type { AdamFactors, MomentumFactors } from "./plain/steps.ts";
import type { BinaryOp, UnaryOp } from "./scalar/functions.ts";
import { wasmKernels } from "./wasm/wasm.ts";

/**
 * Everything a provider of arithmetic must be able to do. `out` comes first and is allocated; it is contiguous except in `copy` and
 * `fill`. Inputs may have any strides. Shapes and dtypes have been checked: kernels know no tensor, no gradient and no errors.
 */
export interface Kernels {
  readonly name: string;
  fill(out: Operand, value: number): void;
  copy(out: Operand, x: Operand): void;
  /** Joins `xs`, all of the dtype of `out`, along `dim`. */
  cat(out: Operand, xs: readonly Operand[], dim: number): void;
  /** Sets the elements of the matrices in `out` to 0 whose column minus row is not between `low` and `high`. */
  clearOutside(out: Operand, low: number, high: number): void;
  unary(out: Operand, op: UnaryOp, x: Operand): void;
  binary(out: Operand, op: BinaryOp, a: Operand, b: Operand): void;
  addScaled(out: Operand, a: Operand, b: Operand, alpha: number): void;
  /** The smaller of `max` and the larger of `x` and `min`. */
  clamp(out: Operand, x: Operand, min: Operand, max: Operand): void;
  activation(out: Operand, op: ActivationOp, x: Operand, parameters: Parameters): void;
  activationBackward(out: Operand, op: ActivationOp, g: Operand, x: Operand, parameters: Parameters): void;
  where(out: Operand, condition: Operand, a: Operand, b: Operand): void;
  dropout(out: Operand, x: Operand, mask: Operand, scale: number): void;
  reduce(out: Operand, op: ReduceOp, x: Operand): void;
  argReduce(out: Operand, op: ArgReduceOp, x: Operand, dim: number): void;
  cumsum(out: Operand, x: Operand, dim: number): void;
  cumprod(out: Operand, x: Operand, dim: number): void;
  argsort(out: Operand, x: Operand, dim: number, descending: boolean): void;
  softmax(out: Operand, x: Operand, dim: number): void;
  logSoftmax(out: Operand, x: Operand, dim: number): void;
  /** `y (g - Σ g y)` along `dim`. */
  softmaxBackward(out: Operand, g: Operand, y: Operand, dim: number): void;
  /** `g - eʸ Σ g` along `dim`. */
  logSoftmaxBackward(out: Operand, g: Operand, y: Operand, dim: number): void;
  /** `(x - mean) / √(variance + eps)` along `dim`. */
  standardize(out: Operand, x: Operand, dim: number, eps: number): void;
  /** `(g - mean g - y mean g y) / √(variance + eps)` along `dim`, where `y` is what {@link standardize} makes of `x`. */
  standardizeBackward(out: Operand, g: Operand, x: Operand, dim: number, eps: number): void;
  matmul(out: Operand, a: Operand, b: Operand): void;
  /** A product of two matrices, plus a row. */
  addmm(out: Operand, row: Operand, a: Operand, b: Operand): void;
  /** Changes `x` and `velocity`; all are contiguous. */
  momentumStep(x: Operand, velocity: Operand, g: Operand, factors: MomentumFactors): void;
  /** Changes `x`, `average` and `square`; all are contiguous. */
  adamStep(x: Operand, average: Operand, square: Operand, g: Operand, factors: AdamFactors): void;
  gather(out: Operand, x: Operand, dim: number, index: Operand): void;
  scatter(out: Operand, op: ScatterOp, dim: number, index: Operand, src: Operand): void;
}

let current: Kernels = wasmKernels();

/** The kernels in use. */
export function kernels(): Kernels {
  return current;
}

/** Chooses the kernels; returns the ones used before. */
export function useKernels(next: Kernels): Kernels {
  const before = current;
  current = next;
  return before;
}
