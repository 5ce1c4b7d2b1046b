// Rows shifted and scaled to mean 0 and variance 1: the heart of layer and batch normalisation. Every step rounds to the type of the
// elements; sums are those of ./reduce.

import { sumLine } from "./reduce";

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
