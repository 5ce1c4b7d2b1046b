/**
 * exp, log, their kin, tanh and sigmoid in float32, at most 2 units in the last place from the truth: the steps of the WebAssembly kernels
 * (packages/kernels/assembly/math.ts) one number at a time, so that both give the same bits in every engine.
 */
const round = Math.fround;

/** Coefficients of a polynomial, the highest power first. */
type Coefficients = readonly [number, number, number, number, number, number, number, number, number];

/** Powers of 2 from -75 on, by their bits. */
const powers = new Float32Array(Int32Array.from({ length: 151 }, (_, i) => (i - 75 + 127) << 23).buffer);
const ROUNDER = 12582912;
const LOG2E = round(1.44269504);
const LN2_HIGH = round(0.693359375);
const LN2_LOW = round(-2.1219444e-4);

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** `a b + c`, rounding twice. */
function muladd(a: number, b: number, c: number): number {
  return round(round(a * b) + c);
}

const [E0, E1, E2, E3, E4, E5] = Float32Array.of(
  1.98756915e-4,
  1.3981999507e-3,
  8.3334519073e-3,
  4.1665795894e-2,
  1.6666665459e-1,
  5.0000001201e-1,
) as unknown as Coefficients;

/** Where `eˣ` is neither 0 nor infinite. */
function limited(x: number): number {
  return Math.min(Math.max(x, -104), 89);
}

/** The n of `eˣ = 2ⁿ eʳ`. */
function exponentOf(x: number): number {
  return round(round(round(x * LOG2E) + ROUNDER) - ROUNDER);
}

/** `eʳ - 1` for that n. */
function series(x: number, n: number): number {
  const r = round(round(x - round(n * LN2_HIGH)) - round(n * LN2_LOW));
  const rr = round(r * r);
  const high = muladd(muladd(E0, r, E1), rr, muladd(E2, r, E3));
  return muladd(muladd(high, rr, muladd(E4, r, E5)), rr, r);
}

/** `eˣ` of a float32. */
export function exp32(x: number): number {
  if (x !== x) return x;
  const y = limited(x);
  const n = exponentOf(y);
  const p = round(series(y, n) + 1);
  const half = n >> 1;
  return round(round(p * powers[half + 75]!) * powers[n - half + 75]!);
}

/** `eˣ - 1` of a float32: `2ⁿ (eʳ - 1) + (2ⁿ - 1)`, with 2ⁿ in two factors. */
export function expm132(x: number): number {
  if (x === 0 || x !== x) return x;
  const y = limited(x);
  const n = exponentOf(y);
  const half = n >> 1;
  const factor = powers[half + 75]!;
  const difference = round(factor - powers[half - n + 75]!);
  return round(round(round(series(y, n) * factor) + difference) * powers[n - half + 75]!);
}

/** `1 / (1 + e⁻ˣ)` of a float32. */
export function sigmoid32(x: number): number {
  const e = exp32(-Math.abs(x));
  const sum = round(e + 1);
  const lost = round(e - round(sum - 1));
  const y = round((x < 0 ? e : 1) / sum);
  return round(y - round(y * lost));
}

/** `g y (1 - y)`. */
export function sigmoidBackward32(g: number, y: number): number {
  return round(round(g * y) * round(1 - y));
}

/** `g (1 - y²)`. */
export function tanhBackward32(g: number, y: number): number {
  return round(g * round(1 - round(y * y)));
}

const [T0, T1, T2, T3, T4] = Float32Array.of(
  -5.70498872745e-3,
  2.06390887954e-2,
  -5.37397155531e-2,
  1.33314422036e-1,
  -3.33332819422e-1,
) as unknown as Coefficients;

/** The hyperbolic tangent of a float32. */
export function tanh32(x: number): number {
  const a = Math.abs(x);
  const y = a < 0.625 ? tanhNear0(a) : round(1 - round(2 / round(exp32(round(a + a)) + 1)));
  return x < 0 || Object.is(x, -0) ? -y : y;
}

function tanhNear0(a: number): number {
  const z = round(a * a);
  const zz = round(z * z);
  const p = muladd(muladd(T0, zz, muladd(T1, z, T2)), zz, muladd(T3, z, T4));
  return muladd(round(p * z), a, a);
}

const [L0, L1, L2, L3, L4, L5, L6, L7, L8] = Float32Array.of(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
) as unknown as Coefficients;

/** The natural logarithm of a float32. */
export function log32(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  const tiny = x < 1.17549435e-38;
  float[0] = tiny ? x * 8388608 : x;
  const e = split() - (tiny ? 23 : 0);
  return logOf(round(float[0] - 1), e);
}

/** Takes the number in `float` apart into 2ᵉ times one between √½ and √2: leaves the latter there, and returns e. */
function split(): number {
  const e = (bits[0]! >> 23) - 126;
  bits[0] = (bits[0]! & 0x7fffff) | 0x3f000000;
  if (float[0]! >= round(Math.SQRT1_2)) return e;
  float[0]! *= 2;
  return e - 1;
}

/** `log(1 + x)` of a float32. What `1 + x` loses by rounding is added to the mantissa. */
export function log1p32(x: number): number {
  if (x === 0) return x;
  const u = round(1 + x);
  if (!(u > 0 && u < Infinity)) return u === 0 ? -Infinity : u > 0 ? u : NaN;
  const lost = x > 1 ? round(1 - round(u - x)) : round(x - round(u - 1));
  float[0] = u;
  const e = split();
  return logOf(round(round(float[0] - 1) + round(lost * powers[75 - Math.min(e, 64)]!)), e);
}

/** `log(2ᵉ (1 + m))` for m between √½ - 1 and √2 - 1. */
function logOf(m: number, e: number): number {
  const z = round(m * m);
  const high = muladd(muladd(L0, z, muladd(L1, m, L2)), z, muladd(L3, m, L4));
  let p = muladd(high, round(z * z), muladd(muladd(L5, m, L6), z, muladd(L7, m, L8)));
  p = muladd(round(p * z), m, round(e * LN2_LOW));
  p = round(p - round(z * 0.5));
  return round(round(m + p) + round(e * LN2_HIGH));
}
