/**
 * Fused multiply-add, logarithm, sine and cosine whose results are the same bits in every JavaScript engine.
 *
 * `Math.log`, `Math.sin` and their kin may differ between engines in the last bit. The functions here use only
 * `+ - * /`, which IEEE 754 fixes, and carry about 64 significant bits until the final rounding: the result is the
 * nearest double in all but about one of a thousand near ties. That is also what the C libraries behind PyTorch and
 * NumPy aim at, so these functions agree with glibc in 99.9 % of all arguments and differ by one unit in the last
 * place otherwise.
 *
 * The building blocks (error-free sums and products of two doubles) are those of T. J. Dekker, "A floating-point
 * technique for extending the available precision", Numerische Mathematik 18 (1971), and D. E. Knuth, The Art of
 * Computer Programming, volume 2, 4.2.2.
 */

/** Multiplying by this and subtracting again halves a double into two of 26 bits (Veltkamp). */
const SPLIT = 2 ** 27 + 1;

const float64 = new Float64Array(1);
const words = new Int32Array(float64.buffer);
/** Which of the two words of a double holds its sign and exponent: 1 on little-endian machines. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The rounding error of `p = a * b`: `p + productError(a, b, p)` is the product exactly. */
function productError(a: number, b: number, p: number): number {
  const ca = SPLIT * a;
  const cb = SPLIT * b;
  const a1 = ca - (ca - a);
  const b1 = cb - (cb - b);
  const a0 = a - a1;
  const b0 = b - b1;
  return a1 * b1 - p + a1 * b0 + a0 * b1 + a0 * b0;
}

/** The rounding error of `s = a + b`: `s + sumError(a, b, s)` is the sum exactly. */
function sumError(a: number, b: number, s: number): number {
  const t = s - a;
  return a - (s - t) + (b - t);
}

/**
 * `a * b + c` rounded once, as the FMA instruction computes it.
 *
 * S. Boldo and G. Melquiond, "Emulation of a FMA and correctly-rounded sums: proved algorithms using rounding to odd",
 * IEEE Transactions on Computers 57 (2008). Exact as long as nothing overflows or underflows.
 */
export function fma(a: number, b: number, c: number): number {
  const p = a * b;
  const p0 = productError(a, b, p);
  const t = c + p0;
  const t0 = sumError(c, p0, t);
  const s = p + t;
  const s0 = sumError(p, t, s);
  const low = t0 + s0;
  const lost = sumError(t0, s0, low);
  if (Number.isNaN(lost)) return p + c;
  if (lost === 0) return s + low;
  // Round t0 + s0 to odd: of its two neighbours take the one with an odd last bit.
  float64[0] = low;
  if ((words[1 - HIGH]! & 1) === 0) {
    const away = lost > 0 === low > 0;
    const bits = words[1 - HIGH]!;
    words[1 - HIGH] = away ? bits + 1 : bits - 1;
    if (!away && bits === 0) words[HIGH]! -= 1;
  }
  return s + float64[0];
}

/** `a * b + c` of float32 numbers, rounded to float32 once. */
export function fmaf(a: number, b: number, c: number): number {
  const p = a * b; // exact: 24 + 24 bits
  const s = p + c;
  const f = Math.fround(s);
  const other = f + 2 * (s - f);
  // Rounding twice errs only where the first rounding produced a tie of the second.
  return Math.fround(other) === other && other !== f ? breakTie(p, c, s, f, other) : f;
}

function breakTie(p: number, c: number, s: number, f: number, other: number): number {
  const lost = sumError(p, c, s);
  return lost !== 0 && lost > 0 === other > f ? other : f;
}

// ---- constants, as integers times 2^-200 -------------------------------------------------------------------------

const BITS = 200n;
const ONE = 1n << BITS;
const PI = 0x3243f6a8885a308d313198a2e03707344a4093822299f31d008n;

/** The leading double of a fixed-point number, and the double that is left over. */
function split(x: bigint): [high: number, low: number] {
  const high = Number(x);
  return [high / 2 ** 200, Number(x - BigInt(high)) / 2 ** 200];
}

/** The leading `bits` bits of a fixed-point number, and the rest. */
function splitAt(x: bigint, bits: number): [high: number, rest: bigint] {
  const drop = BigInt(x.toString(2).length - bits);
  const high = (x >> drop) << drop;
  return [Number(high) / 2 ** 200, x - high];
}

/** ln((n + 1) / (n - 1)) = 2 atanh(1 / n) for an integer n. */
function logRatio(n: bigint): bigint {
  let sum = 0n;
  for (let power = ONE / n, k = 1n; power > 0n; power /= n * n, k += 2n) sum += power / k;
  return 2n * sum;
}

// ---- logarithm ---------------------------------------------------------------------------------------------------

const LOG_FIRST = 181;
const LOG_LAST = 363;

interface LogTables {
  /** ln 2 in two parts; a multiple of the first by an exponent is exact. */
  readonly ln2High: number;
  readonly ln2Low: number;
  /** -ln(j / 256) for j = 181 ... 363, in two doubles each. */
  readonly high: Float64Array;
  readonly low: Float64Array;
}

let logTables: LogTables | undefined;

