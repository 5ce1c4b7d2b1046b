// The error function and GELU in float32; packages/tensor/src/kernels/scalar/float32-erf.ts does the same steps one number at a time.

import { add, expBelow, magnitudeOf, mul, muladd, signOf, sub } from "./math";

// prettier-ignore
const constants = memory.data<f32>([
  1, 2, 4, 0.5, 0.7071067811865476, 0.3989422804014327,
  7.853860972e-5, -8.01019351e-4, 5.188327673e-3, -2.685381193e-2, 0.1128358515, -0.3761262582, 0.1283791657,
  -4.042574434e-4, 6.395107911e-4, 3.01246645e-3, -6.381880384e-3, -2.151349309e-2,
  3.643104003e-2, 0.2794728759, 0.6871609952, 1.021582698,
]);
/** Where they stand. */
const enum K {
  One, Two, Four, Half, Sqrt1_2, Density,
  Near, Near1, Near2, Near3, Near4, Near5, Near6,
  Far, Far1, Far2, Far3, Far4, Far5, Far6, Far7, Far8,
}

@inline
function num(k: K): v128 { return v128.load32_splat(constants + (<usize>k << 2)); }

/** `1 - erf(t)` for t from 0 on and `e = exp(-t²)`. */
@inline
function complement(t: v128, e: v128): v128 {
  const u = f32x4.div(num(K.One), add(t, num(K.Two)));
  const w = sub(mul(u, num(K.Four)), num(K.One));
  const ww = mul(w, w);
  let p = muladd(num(K.Far), ww, muladd(num(K.Far1), w, num(K.Far2)));
  p = muladd(p, ww, muladd(num(K.Far3), w, num(K.Far4)));
  p = muladd(p, ww, muladd(num(K.Far5), w, num(K.Far6)));
  p = muladd(p, ww, muladd(num(K.Far7), w, num(K.Far8)));
  return mul(e, mul(u, p));
}

/** Below 1, where the complement would lose what is small. */
@inline
function erfNear(t: v128): v128 {
  const z = mul(t, t);
  const zz = mul(z, z);
  let p = muladd(num(K.Near), zz, muladd(num(K.Near1), z, num(K.Near2)));
  p = muladd(p, zz, muladd(num(K.Near3), z, num(K.Near4)));
  p = muladd(p, zz, muladd(num(K.Near5), z, num(K.Near6)));
  return muladd(p, t, t);
}

const enum Op { Erf, Gelu, GeluBackward }

/** All three need `1 - erf(scale |x|)` and `e^(-square x²)`, `square` being that of `scale`: one loop, for the sake of the module's size. */
function complements(op: Op, out: usize, g: usize, x: usize, n: i32, scale: v128, square: v128): void {
  for (const end = out + (<usize>n << 2); out < end; out += 16, g += 16, x += 16) {
    const a = v128.load(x);
    const t = mul(magnitudeOf(a), scale);
    const e = expBelow(f32x4.neg(mul(mul(a, a), square)));
    const c = complement(t, e);
    let y: v128;
    if (op == Op.Erf) {
      const far = sub(num(K.One), c);
      y = v128.or(v128.bitselect(erfNear(t), far, f32x4.lt(t, num(K.One))), signOf(a));
    } else {
      const tail = mul(c, num(K.Half));
      const share = v128.bitselect(sub(num(K.One), tail), tail, f32x4.gt(a, f32x4.splat(0)));
      if (op == Op.Gelu) y = mul(a, share);
      else y = mul(v128.load(g), add(share, mul(a, mul(e, num(K.Density)))));
    }
    v128.store(out, y);
  }
}

export function erf32(out: usize, x: usize, n: i32): void {
  complements(Op.Erf, out, x, x, n, num(K.One), num(K.One));
}

export function gelu32(out: usize, x: usize, n: i32): void {
  complements(Op.Gelu, out, x, x, n, num(K.Sqrt1_2), num(K.Half));
}

export function geluBackward32(out: usize, g: usize, x: usize, n: i32): void {
  complements(Op.GeluBackward, out, g, x, n, num(K.Sqrt1_2), num(K.Half));
}
