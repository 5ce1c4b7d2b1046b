/**
 * Logarithms.
 *
 * x = 2^k m with m between √½ and √2, and j / 256 is near 1 / m, so that ln x = k ln 2 - ln(j / 256) + ln(1 + r) with a small
 * r = m j / 256 - 1: a table of logarithms in two doubles each, and a polynomial. r is a double exactly, and its leading 24 bits have an
 * exact square, so that 66 bits of the sum are right before it is rounded. Source: P. T. P. Tang, "Table-driven implementation of the
 * logarithm function in IEEE floating-point arithmetic", ACM Transactions on Mathematical Software 16 (1990).
 */
import { BIAS, float64, HIGH, lowPart, powersOf2, productError, sumError, words } from "./exact.ts";
import { inverseTangent, split, splitAt } from "./fixed-point.ts";

/** The high word of a number near √½: such a one that 1 lies in the middle of a range. */
const ROOT = 0x3fe6a556;
/** ln 2 in two parts: multiples of the first, and their sums with an entry of the table, are exact. */
const LN2_HIGH = 0.6931471805592082;
const LN2_LOW = 7.371002565167799e-13;

/** Of 256 ranges of m, at 4i: j / 256, and -ln(j / 256) in two parts. */
const table = new Float64Array(1024);

function fillTable(): void {
  const logs = new Map<number, bigint>();
  for (let j = 256, x = 0n; j < 365; j++) {
    logs.set(j, x);
    x -= 2n * inverseTangent(1n, BigInt(2 * j + 1), 1n); // ln((j + 1) / j)
  }
  for (let j = 256, x = 0n; j > 180; j--) {
    logs.set(j, x);
    x += 2n * inverseTangent(1n, BigInt(2 * j - 1), 1n);
  }
  for (let i = 0; i < 256; i++) {
    words[HIGH] = ROOT + (i << 12) + 2048;
    const j = Math.round(256 / float64[0]!);
    const [high, rest] = splitAt(logs.get(j)!, 42);
    table.set([j / 256, high, split(rest)[0]], 4 * i);
  }
}

/** ln x of a positive finite number: the leading double, to which `lowPart[0]` must be added. */
function leading(x: number): number {
  const tiny = x < 2 ** -1022;
  const y = tiny ? x * 2 ** 54 : x;
  float64[0] = y;
  const place = words[HIGH]! - ROOT;
  const e = place >> 20;
  const m = y * powersOf2[BIAS - e]!;
  const at = (place >> 10) & 1020;
  const inverse = table[at]!;
  const m1 = Math.fround(m);
  return sum(tiny ? e - 54 : e, at, m1 * inverse - 1, (m - m1) * inverse);
}

/** The logarithm of 1 is here in the table. */
const AT_1 = ((0x3ff00000 - ROOT) >> 10) & 1020;

/** `k ln 2 - ln(j / 256) + ln(1 + a + b)` as {@link leading} returns it; a has at most 24 bits, b at most 29. */
function sum(k: number, at: number, a: number, b: number): number {
  const r = a + b;
  const rr = r * r;
  const half = 0.5 * a * a;
  const s1 = k * LN2_HIGH + table[at + 1]!;
  const s2 = s1 + r;
  const s3 = s2 - half;
  const series =
    1 / 3 - r * (1 / 4) + rr * (1 / 5 - r * (1 / 6)) + rr * rr * (1 / 7 - r * (1 / 8) + rr * (1 / 9));
  lowPart[0] =
    r - (s2 - s1) + (s2 - s3 - half) + (k * LN2_LOW + table[at + 2]! + (r * rr * series - 0.5 * b * (a + r)));
  return s3;
}

/** The logarithm of what is not a positive finite number. */
function edge(x: number): number {
  return x === 0 ? -Infinity : x > 0 ? x : NaN;
}

/**
 * The natural logarithm. At most 0.501 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { log } from "@torchlet/tensor/math";
 *
 * log(2); // => 0.6931471805599453
 * ```
 */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return edge(x);
  if (table[0] === 0) fillTable();
  return leading(x) + lowPart[0]!;
}

/** The logarithm of a positive finite number in two doubles: the one returned, and `lowPart[0]`. */
export function logParts(x: number): number {
  if (table[0] === 0) fillTable();
  return leading(x);
}

/**
 * `ln(1 + x)`, as precise near 0. At most 0.501 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { log1p } from "@torchlet/tensor/math";
 *
 * log1p(1e-20); // => 1e-20
 * ```
 */
export function log1p(x: number): number {
  if (x === 0) return x;
  if (table[0] === 0) fillTable();
  if (x > -1 / 512 && x < 1 / 512) {
    const a = Math.fround(x);
    return sum(0, AT_1, a, x - a) + lowPart[0]!;
  }
  const u = 1 + x;
  if (!(u > 0 && u < Infinity)) return edge(u);
  return leading(u) + (lowPart[0]! + sumError(1, x, u) / u);
}

/** `ln x · (b + b0)`. */
function scaled(x: number, b: number, b0: number): number {
  if (!(x > 0 && x < Infinity)) return edge(x);
  const s = logParts(x);
  const a = s + lowPart[0]!;
  const a0 = lowPart[0]! - (a - s);
  const p = a * b;
  return p + (productError(a, b, p) + (a * b0 + a0 * b));
}

/**
 * The logarithm to base 2, exactly for powers of 2. At most 0.501 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { log2 } from "@torchlet/tensor/math";
 *
 * log2(8); // => 3
 * ```
 */
export function log2(x: number): number {
  return scaled(x, Math.LOG2E, 2.0355273740931033e-17);
}

/**
 * The logarithm to base 10, exactly for powers of 10. At most 0.501 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { log10 } from "@torchlet/tensor/math";
 *
 * log10(0.001); // => -3
 * ```
 */
export function log10(x: number): number {
  return scaled(x, Math.LOG10E, 1.098319650216765e-17);
}
