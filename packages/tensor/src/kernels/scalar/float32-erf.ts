/**
 * The error function and GELU in float32: the steps of the WebAssembly kernels (packages/kernels/assembly/erf.ts) one number at a time, so
 * that both give the same bits in every engine.
 */
import { exp32 } from "./float32.ts";

const round = Math.fround;

/** `a b + c`, rounding twice. */
function muladd(a: number, b: number, c: number): number {
  return round(round(a * b) + c);
}

type Coefficients = readonly [number, number, number, number, number, number, number, number, number];

/** `erf(t) / t - 1` by powers of t², for t below 1; fitted to a relative error of 1.2e-9. */
const [N0, N1, N2, N3, N4, N5, N6] = Float32Array.of(
  7.853860972e-5,
  -8.01019351e-4,
  5.188327673e-3,
  -2.685381193e-2,
  0.1128358515,
  -0.3761262582,
  0.1283791657,
) as unknown as Coefficients;

/** `(t + 2) e^(t²) (1 - erf(t))` by powers of `4 / (t + 2) - 1`; fitted to a relative error of 2.2e-8 for t below 3, and of 1e-6 beyond. */
const [C0, C1, C2, C3, C4, C5, C6, C7, C8] = Float32Array.of(
  -4.042574434e-4,
  6.395107911e-4,
  3.01246645e-3,
  -6.381880384e-3,
  -2.151349309e-2,
  3.643104003e-2,
  0.2794728759,
  0.6871609952,
  1.021582698,
) as unknown as Coefficients;

/** `1 - erf(t)` for t from 0 on and `e = exp(-t²)`. */
function complement(t: number, e: number): number {
  const u = round(1 / round(t + 2));
  const w = round(4 * u - 1);
  const ww = round(w * w);
  let p = muladd(C0, ww, muladd(C1, w, C2));
  p = muladd(p, ww, muladd(C3, w, C4));
  p = muladd(p, ww, muladd(C5, w, C6));
  p = muladd(p, ww, muladd(C7, w, C8));
  return round(e * round(u * p));
}

function erfBelow1(t: number): number {
  const z = round(t * t);
  const zz = round(z * z);
  let p = muladd(N0, zz, muladd(N1, z, N2));
  p = muladd(p, zz, muladd(N3, z, N4));
  p = muladd(p, zz, muladd(N5, z, N6));
  return muladd(p, t, t);
}

/** The error function of a float32. */
export function erf32(x: number): number {
  const t = Math.abs(x);
  const y = t < 1 ? erfBelow1(t) : round(1 - complement(t, exp32(-round(t * t))));
  return x < 0 || Object.is(x, -0) ? -y : y;
}

/** `e^(-x²/2)` */
function bell(x: number): number {
  return exp32(-round(round(x * x) * 0.5));
}

/** The share of a normal distribution below x, for `e = bell(x)`. */
function share(x: number, e: number): number {
  const tail = round(complement(round(Math.abs(x) * round(Math.SQRT1_2)), e) * 0.5);
  return x > 0 ? round(1 - tail) : tail;
}

/** `x Φ(x)`. */
export function gelu32(x: number): number {
  return round(x * share(x, bell(x)));
}

/** `g (Φ(x) + x φ(x))`. */
export function geluBackward32(g: number, x: number): number {
  const e = bell(x);
  return round(g * round(share(x, e) + round(x * round(e * DENSITY))));
}

/** 1 / √(2π) */
const DENSITY = round(0.3989422804014327);
