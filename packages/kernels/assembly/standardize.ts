// Rows or columns shifted and scaled to mean 0 and variance 1: the heart of layer and batch normalisation. Every step rounds to the type of the
// elements; sums are those of ./reduce.

import { sumColumns, sumLine } from "./reduce";

@inline
function mean<T>(x: usize, n: i32): T {
  return <T>sumLine<T>(x, n) / <T>n;
}

/** A vector of one number. Through memory, since V8 would compute the number once more for every few vectors of a loop. */
@inline
function splat<T>(work: usize, x: T): v128 {
  store<T>(work, x);
  return sizeof<T>() == 4 ? v128.load32_splat(work) : v128.load64_splat(work);
}

/** `1 / √(variance + eps)` of a row, which is `shift` on average. Overwrites `work`. */
@inline
function scaleOf<T>(work: usize, x: usize, n: i32, shift: v128, eps: T): v128 {
  const bytes = <usize>n * sizeof<T>();
  for (let i: usize = 0; i < bytes; i += 16) {
    const distance = v128.sub<T>(v128.load(x + i), shift);
    v128.store(work + i, v128.mul<T>(distance, distance));
  }
  return splat<T>(work, <T>1 / sqrt<T>(mean<T>(work, n) + eps));
}

@inline
function standardize<T>(out: usize, x: usize, rows: i32, columns: i32, eps: T): void {
  const bytes = <usize>columns * sizeof<T>();
  for (; rows > 0; rows--, out += bytes, x += bytes) {
    const shift = splat<T>(out, mean<T>(x, columns));
    const scale = scaleOf<T>(out, x, columns, shift, eps);
    for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, v128.mul<T>(v128.sub<T>(v128.load(x + i), shift), scale));
  }
}

/** `y = (x - mean) / √(variance + eps)` of rows. */
export function standardize32(out: usize, x: usize, rows: i32, columns: i32, eps: f32): void { standardize<f32>(out, x, rows, columns, eps); }
export function standardize64(out: usize, x: usize, rows: i32, columns: i32, eps: f64): void { standardize<f64>(out, x, rows, columns, eps); }

@inline
function standardizeBackward<T>(out: usize, g: usize, x: usize, rows: i32, columns: i32, eps: T): void {
  const bytes = <usize>columns * sizeof<T>();
  for (; rows > 0; rows--, out += bytes, g += bytes, x += bytes) {
    const shift = splat<T>(out, mean<T>(x, columns));
    const scale = scaleOf<T>(out, x, columns, shift, eps);
    for (let i: usize = 0; i < bytes; i += 16) {
      const y = v128.mul<T>(v128.sub<T>(v128.load(x + i), shift), scale);
      v128.store(out + i, v128.mul<T>(v128.load(g + i), y));
    }
    const slope = splat<T>(out, mean<T>(out, columns));
    const level = splat<T>(out, mean<T>(g, columns));
    for (let i: usize = 0; i < bytes; i += 16) {
      const y = v128.mul<T>(v128.sub<T>(v128.load(x + i), shift), scale);
      const rest = v128.sub<T>(v128.sub<T>(v128.load(g + i), level), v128.mul<T>(y, slope));
      v128.store(out + i, v128.mul<T>(rest, scale));
    }
  }
}

/** Its gradient, `(g - mean g - y mean g y) / √(variance + eps)`. */
export function standardizeBackward32(out: usize, g: usize, x: usize, rows: i32, columns: i32, eps: f32): void { standardizeBackward<f32>(out, g, x, rows, columns, eps); }
export function standardizeBackward64(out: usize, g: usize, x: usize, rows: i32, columns: i32, eps: f64): void { standardizeBackward<f64>(out, g, x, rows, columns, eps); }

