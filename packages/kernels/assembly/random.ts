// Four xoshiro128++ generators side by side, one in each lane of a vector, and what their words become: the steps of
// packages/tensor/src/random/xoshiro.ts and fill.ts, with the same bits. Whole vectors are written, as everywhere.

/** Words that are made together. */
const BLOCK = 256;

@inline
function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/**
 * Makes `blocks` blocks of words out of the state that stands at `words`, where they then stand, with the new state behind them.
 *
 * A state is the four words of each generator, word k of generator l at 4k + l; from 16 on what they were a block before.
 */
export function xoshiro(words: usize, blocks: i32): void {
  let a = v128.load(words);
  let b = v128.load(words, 16);
  let c = v128.load(words, 32);
  let d = v128.load(words, 48);
  let a0 = a, b0 = b, c0 = c, d0 = d;
  for (; blocks > 0; blocks--) {
    a0 = a, b0 = b, c0 = c, d0 = d;
    for (const end = words + 4 * BLOCK; words < end; words += 16) {
      v128.store(words, i32x4.add(rotate(i32x4.add(a, d), 7), a));
      const t = i32x4.shl(b, 9);
      c = v128.xor(c, a);
      d = v128.xor(d, b);
      b = v128.xor(b, c);
      a = v128.xor(a, d);
      c = v128.xor(c, t);
      d = rotate(d, 11);
    }
  }
  v128.store(words, a);
  v128.store(words, b, 16);
  v128.store(words, c, 32);
  v128.store(words, d, 48);
  v128.store(words, a0, 64);
  v128.store(words, b0, 80);
  v128.store(words, c0, 96);
  v128.store(words, d0, 112);
}

/** Two words of 24 bits as `low + word * unit`; float64 here, as in JavaScript. */
@inline
function scaled2(words: v128, low: v128, unit: v128): v128 {
  return f64x2.add(low, f64x2.mul(f64x2.convert_low_i32x4_u(words), unit));
}

/** `low + (word >>> 8) * unit`, rounded to float32; what then reaches `high` becomes `low`. */
export function uniform32(out: usize, words: usize, n: i32, low: f64, unit: f64, high: f32): void {
  const from = f64x2.splat(low);
  const step = f64x2.splat(unit);
  const end = f32x4.splat(high);
  const instead = f32x4.splat(<f32>low);
  for (const stop = words + (<usize>n << 2); words < stop; words += 16, out += 16) {
    const w = i32x4.shr_u(v128.load(words), 8);
    const left = f32x4.demote_f64x2_zero(scaled2(w, from, step));
    const right = f32x4.demote_f64x2_zero(scaled2(v128.shuffle<i32>(w, w, 2, 3, 2, 3), from, step));
    const x = v128.shuffle<i64>(left, right, 0, 2);
    v128.store(out, v128.bitselect(x, instead, f32x4.lt(x, end)));
  }
}

/** `low + u * range` for `u` of 53 bits, 27 of one word and 26 of the next; what then reaches `low + range` becomes `low`. */
export function uniform64(out: usize, words: usize, n: i32, low: f64, range: f64, high: f64): void {
  const from = f64x2.splat(low);
  const width = f64x2.splat(range);
  const end = f64x2.splat(high);
  for (const stop = words + (<usize>n << 3); words < stop; words += 16, out += 16) {
    const w = v128.load(words);
    const upper = i32x4.shr_u(v128.shuffle<i32>(w, w, 0, 2, 0, 2), 5);
    const lower = i32x4.shr_u(v128.shuffle<i32>(w, w, 1, 3, 1, 3), 6);
    // Exact: an integer below 2^53, and a power of two.
    const bits = scaled2(upper, f64x2.convert_low_i32x4_u(lower), f64x2.splat(67108864));
    const x = f64x2.add(from, f64x2.mul(f64x2.mul(bits, f64x2.splat(1 / 9007199254740992.0)), width));
    v128.store(out, v128.bitselect(x, from, f64x2.lt(x, end)));
  }
}

/** Four masks: whether each word is at most `last`. */
@inline
function chosen(words: usize, last: v128): v128 {
  return i32x4.le_u(v128.load(words), last);
}

/** The byte 1 for each word that is at most `last`, else 0. */
export function bernoulli8(out: usize, words: usize, n: i32, last: u32): void {
  const limit = i32x4.splat(last);
  const one = i8x16.splat(1);
  for (const stop = out + n; out < stop; out += 16, words += 64) {
    const left = i16x8.narrow_i32x4_s(chosen(words, limit), chosen(words + 16, limit));
    const right = i16x8.narrow_i32x4_s(chosen(words + 32, limit), chosen(words + 48, limit));
    v128.store(out, v128.and(i8x16.narrow_i16x8_s(left, right), one));
  }
}

/** 1 for each word that is at most `last`, else 0. */
export function bernoulli32(out: usize, words: usize, n: i32, last: u32): void {
  const limit = i32x4.splat(last);
  const one = f32x4.splat(1);
  for (const stop = words + (<usize>n << 2); words < stop; words += 16, out += 16) {
    v128.store(out, v128.and(chosen(words, limit), one));
  }
}
