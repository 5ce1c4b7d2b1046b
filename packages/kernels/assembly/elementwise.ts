// Elementwise functions of contiguous operands. Loops handle whole vectors: what stands behind the last element, up to the next
// multiple of 64 bytes, must be the caller's to read and to overwrite.

const enum Op {
  Add, Sub, Mul, Div, Max, Min, Eq, Ne, Lt, Le, ReluBackward, SigmoidBackward, TanhBackward,
  Neg, Abs, Sign, Square, Cube, Sqrt, Rsqrt, Reciprocal, ReciprocalSquare, Relu, Floor, Ceil, Trunc, Round,
}

@inline
function vector2<T>(op: Op, a: v128, b: v128): v128 {
  if (op == Op.Add) return v128.add<T>(a, b);
  if (op == Op.Sub) return v128.sub<T>(a, b);
  if (op == Op.Mul) return v128.mul<T>(a, b);
  if (op == Op.Div) return v128.div<T>(a, b);
  if (op == Op.Max) return v128.max<T>(a, b);
  if (op == Op.Min) return v128.min<T>(a, b);
  if (op == Op.Eq) return v128.eq<T>(a, b);
  if (op == Op.Ne) return v128.ne<T>(a, b);
  if (op == Op.Lt) return v128.lt<T>(a, b);
  if (op == Op.Le) return v128.le<T>(a, b);
  if (op == Op.ReluBackward) return v128.andnot(a, v128.le<T>(b, v128.splat<T>(0)));
  const one = v128.splat<T>(1);
  if (op == Op.SigmoidBackward) return v128.mul<T>(v128.mul<T>(a, b), v128.sub<T>(one, b));
  return v128.mul<T>(a, v128.sub<T>(one, v128.mul<T>(b, b)));
}

@inline
function vector1<T>(op: Op, x: v128): v128 {
  if (op == Op.Neg) return v128.neg<T>(x);
  if (op == Op.Abs) return v128.abs<T>(x);
  if (op == Op.Square) return v128.mul<T>(x, x);
  if (op == Op.Cube) return v128.mul<T>(v128.mul<T>(x, x), x);
  if (op == Op.Sqrt) return v128.sqrt<T>(x);
  const one = v128.splat<T>(1);
  if (op == Op.Rsqrt) return v128.div<T>(one, v128.sqrt<T>(x));
  if (op == Op.Reciprocal) return v128.div<T>(one, x);
  if (op == Op.ReciprocalSquare) return v128.div<T>(one, v128.mul<T>(x, x));
  const zero = v128.splat<T>(0);
  if (op == Op.Sign) return v128.sub<T>(v128.and(v128.gt<T>(x, zero), one), v128.and(v128.lt<T>(x, zero), one));
  if (op == Op.Relu) return v128.andnot(x, v128.le<T>(x, zero));
  if (op == Op.Floor) return v128.floor<T>(x);
  if (op == Op.Ceil) return v128.ceil<T>(x);
  if (op == Op.Trunc) return v128.trunc<T>(x);
  return v128.nearest<T>(x);
}

@inline
function binary<T>(op: Op, out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 32, a += 32, b += 32) {
    v128.store(out, vector2<T>(op, v128.load(a), v128.load(b)));
    v128.store(out, vector2<T>(op, v128.load(a, 16), v128.load(b, 16)), 16);
  }
}

@inline
function unary<T>(op: Op, out: usize, x: usize, n: i32): void {
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 32, x += 32) {
    v128.store(out, vector1<T>(op, v128.load(x)));
    v128.store(out, vector1<T>(op, v128.load(x, 16)), 16);
  }
}

/** Masks of four elements, as 32-bit integers. */
@inline
function compare4<T>(op: Op, a: usize, b: usize): v128 {
  const low = vector2<T>(op, v128.load(a), v128.load(b));
  if (sizeof<T>() == 4) return low;
  return v128.shuffle<i32>(low, vector2<T>(op, v128.load(a, 16), v128.load(b, 16)), 0, 2, 4, 6);
}

/** Comparisons write one byte per element: 1 or 0. */
@inline
function compare<T>(op: Op, out: usize, a: usize, b: usize, n: i32): void {
  const step = 4 * sizeof<T>();
  const one = i8x16.splat(1);
  for (const end = out + n; out < end; out += 16, a += 4 * step, b += 4 * step) {
    const low = i16x8.narrow_i32x4_s(compare4<T>(op, a, b), compare4<T>(op, a + step, b + step));
    const high = i16x8.narrow_i32x4_s(
      compare4<T>(op, a + 2 * step, b + 2 * step),
      compare4<T>(op, a + 3 * step, b + 3 * step),
    );
    v128.store(out, v128.and(i8x16.narrow_i16x8_s(low, high), one));
  }
}

