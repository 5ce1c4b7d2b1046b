// exp, log, tanh and sigmoid in float32, at most 2 units in the last place from the truth, in multiplications and additions only: every
// engine gives the same bits. packages/tensor/src/kernels/float32.ts does the same steps one number at a time.
//
// The polynomials are those of S. Moshier's Cephes library (expf, logf, tanhf).

@inline
function add(a: v128, b: v128): v128 { return f32x4.add(a, b); }
@inline
function mul(a: v128, b: v128): v128 { return f32x4.mul(a, b); }
@inline
function num(x: f32): v128 { return f32x4.splat(x); }

/** 1.5 * 2^23: added to a small number it leaves the nearest integer in the lowest bits. */
const ROUNDER: f32 = 12582912;

@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, num(-104)), num(89)); // NaN stays
  const t = add(mul(x, num(1.44269504)), num(ROUNDER));
  const n = f32x4.sub(t, num(ROUNDER));
  const r = f32x4.sub(f32x4.sub(x, mul(n, num(0.693359375))), mul(n, num(-2.12194440e-4)));
  let p = add(mul(num(1.9875691500e-4), r), num(1.3981999507e-3));
  p = add(mul(p, r), num(8.3334519073e-3));
  p = add(mul(p, r), num(4.1665795894e-2));
  p = add(mul(p, r), num(1.6666665459e-1));
  p = add(mul(p, r), num(5.0000001201e-1));
  p = add(add(mul(p, mul(r, r)), r), num(1));
  // 2^n in two factors, so that results below the normal numbers round once.
  const e = i32x4.sub(t, num(ROUNDER));
  const half = i32x4.shr_s(e, 1);
  const bias = i32x4.splat(127);
  const first = i32x4.shl(i32x4.add(half, bias), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(e, half), bias), 23);
  return mul(mul(p, first), second);
}

/** `eᶻ / (1 + eᶻ)` or `1 / (1 + eᶻ)` for z = -|x|: nothing overflows. What `1 + eᶻ` loses by rounding is put right afterwards. */
@inline
function sigmoid4(x: v128): v128 {
  const one = num(1);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const sum = add(e, one);
  const lost = f32x4.sub(e, f32x4.sub(sum, one));
  const y = f32x4.div(v128.bitselect(e, one, f32x4.lt(x, num(0))), sum);
  return f32x4.sub(y, mul(y, lost));
}

@inline
function tanh4(x: v128): v128 {
  const a = f32x4.abs(x);
  const z = mul(a, a);
  let p = add(mul(num(-5.70498872745e-3), z), num(2.06390887954e-2));
  p = add(mul(p, z), num(-5.37397155531e-2));
  p = add(mul(p, z), num(1.33314422036e-1));
  p = add(mul(p, z), num(-3.33332819422e-1));
  const small = add(mul(mul(p, z), a), a);
  const large = f32x4.sub(num(1), f32x4.div(num(2), add(exp4(add(a, a)), num(1))));
  const y = v128.bitselect(small, large, f32x4.lt(a, num(0.625)));
  return v128.or(y, v128.and(x, i32x4.splat(0x80000000)));
}

@inline
function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, num(1.17549435e-38));
  const scaled = v128.bitselect(mul(x, num(8388608)), x, tiny);
  let e = i32x4.sub(i32x4.shr_s(scaled, 23), v128.bitselect(i32x4.splat(149), i32x4.splat(126), tiny));
  let m = v128.or(v128.and(scaled, i32x4.splat(0x7fffff)), num(0.5));
  const low = f32x4.lt(m, num(0.707106781186547524));
  e = i32x4.add(e, low); // the mask is -1
  m = f32x4.sub(add(m, v128.and(m, low)), num(1));
  const n = f32x4.convert_i32x4_s(e);
  const z = mul(m, m);
  let p = add(mul(num(7.0376836292e-2), m), num(-1.1514610310e-1));
  p = add(mul(p, m), num(1.1676998740e-1));
  p = add(mul(p, m), num(-1.2420140846e-1));
  p = add(mul(p, m), num(1.4249322787e-1));
  p = add(mul(p, m), num(-1.6668057665e-1));
  p = add(mul(p, m), num(2.0000714765e-1));
  p = add(mul(p, m), num(-2.4999993993e-1));
  p = add(mul(p, m), num(3.3333331174e-1));
  p = add(mul(mul(p, z), m), mul(n, num(-2.12194440e-4)));
  p = f32x4.sub(p, mul(z, num(0.5)));
  const y = add(add(m, p), mul(n, num(0.693359375)));
  const usual = v128.and(f32x4.gt(x, num(0)), f32x4.lt(x, num(Infinity)));
  // Outside: log 0 = -∞, log ∞ = ∞, and NaN for what is below 0 or NaN itself.
  const zero = f32x4.eq(x, num(0));
  const odd = v128.bitselect(num(-Infinity), v128.bitselect(x, num(NaN), f32x4.gt(x, num(0))), zero);
  return v128.bitselect(y, odd, usual);
}

export function exp32(out: usize, x: usize, n: i32): void {
  for (const end = out + (<usize>n << 2); out < end; out += 16, x += 16) v128.store(out, exp4(v128.load(x)));
}

export function sigmoid32(out: usize, x: usize, n: i32): void {
  for (const end = out + (<usize>n << 2); out < end; out += 16, x += 16) v128.store(out, sigmoid4(v128.load(x)));
}

export function tanh32(out: usize, x: usize, n: i32): void {
  for (const end = out + (<usize>n << 2); out < end; out += 16, x += 16) v128.store(out, tanh4(v128.load(x)));
}

export function log32(out: usize, x: usize, n: i32): void {
  for (const end = out + (<usize>n << 2); out < end; out += 16, x += 16) v128.store(out, log4(v128.load(x)));
}

/** The logarithm of one number. */
export function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(num(x)), 0);
}
