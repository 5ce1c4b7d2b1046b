// Numbers of one type as numbers of another.

/** Bytes, 0 or 1, as float32. */
export function boolToFloat32(out: usize, x: usize, n: i32): void {
  for (const end = x + n; x < end; x += 8, out += 32) {
    const wide = v128.load8x8_u(x);
    v128.store(out, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(wide)));
    v128.store(out, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(wide)), 16);
  }
}

/** Bytes, 0 or 1, as int32. */
export function boolToInt32(out: usize, x: usize, n: i32): void {
  for (const end = x + n; x < end; x += 8, out += 32) {
    const wide = v128.load8x8_u(x);
    v128.store(out, i32x4.extend_low_i16x8_u(wide));
    v128.store(out, i32x4.extend_high_i16x8_u(wide), 16);
  }
}

export function float64ToFloat32(out: usize, x: usize, n: i32): void {
  for (const end = x + (<usize>n << 3); x < end; x += 32, out += 16) {
    const low = f32x4.demote_f64x2_zero(v128.load(x));
    const high = f32x4.demote_f64x2_zero(v128.load(x, 16));
    v128.store(out, v128.shuffle<i32>(low, high, 0, 1, 4, 5));
  }
}

/** Rounds towards 0. The result is 1 if all numbers fit, else 0: JavaScript takes the others modulo 2^32, which no instruction does. */
export function float32ToInt32(out: usize, x: usize, n: i32): i32 {
  const limit = f32x4.splat(2147483648);
  let fit = i32x4.splat(-1);
  for (const end = x + (<usize>n << 2); x < end; x += 16, out += 16) {
    const y = v128.load(x);
    fit = v128.and(fit, f32x4.lt(f32x4.abs(y), limit));
    v128.store(out, i32x4.trunc_sat_f32x4_s(y));
  }
  return i32(i32x4.all_true(fit));
}

/** The same for float64. */
export function float64ToInt32(out: usize, x: usize, n: i32): i32 {
  const limit = f64x2.splat(2147483648);
  let fit = i64x2.splat(-1);
  for (const end = x + (<usize>n << 3); x < end; x += 32, out += 16) {
    const low = v128.load(x), high = v128.load(x, 16);
    fit = v128.and(fit, v128.and(f64x2.lt(f64x2.abs(low), limit), f64x2.lt(f64x2.abs(high), limit)));
    const a = i32x4.trunc_sat_f64x2_s_zero(low), b = i32x4.trunc_sat_f64x2_s_zero(high);
    v128.store(out, v128.shuffle<i32>(a, b, 0, 1, 4, 5));
  }
  return i32(i64x2.all_true(fit));
}