@inline
function addScaled<T>(out: usize, a: usize, b: usize, alpha: T, n: i32): void {
  const factor = v128.splat<T>(alpha);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 64, a += 64, b += 64) {
    v128.store(out, v128.add<T>(v128.load(a), v128.mul<T>(factor, v128.load(b))));
    v128.store(out, v128.add<T>(v128.load(a, 16), v128.mul<T>(factor, v128.load(b, 16))), 16);
    v128.store(out, v128.add<T>(v128.load(a, 32), v128.mul<T>(factor, v128.load(b, 32))), 32);
    v128.store(out, v128.add<T>(v128.load(a, 48), v128.mul<T>(factor, v128.load(b, 48))), 48);
  }
}

/** `out = a + alpha b`, rounding twice. */
export function addScaled32(out: usize, a: usize, b: usize, alpha: f32, n: i32): void { addScaled<f32>(out, a, b, alpha, n); }
export function addScaled64(out: usize, a: usize, b: usize, alpha: f64, n: i32): void { addScaled<f64>(out, a, b, alpha, n); }

@inline
function clamp<T>(out: usize, x: usize, low: usize, high: usize, n: i32): void {
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, x += 16, low += 16, high += 16) {
    v128.store(out, v128.min<T>(v128.max<T>(v128.load(x), v128.load(low)), v128.load(high)));
  }
}

/** The smaller of `high` and the larger of `x` and `low`. */
export function clamp32(out: usize, x: usize, low: usize, high: usize, n: i32): void { clamp<f32>(out, x, low, high, n); }
export function clamp64(out: usize, x: usize, low: usize, high: usize, n: i32): void { clamp<f64>(out, x, low, high, n); }

/** `condition ? a : b` for elements of any type; conditions are bytes. */
export function where32(out: usize, condition: usize, a: usize, b: usize, n: i32): void {
  const zero = i32x4.splat(0);
  for (const end = condition + n; condition < end; condition += 8, out += 32, a += 32, b += 32) {
    const wide = v128.load8x8_u(condition);
    const low = i32x4.ne(i32x4.extend_low_i16x8_u(wide), zero);
    const high = i32x4.ne(i32x4.extend_high_i16x8_u(wide), zero);
    v128.store(out, v128.bitselect(v128.load(a), v128.load(b), low));
    v128.store(out, v128.bitselect(v128.load(a, 16), v128.load(b, 16), high), 16);
  }
}

/** `condition ? a : b` for elements of any type; conditions are bytes. */
export function where64(out: usize, condition: usize, a: usize, b: usize, n: i32): void {
  const zero = i64x2.splat(0);
  for (const end = condition + n; condition < end; condition += 4, out += 32, a += 32, b += 32) {
    const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(condition)));
    const low = i64x2.ne(i64x2.extend_low_i32x4_u(wide), zero);
    const high = i64x2.ne(i64x2.extend_high_i32x4_u(wide), zero);
    v128.store(out, v128.bitselect(v128.load(a), v128.load(b), low));
    v128.store(out, v128.bitselect(v128.load(a, 16), v128.load(b, 16), high), 16);
  }
}

/** `x scale` where the mask's byte is not 0, else `x` times 0. */
export function dropout32(out: usize, x: usize, mask: usize, scale: f32, n: i32): void {
  const zero = i32x4.splat(0);
  const factor = f32x4.splat(scale);
  for (const end = mask + n; mask < end; mask += 8, x += 32, out += 32) {
    const wide = v128.load8x8_u(mask);
    const low = i32x4.ne(i32x4.extend_low_i16x8_u(wide), zero);
    const high = i32x4.ne(i32x4.extend_high_i16x8_u(wide), zero);
    v128.store(out, f32x4.mul(v128.load(x), v128.and(low, factor)));
    v128.store(out, f32x4.mul(v128.load(x, 16), v128.and(high, factor)), 16);
  }
}

/** `x scale` where the mask's byte is not 0, else `x` times 0. */
export function dropout64(out: usize, x: usize, mask: usize, scale: f64, n: i32): void {
  const zero = i64x2.splat(0);
  const factor = f64x2.splat(scale);
  for (const end = mask + n; mask < end; mask += 4, x += 32, out += 32) {
    const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask)));
    const low = i64x2.ne(i64x2.extend_low_i32x4_u(wide), zero);
    const high = i64x2.ne(i64x2.extend_high_i32x4_u(wide), zero);
    v128.store(out, f64x2.mul(v128.load(x), v128.and(low, factor)));
    v128.store(out, f64x2.mul(v128.load(x, 16), v128.and(high, factor)), 16);
  }
}

/** `out[i][j] = x[i]`: a column repeated. */
export function spread32(out: usize, x: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    const value = f32x4.splat(load<f32>(x + (<usize>i << 2)));
    const start = out + (<usize>(i * columns) << 2);
    for (let at = start, end = start + (<usize>columns << 2); at < end; at += 16) v128.store(at, value);
  }
}

/** `out[i][j] = x[i]`: a column repeated. */
export function spread64(out: usize, x: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    const value = f64x2.splat(load<f64>(x + (<usize>i << 3)));
    const start = out + (<usize>(i * columns) << 3);
    for (let at = start, end = start + (<usize>columns << 3); at < end; at += 16) v128.store(at, value);
  }
}

