/**
 * Decimal text of floating-point numbers, to the digit what C's `printf`, Python and therefore PyTorch write.
 *
 * `toFixed` and `toExponential` round the exact binary value too, but differ in four ways, which are settled here: on an exact tie
 * they take the larger neighbour where C takes the even one (`(2.5).toFixed(0)` is `"3"`, C's is `"2"`), they drop the sign of -0,
 * `toFixed` gives up on digits from 1e21 on, and exponents have as few digits as possible where C writes at least two.
 */

import { exp2 } from "../math/index.ts";

/** `x` with `digits` digits after the point, as C's `%.{digits}f` writes it; `nan`, `inf` and `-inf` for the rest. */
export function fixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const magnitude = Math.abs(x);
  const text = magnitude < 1e21 ? magnitude.toFixed(digits) : BigInt(magnitude).toString() + fraction(digits);
  return sign(x) + tieToEven(text, magnitude, digits);
}

/** `x` in scientific notation with `digits` digits after the point, as C's `%.{digits}e` writes it. */
export function exponential(x: number, digits: number): string {
  if (!Number.isFinite(x)) return nonFinite(x);
  const magnitude = Math.abs(x);
  const text = magnitude.toExponential(digits);
  const e = text.indexOf("e");
  const exponent = Number(text.slice(e + 1));
  const mantissa = tieToEven(text.slice(0, e), magnitude, digits - exponent);
  return `${sign(x)}${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function nonFinite(x: number): string {
  if (Number.isNaN(x)) return "nan";
  return x < 0 ? "-inf" : "inf";
}

function sign(x: number): string {
  return x < 0 || Object.is(x, -0) ? "-" : "";
}

/** The fraction part of a whole number. */
function fraction(digits: number): string {
  return digits === 0 ? "" : `.${"0".repeat(digits)}`;
}

/** `digits`, rounded to `places` with ties upwards, becomes rounded with ties to even: an odd last digit of a tie goes down by one. */
function tieToEven(digits: string, magnitude: number, places: number): string {
  const last = Number(digits.slice(-1));
  if (last % 2 === 0 || !isTie(magnitude, places)) return digits;
  return digits.slice(0, -1) + String(last - 1);
}

/** Whether x lies exactly halfway between two neighbouring multiples of 10^-places. */
function isTie(x: number, places: number): boolean {
  // x·10^p = n + 1/2 means x = (2n + 1) / (2^(p+1)·5^p). A binary fraction has no factor 5 below the line, so 5^p divides
  // 2n + 1, and the ties are exactly the odd multiples of 2^-(p+1). Scaling by a power of two is exact.
  if (places >= 0) return (x * exp2(places + 1)) % 2 === 1;
  if (!Number.isInteger(x)) return false;
  const unit = 10n ** BigInt(-places);
  const twice = 2n * BigInt(x);
  return twice % unit === 0n && (twice / unit) % 2n === 1n;
}
