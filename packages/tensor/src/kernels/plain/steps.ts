/** Steps of optimizers in one pass: the same roundings as those of one pass for each operation. */
import type { Operand } from "../../storage/storage.ts";

/** What one step with momentum depends on: `v ← decay v + gain g`, `x ← x + rate v`. */
export interface MomentumFactors {
  readonly decay: number;
  readonly gain: number;
  readonly rate: number;
}

/**
 * What one step of Adam depends on: `m ← decay1 m + gain1 g`, `v ← decay2 v + gain2 g²`,
 * `x ← x + rate m / (√v / correction + eps)`.
 */
export interface AdamFactors {
  readonly decay1: number;
  readonly gain1: number;
  readonly decay2: number;
  readonly gain2: number;
  readonly correction: number;
  readonly eps: number;
  readonly rate: number;
}

type Round = (x: number) => number;
const single: Round = Math.fround;
const double: Round = (x) => x;

/** Changes `x` and its velocity; all three operands are contiguous. */
export function momentumStep(x: Operand, velocity: Operand, g: Operand, factors: MomentumFactors): void {
  const round = x.storage.dtype === "float32" ? single : double;
  const decay = round(factors.decay);
  const gain = round(factors.gain);
  const rate = round(factors.rate);
  const [X, V, G] = [x.storage.data, velocity.storage.data, g.storage.data];
  const [x0, v0, g0] = [x.layout.offset, velocity.layout.offset, g.layout.offset];
  for (let i = 0; i < x.layout.numel; i++) {
    const v = round(round(V[v0 + i]! * decay) + round(gain * G[g0 + i]!));
    V[v0 + i] = v;
    X[x0 + i] = X[x0 + i]! + round(rate * v);
  }
}

/** Changes `x` and its two averages; all four operands are contiguous. */
export function adamStep(x: Operand, average: Operand, square: Operand, g: Operand, f: AdamFactors): void {
  const round = x.storage.dtype === "float32" ? single : double;
  const [decay1, gain1, decay2, gain2] = [round(f.decay1), round(f.gain1), round(f.decay2), round(f.gain2)];
  const [correction, eps, rate] = [round(f.correction), round(f.eps), round(f.rate)];
  const [X, M, V, G] = [x, average, square, g].map(({ storage }) => storage.data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [x0, m0, v0, g0] = [x.layout.offset, average.layout.offset, square.layout.offset, g.layout.offset];
  for (let i = 0; i < x.layout.numel; i++) {
    const d = G[g0 + i]!;
    const m = round(round(M[m0 + i]! * decay1) + round(gain1 * d));
    const v = round(round(V[v0 + i]! * decay2) + round(round(gain2 * d) * d));
    M[m0 + i] = m;
    V[v0 + i] = v;
    const denominator = round(round(round(Math.sqrt(v)) / correction) + eps);
    X[x0 + i] = X[x0 + i]! + round(round(rate * m) / denominator);
  }
}
