// exp, log, their kin, tanh and sigmoid in float32, at most 2 units in the last place from the truth, in multiplications and additions only: every
// engine gives the same bits. packages/tensor/src/kernels/scalar/float32.ts does the same steps one number at a time.
//
// The polynomials are those of S. Moshier's Cephes library (expf, logf, tanhf), evaluated by G. Estrin's scheme: powers are formed beside
// each other, so that fewer steps wait for each other.

@inline
export function add(a: v128, b: v128): v128 { return f32x4.add(a, b); }
@inline
export function sub(a: v128, b: v128): v128 { return f32x4.sub(a, b); }
@inline
export function mul(a: v128, b: v128): v128 { return f32x4.mul(a, b); }

/** a b + c, rounding twice. */
@inline
export function muladd(a: v128, b: v128, c: v128): v128 { return add(mul(a, b), c); }

// Constants are loaded: V8 composes a vector constant from two words wherever it is used, which takes four times as long.
// prettier-ignore
const constants = memory.data<f32>([
  1, 2, 0.5, 0.625, Infinity, NaN,
  -104, 89, 1.44269504, 0.693359375, -2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
  1.17549435e-38, 8388608, 0.707106781186547524,
  12583104, 2.710505431213761e-20, 12583166, 43,
]);
/**
 * Where they stand. 1.5 * 2^23, added to a small number, leaves the nearest integer n in the lowest bits. `By192` and `By254` are so much
 * more, so that a shift makes a float32 of those bits: 2^(n+65), or 2^(n/2).
 */
const enum K {
  One, Two, Half, TanhSmall, Infinite, NotANumber,
  Lowest, Highest, Log2E, Ln2High, Ln2Low,
  Exp, Exp1, Exp2, Exp3, Exp4, Exp5,
  Tanh, Tanh1, Tanh2, Tanh3, Tanh4,
  Log, Log1, Log2, Log3, Log4, Log5, Log6, Log7, Log8,
  Normal, Scale, Sqrt1_2,
  By192, Lower, By254, Large,
}
const integers = memory.data<i32>([0x7fffffff, 0x7fffff, 126, 149, 0xff800000, 0x7f000000, 127, 64]);
const enum I { Magnitude, Mantissa, Bias, TinyBias, Exponent, TwiceBias, One, Far }

@inline
function num(k: K): v128 { return v128.load32_splat(constants + (<usize>k << 2)); }
@inline
function int(k: I): v128 { return v128.load32_splat(integers + (<usize>k << 2)); }

@inline
export function magnitudeOf(x: v128): v128 { return v128.and(x, int(I.Magnitude)); }
@inline
export function signOf(x: v128): v128 { return v128.andnot(x, int(I.Magnitude)); }

/** `eʳ - 1` for the r of `eˣ = 2ⁿ eʳ`. */
@inline
function series(x: v128, n: v128): v128 {
  const r = sub(sub(x, mul(n, num(K.Ln2High))), mul(n, num(K.Ln2Low)));
  const rr = mul(r, r);
  let p = muladd(muladd(num(K.Exp), r, num(K.Exp1)), rr, muladd(num(K.Exp2), r, num(K.Exp3)));
  p = muladd(p, rr, muladd(num(K.Exp4), r, num(K.Exp5)));
  return muladd(p, rr, r);
}

/** `eˣ` of what is not above `Large`: `2^(n+65) eʳ`, and then 2^-65, so that results below the normal numbers round once. */
@inline
export function expBelow(x: v128): v128 {
  x = f32x4.pmax(x, num(K.Lowest)); // NaN stays
  const rounder = num(K.By192);
  const t = add(mul(x, num(K.Log2E)), rounder);
  return mul(mul(add(series(x, sub(t, rounder)), num(K.One)), i32x4.shl(t, 23)), num(K.Lower));
}