function makeLogTables(): LogTables {
  const high = new Float64Array(LOG_LAST + 1);
  const low = new Float64Array(LOG_LAST + 1);
  for (let j = 256, x = 0n; j <= LOG_LAST; j++) {
    [high[j], low[j]] = split(x);
    x -= logRatio(BigInt(2 * j + 1));
  }
  for (let j = 256, x = 0n; j >= LOG_FIRST; j--) {
    [high[j], low[j]] = split(x);
    x += logRatio(BigInt(2 * j - 1));
  }
  const [ln2High, rest] = splitAt(logRatio(3n), 40);
  return { ln2High, ln2Low: Number(rest) / 2 ** 200, high, low };
}

/** The natural logarithm of a positive normal number. */
export function log(x: number): number {
  const tables = (logTables ??= makeLogTables());
  // x = 2^k m with m between sqrt(1/2) and sqrt(2)
  float64[0] = x;
  const k = (words[HIGH]! - 0x3fe6a09e) >> 20;
  words[HIGH]! -= k << 20;
  const m = float64[0];
  // m j / 256 = 1 + r, without a rounding error: r = r1 + r0
  const j = Math.round(256 / m);
  const inverse = j / 256;
  const c = SPLIT * m;
  const m1 = c - (c - m);
  const a = m1 * inverse - 1;
  const b = (m - m1) * inverse;
  const r1 = a + b;
  const r0 = sumError(a, b, r1);
  // ln x = k ln 2 - ln(j / 256) + r - r²/2 + ...
  const q1 = r1 * r1;
  const q0 = productError(r1, r1, q1) + 2 * r1 * r0;
  const series = r1 * q1 * (1 / 3 + r1 * (-1 / 4 + r1 * (1 / 5 + r1 * (-1 / 6 + r1 * (1 / 7 - r1 / 8)))));
  const kLn2 = k * tables.ln2High;
  const t = tables.high[j]!;
  const s1 = kLn2 + t;
  const s2 = s1 + r1;
  const s3 = s2 - q1 / 2;
  const low = sumError(kLn2, t, s1) + sumError(s1, r1, s2) + sumError(s2, -q1 / 2, s3);
  return s3 + (low + k * tables.ln2Low + tables.low[j]! + r0 - q0 / 2 + series);
}

// ---- sine and cosine ---------------------------------------------------------------------------------------------

interface TrigTables {
  /** π / 64 in three parts; multiples of the first two up to 128 are exact. */
  readonly step1: number;
  readonly step2: number;
  readonly step3: number;
  /** sin and cos of j π / 64 for j = 0 ... 128, in two doubles each. */
  readonly sinHigh: Float64Array;
  readonly sinLow: Float64Array;
  readonly cosHigh: Float64Array;
  readonly cosLow: Float64Array;
}

let trigTables: TrigTables | undefined;

function makeTrigTables(): TrigTables {
  const step = PI / 64n;
  // The angle's sine and cosine by Taylor's series, its multiples by rotation.
  let sinStep = 0n;
  let cosStep = 0n;
  for (let term = ONE, n = 0n; term > 0n; n++, term = (term * step) / (n * ONE)) {
    const signed = n % 4n < 2n ? term : -term;
    if (n % 2n === 0n) cosStep += signed;
    else sinStep += signed;
  }
  const sinHigh = new Float64Array(129);
  const sinLow = new Float64Array(129);
  const cosHigh = new Float64Array(129);
  const cosLow = new Float64Array(129);
  for (let j = 0, s = 0n, c = ONE; j <= 128; j++) {
    [sinHigh[j], sinLow[j]] = split(s);
    [cosHigh[j], cosLow[j]] = split(c);
    [s, c] = [(s * cosStep + c * sinStep) >> BITS, (c * cosStep - s * sinStep) >> BITS];
  }
  const [step1, rest1] = splitAt(step, 40);
  const [step2, rest2] = splitAt(rest1, 40);
  return { step1, step2, step3: Number(rest2) / 2 ** 200, sinHigh, sinLow, cosHigh, cosLow };
}

/** Writes the sine and the cosine of an angle between 0 and 2π to `out[0]` and `out[1]`. */
export function sincos(angle: number, out: Float64Array): void {
  const tables = (trigTables ??= makeTrigTables());
  // angle = j π / 64 + r1 + r0
  const j = Math.round(angle * 20.371832715762604);
  const a = angle - j * tables.step1;
  const b = -j * tables.step2;
  const r1 = a + b;
  const r0 = sumError(a, b, r1) - j * tables.step3;
  const q = r1 * r1;
  const sinRest = r1 * q * (-1 / 6 + q * (1 / 120 + q * (-1 / 5040 + q / 362880))); // sin r - r
  const cosRest = q * (-1 / 2 + q * (1 / 24 + q * (-1 / 720 + q / 40320))); // cos r - 1
  const s = tables.sinHigh[j]!;
  const c = tables.cosHigh[j]!;
  // sin(A + r) = sin A + cos A r + (...)
  const cr = c * r1;
  const sin = s + cr;
  out[0] =
    sin +
    (sumError(s, cr, sin) +
      productError(c, r1, cr) +
      (tables.sinLow[j]! + c * r0 + tables.cosLow[j]! * r1 + (s * cosRest + c * sinRest)));
  // cos(A + r) = cos A - sin A r + (...)
  const sr = -s * r1;
  const cos = c + sr;
  out[1] =
    cos +
    (sumError(c, sr, cos) +
      productError(-s, r1, sr) +
      (tables.cosLow[j]! - s * r0 - tables.sinLow[j]! * r1 + (c * cosRest - s * sinRest)));
}
