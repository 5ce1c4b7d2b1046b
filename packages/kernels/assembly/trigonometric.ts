// Sine and cosine of float32, by way of float64, and therefore at most 0.51 units in the last place from the truth.
// packages/tensor/src/kernels/scalar/float32-trigonometric.ts does the same steps one number at a time.

@inline
function muladd(a: v128, b: v128, c: v128): v128 { return f64x2.add(f64x2.mul(a, b), c); }

// prettier-ignore
const constants = memory.data<f64>([
  1, 0.6366197723675814, 6755399441055744, 1.5707963267341256, 6.077100506506192e-11,
  2.7181133875450909e-6, -1.9839311392631049e-4, 8.333329302050654e-3, -0.16666666640771891,
  2.4383481439849142e-5, -1.3886680733419081e-3, 4.1666620328066027e-2, -0.49999999694216585,
]);
/** Where they stand: π/2 in two parts, of which multiples of the first are exact. */
const enum K { One, PerQuarter, Rounder, QuarterHigh, QuarterLow, Sin, Sin1, Sin2, Sin3, Cos, Cos1, Cos2, Cos3 }
const floats = memory.data<f32>([1048576]);

@inline
function num(k: K): v128 { return v128.load64_splat(constants + (<usize>k << 3)); }

/** The sine of `x + shift π/2`; 1 if there are numbers so large that the quarters of a turn in them cannot be taken away in this way. */
function sines(out: usize, x: usize, n: i32, shift: i64): i32 {
  let far = i32x4.splat(0);
  for (const end = out + (<usize>n << 2); out < end; out += 8, x += 8) {
    const a = v128.load64_zero(x);
    far = v128.or(far, v128.not(f32x4.lt(f32x4.abs(a), v128.load32_splat(floats))));
    const wide = f64x2.promote_low_f32x4(a);
    const rounded = muladd(wide, num(K.PerQuarter), num(K.Rounder));
    const quarters = f64x2.sub(rounded, num(K.Rounder));
    const high = f64x2.sub(wide, f64x2.mul(quarters, num(K.QuarterHigh)));
    const r = f64x2.sub(high, f64x2.mul(quarters, num(K.QuarterLow)));
    const z = f64x2.mul(r, r);
    const one = num(K.One);
    const zz = f64x2.mul(z, z);
    const s = muladd(muladd(num(K.Sin), z, num(K.Sin1)), zz, muladd(num(K.Sin2), z, num(K.Sin3)));
    const c = muladd(muladd(num(K.Cos), z, num(K.Cos1)), zz, muladd(num(K.Cos2), z, num(K.Cos3)));
    const turn = i64x2.add(rounded, i64x2.splat(shift)); // the quarters are in its lowest bits
    const even = i64x2.eq(v128.and(turn, i64x2.splat(1)), i64x2.splat(0));
    const y = v128.bitselect(f64x2.mul(r, muladd(s, z, one)), muladd(c, z, one), even);
    const sign = i64x2.shl(v128.and(turn, i64x2.splat(2)), 62);
    v128.store64_lane(out, f32x4.demote_f64x2_zero(v128.xor(y, sign)), 0);
  }
  return v128.any_true(far) ? 1 : 0;
}

export function sin32(out: usize, x: usize, n: i32): i32 { return sines(out, x, n, 0); }
export function cos32(out: usize, x: usize, n: i32): i32 { return sines(out, x, n, 1); }