/** `eˣ` of anything: 2ⁿ in two factors, neither of which overflows. */
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, num(K.Lowest)), num(K.Highest)); // NaN stays
  const rounder = num(K.By254);
  const t = add(mul(x, num(K.Log2E)), rounder);
  const half = v128.and(i32x4.shl(t, 22), int(I.Exponent));
  const p = add(series(x, sub(t, rounder)), num(K.One));
  return mul(mul(p, half), i32x4.sub(i32x4.shl(t, 23), half));
}

function storeExp(out: usize, x: v128): void { v128.store(out, exp4(x)); }

/** `eˣ - 1` of anything: `2ⁿ (eʳ - 1) + (2ⁿ - 1)`, with 2ⁿ in two factors. */
@inline
export function expm14(x: v128): v128 {
  const limited = f32x4.pmin(f32x4.pmax(x, num(K.Lowest)), num(K.Highest)); // NaN stays
  const rounder = num(K.By254);
  const t = add(mul(limited, num(K.Log2E)), rounder);
  const half = v128.and(i32x4.shl(t, 22), int(I.Exponent));
  const other = i32x4.sub(i32x4.shl(t, 23), half);
  const inverse = i32x4.sub(int(I.TwiceBias), other);
  const p = mul(series(limited, sub(t, rounder)), half);
  return v128.or(mul(add(p, sub(half, inverse)), other), signOf(x));
}

/**
 * `exp(x - shift)`; of `-|x|` instead of x, if `sign` is the bit of the sign. Four vectors at a time, because each is a long chain of steps
 * that wait for each other.
 */
export function exponentials(out: usize, x: usize, n: i32, shift: f32, sign: i32): void {
  const s = f32x4.splat(shift);
  const negative = i32x4.splat(sign);
  for (const end = out + (<usize>n << 2); out < end; out += 64, x += 64) {
    const a = sub(v128.or(v128.load(x), negative), s);
    const b = sub(v128.or(v128.load(x, 16), negative), s);
    const c = sub(v128.or(v128.load(x, 32), negative), s);
    const d = sub(v128.or(v128.load(x, 48), negative), s);
    // Compared as integers, positive numbers keep their order, and negative ones are below them.
    const top = i32x4.max_s(i32x4.max_s(a, b), i32x4.max_s(c, d));
    if (v128.any_true(i32x4.gt_s(top, num(K.Large)))) {
      storeExp(out, a);
      storeExp(out + 16, b);
      storeExp(out + 32, c);
      storeExp(out + 48, d);
    } else {
      const ea = expBelow(a), eb = expBelow(b), ec = expBelow(c), ed = expBelow(d);
      v128.store(out, ea);
      v128.store(out, eb, 16);
      v128.store(out, ec, 32);
      v128.store(out, ed, 48);
    }
  }
}

/** `e / (1 + e)` or `1 / (1 + e)` for `e = exp(-|x|)`: nothing overflows. What `1 + e` loses by rounding is put right afterwards. */
@inline
function sigmoid4(x: v128, e: v128): v128 {
  const one = num(K.One);
  const sum = add(e, one);
  const lost = sub(e, sub(sum, one));
  const y = f32x4.div(v128.bitselect(e, one, i32x4.shr_s(x, 31)), sum);
  return sub(y, mul(y, lost));
}

/** A polynomial near 0, elsewhere `1 - 2 / (e + 1)` for `e = exp(2 |x|)`. */
@inline
function tanh4(x: v128, e: v128): v128 {
  const a = magnitudeOf(x);
  const z = mul(a, a);
  const zz = mul(z, z);
  let p = muladd(num(K.Tanh), zz, muladd(num(K.Tanh1), z, num(K.Tanh2)));
  p = muladd(p, zz, muladd(num(K.Tanh3), z, num(K.Tanh4)));
  const small = muladd(mul(p, z), a, a);
  const one = num(K.One);
  const large = sub(one, f32x4.div(num(K.Two), add(e, one)));
  const y = v128.bitselect(small, large, f32x4.lt(a, num(K.TanhSmall)));
  return v128.or(y, signOf(x));
}

