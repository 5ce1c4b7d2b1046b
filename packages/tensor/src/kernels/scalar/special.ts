/** Functions of one or two numbers that JavaScript's Math does not have. */
import { exp, log1p } from "../../math/index.ts";

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

/** `log(eᵃ + eᵇ)` without overflow. */
export function logaddexp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  const d = Math.abs(a - b);
  return Math.max(a, b) + log1p(exp(-d));
}
