/**
 * Sixteen float32 normals at a time in the very steps of PyTorch's AVX2 code, every rounding included.
 *
 * The logarithm, sine and cosine are those of the Cephes library (S. L. Moshier, "Methods and Programs for Mathematical
 * Functions", 1989) in float32, in the vector form that J. Pommier and G. Garberoglio gave them; the compiler fuses
 * each multiplication with the addition that follows.
 */

import { fmaf } from "../math/fma.ts";

const { fround } = Math;

const SQRT_HALF = fround(0.707106781186547524);
const LN2_LOW = fround(-2.1219444e-4);
const LN2_HIGH = fround(0.693359375);
const LOG = Float32Array.of(
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
); // prettier-ignore

/** ln(n / 2^24) for an integer n, 1 <= n <= 2^24. */
function logFraction(n: number): number {
  const bits = 32 - Math.clz32(n);
  let e = bits - 24;
  let x = n / (1 << bits); // n / 2^24 = x 2^e with 1/2 <= x < 1
  if (x < SQRT_HALF) {
    e -= 1;
    x += x;
  }
  x -= 1;
  const z = fround(x * x);
  let y = LOG[0]!;
  for (let i = 1; i < 9; i++) y = fmaf(y, x, LOG[i]!);
  y = fround(y * x);
  y = fmaf(y, z, fround(e * LN2_LOW));
  y = fround(y - 0.5 * z);
  return fmaf(e, LN2_HIGH, fround(x + y));
}

const FOUR_OVER_PI = fround(1.27323954473516);
const QUARTER_PI_1 = fround(-0.78515625);
const QUARTER_PI_2 = fround(-2.4187564849853515625e-4);
const QUARTER_PI_3 = fround(-3.77489497744594108e-8);
const SIN_0 = fround(-1.9515295891e-4);
const SIN_1 = fround(8.3321608736e-3);
const SIN_2 = fround(-1.6666654611e-1);
const COS_0 = fround(2.443315711809948e-5);
const COS_1 = fround(-1.388731625493765e-3);
const COS_2 = fround(4.166664568298827e-2);
const TWO_PI = fround(2 * Math.PI);

/**
 * Turns 16 uniforms at `data[at]`, multiples of 2^-24 in [0, 1), into 16 normals (Box and Muller): elements j and j + 8
 * become a radius times a cosine and a sine.
 */
export function normalFill16(data: Float32Array, at: number, mean: number, std: number): void {
  for (let j = at; j < at + 8; j++) {
    const radius = fround(Math.sqrt(-2 * logFraction(2 ** 24 - data[j]! * 2 ** 24)));
    const theta = fround(TWO_PI * data[j + 8]!);
    // The octant of the angle, and what is left of the angle.
    const octant = ((fround(theta * FOUR_OVER_PI) | 0) + 1) & ~1;
    const x = fmaf(octant, QUARTER_PI_3, fmaf(octant, QUARTER_PI_2, fmaf(octant, QUARTER_PI_1, theta)));
    const z = fround(x * x);
    const c = fmaf(fround(fmaf(fmaf(COS_0, z, COS_1), z, COS_2) * z), z, -0.5 * z);
    const cosX = fround(c + 1);
    const s = fround(fmaf(fmaf(SIN_0, z, SIN_1), z, SIN_2) * z);
    const sinX = fmaf(s, x, x);
    const swap = (octant & 2) !== 0;
    const sin = (octant & 4) !== 0 ? -(swap ? cosX : sinX) : swap ? cosX : sinX;
    const cos = ((octant - 2) & 4) === 0 ? -(swap ? sinX : cosX) : swap ? sinX : cosX;
    data[j] = fmaf(fround(radius * cos), std, mean);
    data[j + 8] = fmaf(fround(radius * sin), std, mean);
  }
}
