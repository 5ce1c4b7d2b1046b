/**
 * Sine, cosine and tangent.
 *
 * x is cut into k π / 64 + r with an integer k; the sine and the cosine of the multiple come from a table, those of |r| < 0.025 from their
 * series. About 64 bits of the result are right before it is rounded. The reduction is that of W. J. Cody and W. Waite, Software Manual
 * for the Elementary Functions (1980); where its three parts of π / 64 do not suffice, it is done with 1,200 bits of π, as M. Payne and
 * R. Hanek ask for in "Radian reduction for trigonometric functions", SIGNUM Newsletter 18 (1983).
 */
import { lowPart, quotient, ROUNDER, sumError } from "./exact.ts";
import { cosineAndSine, multiply, ONE, pi, split, splitAt } from "./fixed-point.ts";

/** 64 / π, and π / 64 in three parts: multiples of the first two up to 2^20 are exact. */
const PER_STEP = 20.371832715762604;
const STEP_1 = 0.049087385210441425;
const STEP_2 = 1.8990939082199894e-12;
const STEP_3 = 6.319582027487346e-23;

/** The first quarter of a turn is this far away in the table. */
const QUARTER = 32;

/** For j = 0 ... 127, at 4j, the sine of j π / 64 in two doubles, and its cosine in one of 26 bits and another. */
const table = new Float64Array(512);

function fillTable(): void {
  const [cosStep, sinStep] = cosineAndSine(pi() / 64n, -1n);
  for (let j = 0, s = 0n, c = ONE; j < 128; j++) {
    const [cosHigh, cosRest] = splitAt(c, 26);
    table.set([...split(s), cosHigh, split(cosRest)[0]], 4 * j);
    [s, c] = [multiply(s, cosStep) + multiply(c, sinStep), multiply(c, cosStep) - multiply(s, sinStep)];
  }
}

/** The angle last reduced: `x - k π / 64` in two doubles. */
const angle = new Float64Array(9);

/** Writes `x - k π / 64` to `angle` and returns k, modulo 128. */
function reduce(x: number): number {
  const k = x * PER_STEP + ROUNDER - ROUNDER;
  const a = x - k * STEP_1;
  const b = -k * STEP_2;
  const r = a + b;
  const size = Math.abs(k);
  // The error of k times the third part is below |k| 2^-124.
  if (!(size < 2 ** 20 && Math.abs(r) >= size * 2 ** -62)) return reduceExactly(x);
  angle[0] = r;
  angle[1] = sumError(a, b, r) - k * STEP_3;
  return k & 127;
}

/** 2^1224 */
const FINE = 1n << 1224n;
let fineStep: bigint | undefined;

function reduceExactly(x: number): number {
  if (!(Math.abs(x) < Infinity)) {
    angle.fill(NaN);
    return 0;
  }
  fineStep ??= pi(FINE) / 64n;
  const whole = (Math.abs(x) < 2 ** 60 ? BigInt(x * 2 ** 60) : BigInt(x) << 60n) << 1164n;
  const half = x < 0 ? -fineStep : fineStep;
  const k = (2n * whole + half) / (2n * fineStep);
  angle.set(split((whole - k * fineStep) >> 1024n));
  return Number(BigInt.asUintN(7, k));
}

/** The sine of `j π / 64 + angle`. */
function sine(j: number): number {
  if (table[2] === 0) fillTable();
  const at = (j & 127) << 2;
  const s = table[at]!;
  const c1 = table[at + 2]!;
  const c0 = table[at + 3]!;
  const r = angle[0]!;
  const r1 = Math.fround(r);
  const q = r * r;
  const qq = q * q;
  const sinRest = r * q * (-1 / 6 + q * (1 / 120) + qq * (-1 / 5040 + q * (1 / 362880))); // sin r - r
  const cosRest = q * (-1 / 2 + q * (1 / 24) + qq * (-1 / 720 + q * (1 / 40320))); // cos r - 1
  // sin(A + r) = sin A + cos A r + (cos A (sin r - r) + sin A (cos r - 1)), the first product without an error
  const product = c1 * r1;
  const sum = s + product;
  return (
    sum +
    (sumError(s, product, sum) +
      (c1 * (r - r1) + c0 * r + table[at + 1]! + c1 * angle[1]! + (s * cosRest + (c1 + c0) * sinRest)))
  );
}

/**
 * The sine. At most 0.52 units in the last place from the truth, however large the angle is.
 *
 * @example
 * ```ts
 * import { sin } from "@torchlet/tensor/math";
 *
 * sin(1e22); // => -0.8522008497671888
 * ```
 */
export function sin(x: number): number {
  return x === 0 ? x : sine(reduce(x));
}

/**
 * The cosine. At most 0.52 units in the last place from the truth, however large the angle is.
 *
 * @example
 * ```ts
 * import { cos } from "@torchlet/tensor/math";
 *
 * cos(Math.PI); // => -1
 * ```
 */
export function cos(x: number): number {
  return sine(reduce(x) + QUARTER);
}

/** `sin A + cos A t` for the multiple A of the step at `at` and t = t1 + t0, in two doubles: the one returned, and `lowPart[0]`. */
function rotated(at: number, t1: number, t0: number): number {
  const s = table[at]!;
  const c1 = table[at + 2]!;
  const c0 = table[at + 3]!;
  const product = c1 * t1;
  const sum = s + product;
  const low = sumError(s, product, sum) + ((c1 + c0) * t0 + c0 * t1 + table[at + 1]!);
  const y = sum + low;
  lowPart[0] = low - (y - sum);
  return y;
}

/**
 * The tangent. At most 0.52 units in the last place from the truth, however large the angle is.
 *
 * @example
 * ```ts
 * import { tan } from "@torchlet/tensor/math";
 *
 * tan(Math.PI / 4); // => 0.9999999999999999
 * ```
 */
export function tan(x: number): number {
  if (!(Math.abs(x) > 2 ** -28)) return x;
  if (table[2] === 0) fillTable();
  const j = reduce(x);
  const r = angle[0]!;
  const q = r * r;
  const rest = r * q * (1 / 3 + q * (2 / 15) + q * q * (17 / 315 + q * (62 / 2835))); // tan r - r
  // tan(A + r) = (sin A + cos A tan r) / (cos A - sin A tan r)
  const t1 = Math.fround(r);
  const t0 = r - t1 + (angle[1]! + rest);
  const s = rotated((j & 127) << 2, t1, t0);
  const s0 = lowPart[0]!;
  const c = rotated(((j + QUARTER) & 127) << 2, t1, t0);
  return quotient(s, s0, c, lowPart[0]!);
}

/** Writes the sine and the cosine of an angle to `out[0]` and `out[1]`. */
export function sincos(x: number, out: Float64Array): void {
  const j = reduce(x);
  out[0] = sine(j);
  out[1] = sine(j + QUARTER);
}
