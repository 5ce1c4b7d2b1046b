import { lowPart } from "./exact.ts";
import { expOfSum } from "./exp.ts";
import { logParts } from "./log.ts";

/** Beyond it, every power is 0, 1 or infinite. */
const HUGE = 2 ** 64;

/**
 * `xʸ`, as `e^(y ln x)` with the logarithm and the product in two doubles. At most 0.51 units in the last place from the truth, so exact
 * wherever the power is a double.
 *
 * As in C, and unlike `x ** y`, 1 to any power and -1 to an infinite power are 1.
 *
 * @example
 * ```ts
 * import { pow } from "@torchlet/tensor/math";
 *
 * pow(10, -5); // => 0.00001
 * ```
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x > 0) return powOfPositive(x, y);
  const integer = Math.floor(y) === y; // an infinite y is one, and even
  if (x < 0 && x > -Infinity && !integer) return NaN;
  const size = powOfPositive(-x, y);
  const negative = integer && y % 2 !== 0 && Math.abs(y) < HUGE && !Object.is(x, 0);
  return negative ? -size : size;
}

function powOfPositive(x: number, y: number): number {
  if (!(x > 0 && x < Infinity && Math.abs(y) < HUGE)) return powOfEdge(x, y);
  const a = logParts(x);
  // The products of the leading halves, and the rest.
  const a1 = Math.fround(a);
  const y1 = Math.fround(y);
  const p = a1 * y1;
  const rest = a1 * (y - y1) + (y * (a - a1) + y * lowPart[0]!);
  const high = p + rest;
  if (!(Math.abs(high) < 1000)) return high > 0 ? Infinity : 0;
  return expOfSum(high, rest - (high - p));
}

/** For an x of 0, infinity or NaN, and for a huge y. */
function powOfEdge(x: number, y: number): number {
  if (x !== x || y !== y) return NaN;
  if (x === 1) return 1;
  return x > 1 === y > 0 ? Infinity : 0;
}
