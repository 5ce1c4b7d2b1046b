/** Hyperbolic functions: the tangent from `e^2x - 1`, sine and cosine from the tables of the exponential function. */
import { BIAS, lowPart, powersOf2, quotient, ROUNDER, sumError } from "./exact.ts";
import { expm1Parts, needRoots, PER_STEP, roots, STEP_HIGH, STEP_LOW } from "./exp.ts";

/**
 * The hyperbolic tangent. At most 0.53 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { tanh } from "@torchlet/tensor/math";
 *
 * tanh(0.5); // => 0.46211715726000974
 * ```
 */
export function tanh(x: number): number {
  const a = Math.abs(x);
  if (!(a > 2 ** -28)) return x;
  // E / (E + 2) with E = e^2x - 1
  const s = expm1Parts(a < 22 ? 2 * a : 44);
  const E = s + lowPart[0]!;
  const E0 = lowPart[0]! - (E - s);
  const d = E + 2;
  const y = quotient(E, E0, d, sumError(E, 2, d) + E0);
  return x < 0 ? -y : y;
}

/** The last k for which half of `2^(k / 256)` is a double. */
const LAST = 1025 * 256 - 1;

/** Where {@link multipleOfStep} leaves its results. */
const shared = new Float64Array(9);

/** For an x ≥ 0, A = k ln 2 / 256 nearest to it, and r = x - A: r, sinh A, cosh A, and the low parts of all three. */
function multipleOfStep(x: number): void {
  needRoots();
  const k = Math.min(x * PER_STEP + ROUNDER - ROUNDER, LAST);
  const a = x - k * STEP_HIGH;
  const b = -k * STEP_LOW;
  const r = a + b;
  // halves of the roots for k and -k
  const i = (k & 255) << 1;
  const j = (-k & 255) << 1;
  const up = powersOf2[BIAS - 2 + (k >> 8)]!;
  const down = powersOf2[BIAS - 2 + (-k >> 8)]!;
  const p = roots[i]! * up;
  const q = roots[j]! * down;
  const p0 = roots[i + 1]! * up;
  const q0 = roots[j + 1]! * down;
  const sinh = p - q;
  const cosh = p + q;
  shared[0] = r;
  shared[1] = sinh;
  shared[2] = cosh;
  shared[3] = sumError(a, b, r);
  shared[4] = p - sinh - q + (p0 - q0);
  shared[5] = p - cosh + q + (p0 + q0);
}

/**
 * The hyperbolic sine. At most 0.51 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { sinh } from "@torchlet/tensor/math";
 *
 * sinh(1); // => 1.1752011936438014
 * ```
 */
export function sinh(x: number): number {
  if (x === 0) return x;
  if (!(Math.abs(x) < 711)) return x * Infinity;
  multipleOfStep(Math.abs(x));
  const r = shared[0]!;
  const S = shared[1]!;
  const C = shared[2]!;
  // sinh(A + r) = S + r + ((C - 1) r + C (sinh r - r) + S (cosh r - 1))
  const rr = r * r;
  const s = S + r;
  const rest =
    (C - 1 + shared[5]!) * r + (C * (r * rr * (1 / 6 + rr * (1 / 120))) + S * (rr * (1 / 2 + rr * (1 / 24))));
  const y = s + (r - (s - S) + (shared[4]! + shared[3]! * C + rest));
  return x < 0 ? -y : y;
}

/**
 * The hyperbolic cosine. At most 0.51 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { cosh } from "@torchlet/tensor/math";
 *
 * cosh(0); // => 1
 * ```
 */
export function cosh(x: number): number {
  if (!(Math.abs(x) < 711)) return x * x * Infinity;
  multipleOfStep(Math.abs(x));
  const r = shared[0]!;
  const S = shared[1]!;
  const C = shared[2]!;
  // cosh(A + r) = C + (S sinh r + C (cosh r - 1))
  const rr = r * r;
  return (
    C + (shared[5]! + (S * (r + r * rr * (1 / 6 + rr * (1 / 120))) + C * (rr * (1 / 2 + rr * (1 / 24)))))
  );
}