export function add32(out: usize, a: usize, b: usize, n: i32): void { binary<f32>(Op.Add, out, a, b, n); }
export function sub32(out: usize, a: usize, b: usize, n: i32): void { binary<f32>(Op.Sub, out, a, b, n); }
export function mul32(out: usize, a: usize, b: usize, n: i32): void { binary<f32>(Op.Mul, out, a, b, n); }
export function div32(out: usize, a: usize, b: usize, n: i32): void { binary<f32>(Op.Div, out, a, b, n); }
export function maximum32(out: usize, a: usize, b: usize, n: i32): void { binary<f32>(Op.Max, out, a, b, n); }
export function minimum32(out: usize, a: usize, b: usize, n: i32): void { binary<f32>(Op.Min, out, a, b, n); }
export function eq32(out: usize, a: usize, b: usize, n: i32): void { compare<f32>(Op.Eq, out, a, b, n); }
export function ne32(out: usize, a: usize, b: usize, n: i32): void { compare<f32>(Op.Ne, out, a, b, n); }
export function lt32(out: usize, a: usize, b: usize, n: i32): void { compare<f32>(Op.Lt, out, a, b, n); }
export function le32(out: usize, a: usize, b: usize, n: i32): void { compare<f32>(Op.Le, out, a, b, n); }
export function reluBackward32(out: usize, g: usize, y: usize, n: i32): void { binary<f32>(Op.ReluBackward, out, g, y, n); }
export function sigmoidBackward32(out: usize, g: usize, y: usize, n: i32): void { binary<f32>(Op.SigmoidBackward, out, g, y, n); }
export function tanhBackward32(out: usize, g: usize, y: usize, n: i32): void { binary<f32>(Op.TanhBackward, out, g, y, n); }
export function neg32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Neg, out, x, n); }
export function abs32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Abs, out, x, n); }
export function sign32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Sign, out, x, n); }
export function square32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Square, out, x, n); }
export function cube32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Cube, out, x, n); }
export function sqrt32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Sqrt, out, x, n); }
export function rsqrt32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Rsqrt, out, x, n); }
export function reciprocal32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Reciprocal, out, x, n); }
export function reciprocalSquare32(out: usize, x: usize, n: i32): void { unary<f32>(Op.ReciprocalSquare, out, x, n); }
export function relu32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Relu, out, x, n); }
export function floor32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Floor, out, x, n); }
export function ceil32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Ceil, out, x, n); }
export function trunc32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Trunc, out, x, n); }
export function round32(out: usize, x: usize, n: i32): void { unary<f32>(Op.Round, out, x, n); }

export function add64(out: usize, a: usize, b: usize, n: i32): void { binary<f64>(Op.Add, out, a, b, n); }
export function sub64(out: usize, a: usize, b: usize, n: i32): void { binary<f64>(Op.Sub, out, a, b, n); }
export function mul64(out: usize, a: usize, b: usize, n: i32): void { binary<f64>(Op.Mul, out, a, b, n); }
export function div64(out: usize, a: usize, b: usize, n: i32): void { binary<f64>(Op.Div, out, a, b, n); }
export function maximum64(out: usize, a: usize, b: usize, n: i32): void { binary<f64>(Op.Max, out, a, b, n); }
export function minimum64(out: usize, a: usize, b: usize, n: i32): void { binary<f64>(Op.Min, out, a, b, n); }
export function eq64(out: usize, a: usize, b: usize, n: i32): void { compare<f64>(Op.Eq, out, a, b, n); }
export function ne64(out: usize, a: usize, b: usize, n: i32): void { compare<f64>(Op.Ne, out, a, b, n); }
export function lt64(out: usize, a: usize, b: usize, n: i32): void { compare<f64>(Op.Lt, out, a, b, n); }
export function le64(out: usize, a: usize, b: usize, n: i32): void { compare<f64>(Op.Le, out, a, b, n); }
export function reluBackward64(out: usize, g: usize, y: usize, n: i32): void { binary<f64>(Op.ReluBackward, out, g, y, n); }
export function sigmoidBackward64(out: usize, g: usize, y: usize, n: i32): void { binary<f64>(Op.SigmoidBackward, out, g, y, n); }
export function tanhBackward64(out: usize, g: usize, y: usize, n: i32): void { binary<f64>(Op.TanhBackward, out, g, y, n); }
export function neg64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Neg, out, x, n); }
export function abs64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Abs, out, x, n); }
export function sign64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Sign, out, x, n); }
export function square64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Square, out, x, n); }
export function cube64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Cube, out, x, n); }
export function sqrt64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Sqrt, out, x, n); }
export function rsqrt64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Rsqrt, out, x, n); }
export function reciprocal64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Reciprocal, out, x, n); }
export function reciprocalSquare64(out: usize, x: usize, n: i32): void { unary<f64>(Op.ReciprocalSquare, out, x, n); }
export function relu64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Relu, out, x, n); }
export function floor64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Floor, out, x, n); }
export function ceil64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Ceil, out, x, n); }
export function trunc64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Trunc, out, x, n); }
export function round64(out: usize, x: usize, n: i32): void { unary<f64>(Op.Round, out, x, n); }
