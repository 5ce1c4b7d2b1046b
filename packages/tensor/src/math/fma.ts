/** Multiplications and additions in one, rounded once. */
import { float64, HIGH, productError, sumError, words } from "./exact.ts";

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
