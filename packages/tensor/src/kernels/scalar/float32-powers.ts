/**
 * Powers and logarithms to other bases in float32, by way of float64, and therefore at most 0.51 units in the last place from the truth: the
 * steps of the WebAssembly kernels (packages/kernels/assembly/powers.ts) one number at a time, so that both give the same bits in every engine.
 */
import { BIAS, powersOf2, ROUNDER } from "../../math/exact.ts";

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The bits of √½: mantissas are taken between it and √2. */
const ROOT = 0x3f3504f3;
/** The logarithm of 2 to base 10. */
const LOG10_2 = 0.3010299956639812;

/** `log₂ x`, as `e + log₂ m`, the latter by the series of `2 artanh(s)` for `s = (m - 1) / (m + 1)`, fitted. */
function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN;
  const tiny = x < 2 ** -126;
  float[0] = tiny ? x * 2 ** 23 : x;
  const e = (bits[0]! - ROOT) >> 23;
  bits[0]! -= e << 23;
  const m = float[0];
  const s = (m - 1) / (m + 1);
  const z = s * s;
  const zz = z * z;
  const high = 0.28289666301857064 * z + 0.31990595010084599;
  const middle = 0.41220924578284224 * z + 0.57707794243911947;
  const p = (high * zz + middle) * zz + (0.9617966941130125 * z + 2.8853900817778499);
  return (tiny ? e - 23 : e) + s * p;
}

/** `2ˣ` of a double, for a float32. */
function exponential(x: number): number {
  if (x !== x) return x;
  const t = Math.min(Math.max(x, -1000), 1000);
  const n = t + ROUNDER - ROUNDER;
  const r = t - n;
  const rr = r * r;
  const high = 1.5196147908577186e-5 * r + 1.5466756306855857e-4;
  const middle = 1.3333935097316271e-3 * r + 9.6180381319781252e-3;
  const low = 5.5504103659364062e-2 * r + 0.24022651066562026;
  const p = ((high * rr + middle) * rr + low) * rr + (0.69314718070454295 * r + 1);
  return p * powersOf2[BIAS + n]!;
}

/** `2ˣ` of a float32. */
export function exp232(x: number): number {
  return exponential(x);
}

/** The logarithm of a float32 to base 2. */
export function log232(x: number): number {
  return logarithm(x);
}

/** The logarithm of a float32 to base 10. */
export function log1032(x: number): number {
  return logarithm(x) * LOG10_2;
}

/** `xʸ` of float32 numbers; as in C, 1 to any power and -1 to an infinite power are 1. */
export function pow32(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  const whole = Math.trunc(y) === y;
  if (x < 0 && x > -Infinity && !whole) return NaN;
  const l = logarithm(Math.abs(x));
  const size = exponential(l === 0 ? 0 : y * l);
  const odd = whole && Math.trunc(y / 2) !== y / 2;
  return odd && (x < 0 || Object.is(x, -0)) ? -size : size;
}
