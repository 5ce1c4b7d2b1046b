/**
 * Arcus functions.
 *
 * atan(y / x) = atan c + atan t with t = (y - c x) / (x + c y): c is near y / x and comes from a table of 176 numbers with 6 bits, their
 * angles in two doubles each, and atan t from its series for |t| < 1/32. asin and acos are polynomials up to 1/2, and above 1/2 they are
 * brought back there by asin x = π / 2 - 2 asin √((1 - x) / 2).
 */
import { BIAS, exponent, float64, HIGH, lowPart, powersOf2, remainder, words } from "./exact.ts";
import { inverseTangent, split } from "./fixed-point.ts";

const { PI } = Math;
const PI_LOW = 1.2246467991473532e-16;

/** The leading 16 bits of 1/32: sign, exponent and 4 more. */
const FIRST = 0x3fa0;
/** The numbers c from 1/32 to 64, 16 to a power of two, after a 0. At 4i: c, and atan c in two doubles. */
const table = new Float64Array(4 * 177);

function fillTable(): void {
  let angle = 0n;
  let before = 0;
  for (let i = 1; i <= 176; i++) {
    words[1 - HIGH] = 0;
    words[HIGH] = ((FIRST + i - 1) << 16) + 0x8000;
    const c = float64[0]!;
    // atan c - atan before, with integers: c is a multiple of 1/1024
    const [a, b] = [BigInt(c * 1024), BigInt(before * 1024)];
    angle += inverseTangent(1024n * (a - b), (1n << 20n) + a * b, -1n);
    table.set([c, ...split(angle)], 4 * i);
    before = c;
  }
}

/** The angle of the point (x, y) for y and x ≥ 0, both between 2^-100 and 2^100 or so small as not to matter; q = y / x. */
function angle(q: number, y: number, x: number, mirrored: boolean): number {
  if (table[4] === 0) fillTable();
  let t, high, low: number;
  if (q < 64) {
    float64[0] = q;
    const i = (words[HIGH]! >> 16) - FIRST + 1;
    const at = i > 0 ? i << 2 : 0;
    const c = table[at]!;
    const x1 = Math.fround(x);
    t = (y - c * x1 - c * (x - x1)) / (x + c * y);
    high = table[at + 1]!;
    low = table[at + 2]!;
  } else {
    t = -x / y;
    high = PI / 2;
    low = PI_LOW / 2;
  }
  const z = t * t;
  low += t * z * (-1 / 3 + z * (1 / 5) + z * z * (-1 / 7 + z * (1 / 9) - z * z * (1 / 11)));
  if (!mirrored) return high + (t + low);
  const rest = PI - high;
  return rest + (PI - rest - high - t + (PI_LOW - low));
}

/**
 * The arcus tangent. At most 0.55 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { atan } from "@torchlet/tensor/math";
 *
 * atan(1); // => 0.7853981633974483
 * ```
 */
export function atan(x: number): number {
  if (!(Math.abs(x) > 2 ** -28)) return x;
  const a = Math.abs(x);
  const y = angle(a, a, 1, false);
  return x < 0 ? -y : y;
}

/**
 * The angle of the point (x, y), between -π and π. At most 1 unit in the last place from the truth.
 *
 * @example
 * ```ts
 * import { atan2 } from "@torchlet/tensor/math";
 *
 * atan2(1, -1); // => 2.356194490192345
 * ```
 */
export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return NaN;
  const mirrored = x < 0 || Object.is(x, -0);
  if (y === 0 && !mirrored) return y;
  let a = Math.abs(y);
  let b = Math.abs(x);
  const larger = Math.max(a, b);
  if (larger === Infinity) {
    a = a === Infinity ? 1 : 0;
    b = b === Infinity ? 1 : 0;
  } else if (larger === 0) b = 1;
  else if (!(larger > 2 ** -100 && larger < 2 ** 100)) {
    const scale = powersOf2[BIAS - exponent(larger)]!;
    a *= scale;
    b *= scale;
  }
  const q = a / b;
  const positive = q < 2 ** -28 && !mirrored ? Math.abs(y) / x : angle(q, a, b, mirrored);
  return y < 0 || Object.is(y, -0) ? -positive : positive;
}

/**
 * `asin s - s` divided by s, for z = s² up to 1/4, with an error below 2^-56: the polynomial that is right where Chebyshev's of degree 13
 * is 0.
 */
function beyondLinear(z: number): number {
  const z2 = z * z;
  const z4 = z2 * z2;
  const p = 0.16666666666666669 + z * 0.07499999999998433 + z2 * (0.044642857146355 + z * 0.030381944138531);
  const q = 0.02237217294215 + z * 0.01735239272087 + z2 * (0.01397121297355 + z * 0.01147917741518);
  const r = 0.01032281435 + z * 0.00545750672 + z2 * (0.01740087944 - z * 0.01485188707 + z2 * 0.02875785137);
  return z * (p + z4 * (q + z4 * r));
}

/** Of z up to 1/4: twice the arcus sine of its root in two doubles, the one returned and `lowPart[0]`. */
function twiceAsinOfRoot(z: number): number {
  const s = Math.sqrt(z);
  const correction = s > 0 ? remainder(z, s, s) / s : 0;
  lowPart[0] = correction + 2 * s * beyondLinear(z);
  return 2 * s;
}

/**
 * The arcus sine. At most 0.7 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { asin } from "@torchlet/tensor/math";
 *
 * asin(1); // => 1.5707963267948966
 * ```
 */
export function asin(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) return x + x * beyondLinear(x * x);
  if (!(a <= 1)) return NaN;
  const s = twiceAsinOfRoot(0.5 * (1 - a));
  const y = PI / 2 - s;
  const positive = y + (PI / 2 - y - s + (PI_LOW / 2 - lowPart[0]!));
  return x < 0 ? -positive : positive;
}

/**
 * The arcus cosine. At most 0.6 units in the last place from the truth.
 *
 * @example
 * ```ts
 * import { acos } from "@torchlet/tensor/math";
 *
 * acos(-1); // => 3.141592653589793
 * ```
 */
export function acos(x: number): number {
  const a = Math.abs(x);
  if (a < 0.5) {
    const y = PI / 2 - x;
    return y + (PI / 2 - y - x + (PI_LOW / 2 - x * beyondLinear(x * x)));
  }
  if (!(a <= 1)) return NaN;
  const s = twiceAsinOfRoot(0.5 * (1 - a));
  if (x > 0) return s + lowPart[0]!;
  const y = PI - s;
  return y + (PI - y - s + (PI_LOW - lowPart[0]!));
}
