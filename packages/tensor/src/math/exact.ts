/**
 * Sums, products and quotients of two doubles without the rounding error, powers of two, and the words of a double.
 *
 * T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18 (1971), and D. E. Knuth,
 * The Art of Computer Programming, volume 2, 4.2.2.
 */

/** Multiplying by this and subtracting again halves a double into two of 26 bits (Veltkamp). */
const SPLIT = 2 ** 27 + 1;

/** The rounding error of `p = a * b`: `p + productError(a, b, p)` is the product exactly. */
export function productError(a: number, b: number, p: number): number {
  const ca = SPLIT * a;
  const cb = SPLIT * b;
  const a1 = ca - (ca - a);
  const b1 = cb - (cb - b);
  const a0 = a - a1;
  const b0 = b - b1;
  return a1 * b1 - p + a1 * b0 + a0 * b1 + a0 * b0;
}

/** The rounding error of `s = a + b`: `s + sumError(a, b, s)` is the sum exactly. */
export function sumError(a: number, b: number, s: number): number {
  const t = s - a;
  return a - (s - t) + (b - t);
}

/** `c - a b` for a product near c, as exactly as if it were rounded once. The factors must be between 2^-100 and 2^100. */
export function remainder(c: number, a: number, b: number): number {
  const a1 = Math.fround(a);
  const b1 = Math.fround(b);
  return c - a1 * b1 - a1 * (b - b1) - (a - a1) * b;
}

/** `(a + a0) / (b + b0)` for an a0 and a b0 of a few units in the last place. See {@link remainder} for the sizes of b and the quotient. */
export function quotient(a: number, a0: number, b: number, b0: number): number {
  const inverse = 1 / b;
  const q = a * inverse;
  return q + (remainder(a, q, b) + (a0 - q * b0)) * inverse;
}

/** A double, and the same 8 bytes as two words. */
export const float64 = new Float64Array(1);
export const words = new Int32Array(float64.buffer);
/** Which of the two words holds the sign and the exponent: 1 on little-endian machines. */
export const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The n for which a positive normal number is 2^n times a number from 1 to 2. */
export function exponent(x: number): number {
  float64[0] = x;
  return (words[HIGH]! >> 20) - 1023;
}

/** Every power of two: 2^n is at `BIAS + n`, for n = -1074 ... 1023. */
export const powersOf2 = new Float64Array(2098);
export const BIAS = 1074;
for (let i = 0, x = Number.MIN_VALUE; i < 2098; i++, x *= 2) powersOf2[i] = x;

/** Adding this and subtracting it again rounds a number below 2^51 to an integer, ties to even. */
export const ROUNDER = 1.5 * 2 ** 52;

/** Where functions leave the low part of a result in two doubles; so long that V8 keeps it where it is reached fastest. */
export const lowPart = new Float64Array(9);
