/** Functions of one or two numbers that JavaScript's Math does not have. */
import { exp, log1p } from "../math/index.ts";

/** Rounds to the nearest integer, ties to the even one. */
export function roundHalfEven(x: number): number {
  if (Math.abs(x) >= 2 ** 52) return x;
  const magic = x < 0 || Object.is(x, -0) ? -(2 ** 52) : 2 ** 52;
  const y = x + magic - magic;
  return y === 0 && magic < 0 ? -0 : y;
}

/** The remainder that has the sign of the divisor. */
export function floorMod(a: number, b: number): number {
  const r = a % b;
  return r !== 0 && r < 0 !== b < 0 ? r + b : r;
}

/** `⌊a / b⌋` without the rounding of the quotient: from the exact remainder, as Python and PyTorch do it. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const quotient = (a - (a % b)) / b;
  const r = a % b;
  const whole = r !== 0 && r < 0 !== b < 0 ? quotient - 1 : quotient;
  return roundHalfEven(whole);
}

/** An integer power by squaring, wrapping at 32 bits. A negative exponent is only exact for bases 1 and -1, else 0. */
export function powInt32(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  for (let b = base, e = exponent; e > 0; e = Math.floor(e / 2), b = Math.imul(b, b)) {
    if (e % 2 === 1) result = Math.imul(result, b);
  }
  return result;
}

const twoOverSqrtPi = 2 / Math.sqrt(Math.PI);

/**
 * The error function, to about 1e-15: its Maclaurin series near 0, a continued fraction (Lentz's method) for the complement outside.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14.
 */
export function erf(x: number): number {
  const t = Math.abs(x);
  if (t !== t) return NaN;
  const y = t < 2 ? erfSeries(t) : t > 6 ? 1 : 1 - erfcFraction(t);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return twoOverSqrtPi * exp(-x * x) * sum;
}

function erfcFraction(x: number): number {
  let f = 0;
  for (let k = 60; k > 0; k--) f = k / 2 / (x + f);
  return exp(-x * x) / Math.sqrt(Math.PI) / (x + f);
}

/** `log(eᵃ + eᵇ)` without overflow. */
export function logaddexp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  const d = Math.abs(a - b);
  return Math.max(a, b) + log1p(exp(-d));
}
