/**
 * The exponential function and its kin.
 *
 * x is cut into k ln 2 / 256 + r with an integer k, so that eˣ = 2^(k / 256) eʳ: a table of 256 powers of two in two doubles each, and a
 * polynomial of |r| < 0.0014. Source: P. T. P. Tang, "Table-driven implementation of the exponential function in IEEE floating-point
 * arithmetic", ACM Transactions on Mathematical Software 15 (1989).
 */
import { BIAS, lowPart, powersOf2, ROUNDER, sumError } from "./exact.ts";
import { cosineAndSine, ln2, multiply, ONE, split } from "./fixed-point.ts";

/** 256 / ln 2, and ln 2 / 256 in two parts: a k times the first is exact. */
export const PER_STEP = 369.3299304675746;
export const STEP_HIGH = 0.002707606173999011;
export const STEP_LOW = 6.327543041662719e-14;

/** 2 · 2^(j / 256) for j = 0 ... 255, in two doubles at 2j. */
export const roots = new Float64Array(512);

/** Computes the table at the first use. */
export function needRoots(): void {
  if (roots[0] !== 0) return;
  const [cosh, sinh] = cosineAndSine(ln2() / 256n, 1n);
  for (let j = 0, x = 2n * ONE; j < 256; j++, x = multiply(x, cosh + sinh)) roots.set(split(x), 2 * j);
}

/** `eʳ - 1 - r` for |r| < 0.0014. */
function beyondLinear(r: number): number {
  const rr = r * r;
  return rr * (1 / 2 + r * (1 / 6) + rr * (1 / 24 + r * (1 / 120)));
}

/** `2^(k / 256) eʳ` for an integer k, |k| < 2^19, and |r| < 0.0014. */
function power(k: number, r: number): number {
  needRoots();
  const j = (k & 255) << 1;
  const e = k >> 8;
  const high = roots[j]!;
  const low = roots[j + 1]! + high * (r + beyondLinear(r));
  return e < -1022 ? roundSubnormal(high, low, e) : (high + low) * powersOf2[BIAS - 1 + e]!;
}

/** `(high + low) 2^(e - 1)`, rounded once. */
function roundSubnormal(high: number, low: number, e: number): number {
  const big = powersOf2[BIAS - 1021 - e]!; // here the unit in the last place is that of the result
  const sum = big + high;
  const units = sum + (high - (sum - big) + low) - big;
  return units * powersOf2[BIAS + 1073 + e]! * Number.MIN_VALUE;
}

/**
 * `eˣ`. At most 0.505 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { exp } from "@torchlet/tensor/math";
 *
 * exp(1); // => 2.718281828459045
 * ```
 */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** `e^(high + low)` for |low| < 2^-40, as far as exp(high) is neither 0 nor infinite. */
export function expOfSum(high: number, low: number): number {
  const x = high > 710 ? 710 : high < -746 ? -746 : high;
  const k = x * PER_STEP + ROUNDER - ROUNDER;
  return power(k, x - k * STEP_HIGH - (k * STEP_LOW - low));
}

/**
 * `2ˣ`, exactly for an integer. At most 0.505 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { exp2 } from "@torchlet/tensor/math";
 *
 * exp2(-3); // => 0.125
 * ```
 */
export function exp2(x: number): number {
  const y = x > 1024 ? 1024 : x < -1077 ? -1077 : x;
  const k = y * 256 + ROUNDER - ROUNDER;
  return power(k, (y - k / 256) * Math.LN2);
}

/** `eˣ - 1` for -40 < x < 45 in two doubles: the one returned, and `lowPart[0]`. */
export function expm1Parts(x: number): number {
  needRoots();
  const k = x * PER_STEP + ROUNDER - ROUNDER;
  // r + r0 = x - k ln 2 / 256
  const a = x - k * STEP_HIGH;
  const b = -k * STEP_LOW;
  const r = a + b;
  const r0 = sumError(a, b, r);
  const j = (k & 255) << 1;
  const scale = powersOf2[BIAS - 1 + (k >> 8)]!;
  const root = roots[j]! * scale;
  const root0 = roots[j + 1]! * scale;
  // root eʳ - 1 = (root - 1) + r + (root - 1) r + root (eʳ - 1 - r)
  const s1 = root - 1;
  const s2 = s1 + r;
  const low = sumError(root, -1, s1) + (r - (s2 - s1)) + r0 * root + root0;
  lowPart[0] = low + ((s1 + root0) * r + root * beyondLinear(r));
  return s2;
}

/**
 * `eˣ - 1`, as precise near 0. At most 0.53 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { expm1 } from "@torchlet/tensor/math";
 *
 * expm1(1e-20); // => 1e-20
 * ```
 */
export function expm1(x: number): number {
  if (x === 0) return x;
  if (!(x > -40 && x < 45)) return x < 0 ? -1 : exp(x);
  return expm1Parts(x) + lowPart[0]!;
}
