// Powers and logarithms to other bases in float32, by way of float64, and therefore at most 0.51 units in the last place from the truth.
// packages/tensor/src/kernels/scalar/float32-powers.ts does the same steps one number at a time.

@inline
function add(a: v128, b: v128): v128 { return f64x2.add(a, b); }
@inline
function sub(a: v128, b: v128): v128 { return f64x2.sub(a, b); }
@inline
function mul(a: v128, b: v128): v128 { return f64x2.mul(a, b); }

/** a b + c, rounding twice. */
@inline
function muladd(a: v128, b: v128, c: v128): v128 { return add(mul(a, b), c); }

// Loaded, as those of float32 are: see math.ts.
// prettier-ignore
const constants = memory.data<f64>([
  0, 1, Infinity, NaN, 1000, -1000,
  0.28289666301857064, 0.31990595010084599, 0.41220924578284224, 0.57707794243911947, 0.9617966941130125, 2.8853900817778499,
  1.5196147908577186e-5, 1.5466756306855857e-4, 1.3333935097316271e-3, 9.6180381319781252e-3, 5.5504103659364062e-2,
  0.24022651066562026, 0.69314718070454295,
  6755399441056767, 0.3010299956639812,
]);
/** Where they stand. `Rounder`, added to a number, leaves the nearest integer n in the lowest bits, as the n + 1023 that a shift makes 2ⁿ. */
const enum K {
  Zero, One, Infinite, NotANumber, Highest, Lowest,
  Log, Log1, Log2, Log3, Log4, Log5,
  Exp, Exp1, Exp2, Exp3, Exp4, Exp5, Exp6,
  Rounder, Log10Of2,
}
const integers = memory.data<i32>([0x3f3504f3, 0x7fffffff]);
const floats = memory.data<f32>([1.17549435e-38, 8388608, 23, 0.5, 1, Infinity]);
const enum F { Normal, Scale, TinyExponent, Half, One, Infinite }

@inline
function num(k: K): v128 { return v128.load64_splat(constants + (<usize>k << 3)); }
@inline
function single(k: F): v128 { return v128.load32_splat(floats + (<usize>k << 2)); }

/** `log₂ x` of two numbers, given that their mantissas between √½ and √2 are m, and their exponents e. */
@inline
function logarithm2(x: v128, m: v128, e: v128): v128 {
  const one = num(K.One);
  const s = f64x2.div(sub(m, one), add(m, one));
  const z = mul(s, s);
  const zz = mul(z, z);
  const high = muladd(num(K.Log), z, num(K.Log1));
  const middle = muladd(num(K.Log2), z, num(K.Log3));
  const p = muladd(muladd(high, zz, middle), zz, muladd(num(K.Log4), z, num(K.Log5)));
  const y = add(e, mul(s, p));
  const zero = num(K.Zero), infinite = num(K.Infinite);
  const positive = f64x2.gt(x, zero);
  const odd = v128.bitselect(f64x2.neg(infinite), v128.bitselect(x, num(K.NotANumber), positive), f64x2.eq(x, zero));
  return v128.bitselect(y, odd, v128.and(positive, f64x2.lt(x, infinite)));
}

/** `2ˣ` of two numbers. */
@inline
function exponential2(x: v128): v128 {
  const t = f64x2.pmin(f64x2.pmax(x, num(K.Lowest)), num(K.Highest)); // NaN stays
  const rounder = num(K.Rounder);
  const rounded = add(t, rounder);
  const r = sub(t, sub(rounded, rounder));
  const rr = mul(r, r);
  const high = muladd(num(K.Exp), r, num(K.Exp1));
  const middle = muladd(num(K.Exp2), r, num(K.Exp3));
  const low = muladd(num(K.Exp4), r, num(K.Exp5));
  const p = muladd(muladd(muladd(high, rr, middle), rr, low), rr, muladd(num(K.Exp6), r, num(K.One)));
  return mul(p, i64x2.shl(rounded, 52));
}

/** `log₂ x` of two float32. */
@inline
function logarithm(x: v128): v128 {
  const tiny = f32x4.lt(x, single(F.Normal));
  const scaled = v128.bitselect(f32x4.mul(x, single(F.Scale)), x, tiny);
  const e = i32x4.shr_s(i32x4.sub(scaled, v128.load32_splat(integers)), 23);
  const m = i32x4.sub(scaled, i32x4.shl(e, 23));
  const exponent = f32x4.sub(f32x4.convert_i32x4_s(e), v128.and(tiny, single(F.TinyExponent)));
  return logarithm2(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(m), f64x2.promote_low_f32x4(exponent));
}

/** What a power of size `size` is, given the signs and the special values of base and exponent. */
@inline
function withSign(size: v128, x: v128, y: v128): v128 {
  const magnitude = v128.load32_splat(integers, 4);
  const half = f32x4.mul(y, single(F.Half));
  const whole = f32x4.eq(f32x4.trunc(y), y);
  const odd = v128.and(whole, f32x4.ne(f32x4.trunc(half), half));
  const signed = v128.or(size, v128.and(odd, v128.andnot(x, magnitude)));
  // Powers between the whole ones of negative numbers are not real: all bits make NaN.
  const zero = num(K.Zero);
  const finite = f32x4.lt(v128.and(x, magnitude), single(F.Infinite));
  const unreal = v128.andnot(v128.and(f32x4.lt(x, zero), finite), whole);
  const one = single(F.One);
  return v128.bitselect(one, v128.or(signed, unreal), v128.or(f32x4.eq(y, zero), f32x4.eq(x, one)));
}

const enum Op { Pow, Log, Exp2 }

/** Two elements at a time, which are a vector of float64; one loop for all three, for the sake of the module's size. */
function powers(op: Op, out: usize, x: usize, y: usize, n: i32, factor: v128): void {
  for (const end = out + (<usize>n << 2); out < end; out += 8, x += 8, y += 8) {
    const a = v128.load64_zero(x);
    const b = v128.load64_zero(y);
    let t = f64x2.promote_low_f32x4(b);
    if (op != Op.Exp2) {
      const l = logarithm(op == Op.Pow ? v128.and(a, v128.load32_splat(integers, 4)) : a);
      // 1 to an infinite power is 1.
      t = op == Op.Log ? mul(l, factor) : v128.and(mul(t, l), f64x2.ne(l, num(K.Zero)));
    }
    if (op != Op.Log) t = exponential2(t);
    let z = f32x4.demote_f64x2_zero(t);
    if (op == Op.Pow) z = withSign(z, a, b);
    v128.store64_lane(out, z, 0);
  }
}

export function pow32(out: usize, x: usize, y: usize, n: i32): void { powers(Op.Pow, out, x, y, n, num(K.One)); }
export function exp232(out: usize, x: usize, n: i32): void { powers(Op.Exp2, out, x, x, n, num(K.One)); }
export function log232(out: usize, x: usize, n: i32): void { powers(Op.Log, out, x, x, n, num(K.One)); }
export function log1032(out: usize, x: usize, n: i32): void { powers(Op.Log, out, x, x, n, num(K.Log10Of2)); }
