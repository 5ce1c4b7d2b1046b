import { BIAS, exponent, powersOf2, remainder } from "./exact.ts";

/**
 * `√(x² + y²)`. At most 0.51 units in the last place from the truth; no square on the way overflows or vanishes.
 *
 * @example
 * ```ts
 * import { hypot } from "@torchlet/tensor/math";
 *
 * hypot(3e200, 4e200); // => 5e200
 * ```
 */
export function hypot(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  if (a === Infinity || b === Infinity) return Infinity;
  const larger = a > b ? a : b;
  if (!(larger > 0)) return a + b;
  if (larger > 2 ** -100 && larger < 2 ** 100) return root(larger, a > b ? b : a);
  const e = exponent(larger);
  const scale = powersOf2[BIAS - e]!;
  return root(larger * scale, (a > b ? b : a) * scale) * powersOf2[BIAS + e]!;
}

/** `√(a² + b²)` for a ≥ b. */
function root(a: number, b: number): number {
  // Squares of the leading halves, and the rest.
  const a1 = Math.fround(a);
  const b1 = Math.fround(b);
  const aa = a1 * a1;
  const bb = b1 * b1;
  const leading = aa + bb;
  const rest = aa - leading + bb + ((a - a1) * (a + a1) + (b - b1) * (b + b1));
  const h = leading + rest;
  const s = Math.sqrt(h);
  return s + (remainder(h, s, s) + (rest - (h - leading))) / (s + s);
}
