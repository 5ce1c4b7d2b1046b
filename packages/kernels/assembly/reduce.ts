// Sums in the order of NumPy's pairwise sum: eight sums side by side in runs of up to 128 elements, runs in a binary tree. Errors
// grow with the logarithm of the length. float32 adds up in float64.

import { exponentials, log32 } from "./math";

@inline
function load2<T>(x: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(x);
  return f64x2.promote_low_f32x4(v128.load64_zero(x));
}

/** The sum of n elements that stand side by side. */
export function sumLine<T>(x: usize, n: i32): f64 {
  if (n > 128) {
    const half = (n >> 1) & -8;
    return sumLine<T>(x, half) + sumLine<T>(x + <usize>half * sizeof<T>(), n - half);
  }
  let sum: f64 = 0;
  let i = 0;
  if (n >= 8) {
    let a = f64x2.splat(0), b = a, c = a, d = a;
    for (; i <= n - 8; i += 8) {
      const p = x + <usize>i * sizeof<T>();
      a = f64x2.add(a, load2<T>(p));
      b = f64x2.add(b, load2<T>(p + 2 * sizeof<T>()));
      c = f64x2.add(c, load2<T>(p + 4 * sizeof<T>()));
      d = f64x2.add(d, load2<T>(p + 6 * sizeof<T>()));
    }
    sum = both(a) + both(b) + (both(c) + both(d));
  }
  for (; i < n; i++) sum += <f64>load<T>(x + <usize>i * sizeof<T>());
  return sum;
}

@inline
function both(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** The same for two neighbouring columns at once; elements stand `step` bytes apart. */
export function sumColumns<T>(x: usize, n: i32, step: usize): v128 {
  if (n > 128) {
    const half = (n >> 1) & -8;
    return f64x2.add(sumColumns<T>(x, half, step), sumColumns<T>(x + <usize>half * step, n - half, step));
  }
  let sum = f64x2.splat(0);
  let i = 0;
  if (n >= 8) {
    let a = f64x2.splat(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (; i <= n - 8; i += 8) {
      const p = x + <usize>i * step;
      const q = p + 4 * step;
      a = f64x2.add(a, load2<T>(p));
      b = f64x2.add(b, load2<T>(p + step));
      c = f64x2.add(c, load2<T>(p + 2 * step));
      d = f64x2.add(d, load2<T>(p + 3 * step));
      e = f64x2.add(e, load2<T>(q));
      f = f64x2.add(f, load2<T>(q + step));
      g = f64x2.add(g, load2<T>(q + 2 * step));
      h = f64x2.add(h, load2<T>(q + 3 * step));
    }
    sum = f64x2.add(
      f64x2.add(f64x2.add(a, b), f64x2.add(c, d)),
      f64x2.add(f64x2.add(e, f), f64x2.add(g, h)),
    );
  }
  for (; i < n; i++) sum = f64x2.add(sum, load2<T>(x + <usize>i * step));
  return sum;
}

@inline
function rowSums<T>(out: usize, x: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    store<T>(out + <usize>i * sizeof<T>(), <T>sumLine<T>(x + <usize>(i * columns) * sizeof<T>(), columns));
  }
}

@inline
function columnSums<T>(out: usize, x: usize, rows: i32, columns: i32, step: i32): void {
  for (let j = 0; j < columns; j += 2) {
    const sum = sumColumns<T>(x + <usize>j * sizeof<T>(), rows, <usize>step * sizeof<T>());
    const to = out + <usize>j * sizeof<T>();
    if (sizeof<T>() == 8) v128.store(to, sum);
    else v128.store64_lane(to, f32x4.demote_f64x2_zero(sum), 0);
  }
}

/** The sum of one line, in float64. Written to memory, since a thread that computes a part of it has no other way to tell. */
export function sum32(out: usize, x: usize, n: i32): void { store<f64>(out, sumLine<f32>(x, n)); }
export function sum64(out: usize, x: usize, n: i32): void { store<f64>(out, sumLine<f64>(x, n)); }

export function rowSums32(out: usize, x: usize, rows: i32, columns: i32): void { rowSums<f32>(out, x, rows, columns); }
export function rowSums64(out: usize, x: usize, rows: i32, columns: i32): void { rowSums<f64>(out, x, rows, columns); }
export function columnSums32(out: usize, x: usize, rows: i32, columns: i32, step: i32): void { columnSums<f32>(out, x, rows, columns, step); }
export function columnSums64(out: usize, x: usize, rows: i32, columns: i32, step: i32): void { columnSums<f64>(out, x, rows, columns, step); }

/** Integers wrap around at 32 bits, so that the order does not matter. */
export function rowSumsInt32(out: usize, x: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--, out += 4) {
    let sums = i32x4.splat(0);
    const end = x + (<usize>columns << 2);
    for (; x + 16 <= end; x += 16) sums = i32x4.add(sums, v128.load(x));
    sums = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
    let sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
    for (; x < end; x += 4) sum += load<i32>(x);
    store<i32>(out, sum);
  }
}