/** The means of as many columns as a vector has lanes; elements stand `step` bytes apart. */
@inline
function means<T>(x: usize, n: i32, step: usize): v128 {
  let sums = sumColumns<T>(x, n, step);
  if (sizeof<T>() == 4) {
    const others = f32x4.demote_f64x2_zero(sumColumns<T>(x + 8, n, step));
    sums = v128.shuffle<i64>(f32x4.demote_f64x2_zero(sums), others, 0, 2);
  }
  return v128.div<T>(sums, v128.splat<T>(<T>n));
}

/** `1 / √(variance + eps)` of such columns, which are `shift` on average. Overwrites columns of `work`. */
@inline
function scalesOf<T>(work: usize, x: usize, n: i32, step: usize, shift: v128, eps: T): v128 {
  for (let i = 0, to = work; i < n; i++, to += step, x += step) {
    const distance = v128.sub<T>(v128.load(x), shift);
    v128.store(to, v128.mul<T>(distance, distance));
  }
  return v128.div<T>(v128.splat<T>(1), v128.sqrt<T>(v128.add<T>(means<T>(work, n, step), v128.splat<T>(eps))));
}

/** Where the vector of columns begins that comes after the one at `j`: the last ends with the row, and may begin inside the one before it. */
@inline
function nextColumns<T>(j: i32, columns: i32): i32 {
  const lanes = 16 / sizeof<T>();
  return j + lanes < columns ? min(j + lanes, columns - lanes) : columns;
}

@inline
function standardizeColumns<T>(out: usize, x: usize, rows: i32, columns: i32, eps: T): void {
  const step = <usize>columns * sizeof<T>();
  for (let j = 0; j < columns; j = nextColumns<T>(j, columns)) {
    let to = out + <usize>j * sizeof<T>(), from = x + <usize>j * sizeof<T>();
    const shift = means<T>(from, rows, step);
    const scale = scalesOf<T>(to, from, rows, step, shift, eps);
    for (let i = 0; i < rows; i++, to += step, from += step) v128.store(to, v128.mul<T>(v128.sub<T>(v128.load(from), shift), scale));
  }
}

/** The same of columns, of which there are at least as many as a vector has lanes. */
export function standardizeColumns32(out: usize, x: usize, rows: i32, columns: i32, eps: f32): void { standardizeColumns<f32>(out, x, rows, columns, eps); }
export function standardizeColumns64(out: usize, x: usize, rows: i32, columns: i32, eps: f64): void { standardizeColumns<f64>(out, x, rows, columns, eps); }

@inline
function standardizeColumnsBackward<T>(out: usize, g: usize, x: usize, rows: i32, columns: i32, eps: T): void {
  const step = <usize>columns * sizeof<T>();
  for (let j = 0; j < columns; j = nextColumns<T>(j, columns)) {
    const start = <usize>j * sizeof<T>();
    const to = out + start, from = x + start, gs = g + start, end = <usize>rows * step;
    const shift = means<T>(from, rows, step);
    const scale = scalesOf<T>(to, from, rows, step, shift, eps);
    for (let i: usize = 0; i < end; i += step) {
      const y = v128.mul<T>(v128.sub<T>(v128.load(from + i), shift), scale);
      v128.store(to + i, v128.mul<T>(v128.load(gs + i), y));
    }
    const slope = means<T>(to, rows, step);
    const level = means<T>(gs, rows, step);
    for (let i: usize = 0; i < end; i += step) {
      const y = v128.mul<T>(v128.sub<T>(v128.load(from + i), shift), scale);
      const rest = v128.sub<T>(v128.sub<T>(v128.load(gs + i), level), v128.mul<T>(y, slope));
      v128.store(to + i, v128.mul<T>(rest, scale));
    }
  }
}

/** Its gradient. */
export function standardizeColumnsBackward32(out: usize, g: usize, x: usize, rows: i32, columns: i32, eps: f32): void { standardizeColumnsBackward<f32>(out, g, x, rows, columns, eps); }
export function standardizeColumnsBackward64(out: usize, g: usize, x: usize, rows: i32, columns: i32, eps: f64): void { standardizeColumnsBackward<f64>(out, g, x, rows, columns, eps); }