/** `log x`, or `log(1 + x)`: there, what `1 + x` loses by rounding is added to the mantissa. */
@inline
function log4(x: v128, plusOne: bool): v128 {
  const one = num(K.One);
  const u = plusOne ? add(x, one) : x;
  const tiny = f32x4.lt(u, num(K.Normal));
  const scaled = v128.bitselect(mul(u, num(K.Scale)), u, tiny);
  let e = i32x4.sub(i32x4.shr_s(scaled, 23), v128.bitselect(int(I.TinyBias), int(I.Bias), tiny));
  let m = v128.or(v128.and(scaled, int(I.Mantissa)), num(K.Half));
  const low = f32x4.lt(m, num(K.Sqrt1_2));
  e = i32x4.add(e, low); // the mask is -1
  m = sub(add(m, v128.and(m, low)), one);
  if (plusOne) {
    const lost = v128.bitselect(sub(one, sub(u, x)), sub(x, sub(u, one)), f32x4.gt(x, one));
    m = muladd(lost, i32x4.shl(i32x4.sub(int(I.One), i32x4.min_s(e, int(I.Far))), 23), m);
  }
  const n = f32x4.convert_i32x4_s(e);
  const z = mul(m, m);
  const high = muladd(
    muladd(num(K.Log), z, muladd(num(K.Log1), m, num(K.Log2))),
    z,
    muladd(num(K.Log3), m, num(K.Log4)),
  );
  let p = muladd(muladd(num(K.Log5), m, num(K.Log6)), z, muladd(num(K.Log7), m, num(K.Log8)));
  p = muladd(high, mul(z, z), p);
  p = muladd(mul(p, z), m, mul(n, num(K.Ln2Low)));
  p = sub(p, mul(z, num(K.Half)));
  const y = add(add(m, p), mul(n, num(K.Ln2High)));
  // Outside: log 0 = -∞, log ∞ = ∞, and NaN for what is below 0 or NaN itself.
  const zero = f32x4.splat(0);
  const infinite = num(K.Infinite);
  const positive = f32x4.gt(u, zero);
  const odd = v128.bitselect(
    f32x4.neg(infinite),
    v128.bitselect(u, num(K.NotANumber), positive),
    f32x4.eq(u, zero),
  );
  const all = v128.bitselect(y, odd, v128.and(positive, f32x4.lt(u, infinite)));
  return plusOne ? v128.or(all, signOf(x)) : all;
}

export function exp32(out: usize, x: usize, n: i32): void { exponentials(out, x, n, 0, 0); }

/** How many exponentials wait in `out` to be made use of: few enough to stay in the first-level cache. */
export const RUN: usize = 256;

export function sigmoid32(out: usize, x: usize, n: i32): void {
  for (const end = out + (<usize>n << 2); out < end;) {
    const stop = min(end, out + 4 * RUN);
    exponentials(out, x, <i32>(stop - out) >> 2, 0, i32.MIN_VALUE);
    for (; out < stop; out += 16, x += 16) v128.store(out, sigmoid4(v128.load(x), v128.load(out)));
  }
}

export function tanh32(out: usize, x: usize, n: i32): void {
  const enough = num(K.Large); // what is larger makes 1 all the same
  for (const end = out + (<usize>n << 2); out < end;) {
    const stop = min(end, out + 4 * RUN);
    for (let i: usize = 0; out + i < stop; i += 16) {
      const a = magnitudeOf(v128.load(x + i));
      v128.store(out + i, f32x4.pmin(add(a, a), enough));
    }
    exponentials(out, out, <i32>(stop - out) >> 2, 0, 0);
    for (; out < stop; out += 16, x += 16) v128.store(out, tanh4(v128.load(x), v128.load(out)));
  }
}

function logarithms(out: usize, x: usize, n: i32, plusOne: bool): void {
  for (const end = out + (<usize>n << 2); out < end; out += 16, x += 16) {
    v128.store(out, log4(v128.load(x), plusOne));
  }
}

export function log32(out: usize, x: usize, n: i32): void { logarithms(out, x, n, false); }
export function log1p32(out: usize, x: usize, n: i32): void { logarithms(out, x, n, true); }