export function columnSumsInt32(out: usize, x: usize, rows: i32, columns: i32, step: i32): void {
  for (let j: usize = 0; j < <usize>columns << 2; j += 16) {
    let sums = i32x4.splat(0);
    let at = x + j;
    for (let i = 0; i < rows; i++, at += <usize>step << 2) sums = i32x4.add(sums, v128.load(at));
    v128.store(out + j, sums);
  }
}

/** The largest element of a row; NaN counts for nothing, since it will be in the sum. */
function rowMax(x: usize, n: i32): f32 {
  let a = f32x4.splat(-Infinity), b = a;
  let i = 0;
  for (; i <= n - 8; i += 8) {
    const at = x + (<usize>i << 2);
    a = f32x4.pmax(a, v128.load(at));
    b = f32x4.pmax(b, v128.load(at, 16));
  }
  a = f32x4.pmax(a, b);
  a = f32x4.pmax(a, v128.shuffle<i32>(a, a, 2, 3, 0, 1));
  let max = f32.max(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1));
  for (; i < n; i++) {
    const y = load<f32>(x + (<usize>i << 2));
    if (y > max) max = y;
  }
  return max;
}

/** `exp(x - max)` of a row to `out`, and their sum. What is written behind the row's end belongs to the next row. */
function sumOfExponentials(out: usize, x: usize, n: i32, max: f32): f32 {
  exponentials(out, x, n, max, 0);
  return <f32>sumLine<f32>(out, n);
}

export function softmax32(out: usize, x: usize, rows: i32, columns: i32): void {
  const bytes = <usize>columns << 2;
  for (; rows > 0; rows--, out += bytes, x += bytes) {
    const sum = f32x4.splat(sumOfExponentials(out, x, columns, rowMax(x, columns)));
    for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, f32x4.div(v128.load(out + i), sum));
  }
}

/** The logarithms of the sums of four rows are computed together, since one takes as long. */
export function logSoftmax32(out: usize, x: usize, rows: i32, columns: i32): void {
  const bytes = <usize>columns << 2;
  for (; rows >= 4; rows -= 4, out += 4 * bytes, x += 4 * bytes) {
    const max0 = rowMax(x, columns);
    const max1 = rowMax(x + bytes, columns);
    const max2 = rowMax(x + 2 * bytes, columns);
    const max3 = rowMax(x + 3 * bytes, columns);
    let sums = f32x4.splat(sumOfExponentials(out, x, columns, max0));
    sums = f32x4.replace_lane(sums, 1, sumOfExponentials(out + bytes, x + bytes, columns, max1));
    sums = f32x4.replace_lane(sums, 2, sumOfExponentials(out + 2 * bytes, x + 2 * bytes, columns, max2));
    sums = f32x4.replace_lane(sums, 3, sumOfExponentials(out + 3 * bytes, x + 3 * bytes, columns, max3));
    v128.store(out, sums);
    log32(out, out, 4);
    const log1 = load<f32>(out, 4);
    const log2 = load<f32>(out, 8);
    const log3 = load<f32>(out, 12);
    subtract(out, x, bytes, max0, load<f32>(out));
    subtract(out + bytes, x + bytes, bytes, max1, log1);
    subtract(out + 2 * bytes, x + 2 * bytes, bytes, max2, log2);
    subtract(out + 3 * bytes, x + 3 * bytes, bytes, max3, log3);
  }
  for (; rows > 0; rows--, out += bytes, x += bytes) {
    const max = rowMax(x, columns);
    v128.store(out, f32x4.splat(sumOfExponentials(out, x, columns, max)));
    log32(out, out, 1);
    subtract(out, x, bytes, max, load<f32>(out));
  }
}

/** `(x - a) - b` */
function subtract(out: usize, x: usize, bytes: usize, a: f32, b: f32): void {
  const first = f32x4.splat(a);
  const second = f32x4.splat(b);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, f32x4.sub(f32x4.sub(v128.load(x + i), first), second));
  }
}

@inline
function softmaxBackward<T>(out: usize, g: usize, y: usize, rows: i32, columns: i32): void {
  const bytes = <usize>columns * sizeof<T>();
  for (; rows > 0; rows--, out += bytes, g += bytes, y += bytes) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, v128.mul<T>(v128.load(g + i), v128.load(y + i)));
    const sum = v128.splat<T>(<T>sumLine<T>(out, columns));
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(out + i, v128.mul<T>(v128.sub<T>(v128.load(g + i), sum), v128.load(y + i)));
    }
  }
}

/** `y (g - Σ g y)` of rows. */
export function softmaxBackward32(out: usize, g: usize, y: usize, rows: i32, columns: i32): void { softmaxBackward<f32>(out, g, y, rows, columns); }
export function softmaxBackward64(out: usize, g: usize, y: usize, rows: i32, columns: i32): void { softmaxBackward<f64>(out, g, y, rows, columns); }

/** `g - eʸ Σ g` of rows. */
export function logSoftmaxBackward32(out: usize, g: usize, y: usize, rows: i32, columns: i32): void {
  const bytes = <usize>columns << 2;
  for (; rows > 0; rows--, out += bytes, g += bytes, y += bytes) {
    const sum = f32x4.splat(<f32>sumLine<f32>(g, columns));
    exponentials(out, y, columns, 0, 0);
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(out + i, f32x4.sub(v128.load(g + i), f32x4.mul(v128.load(out + i), sum)));
    }
  }
}
