// Where the largest elements of rows and columns stand; the smallest as the largest of the negated elements. The first of several counts,
// and a NaN as the most extreme.

/** What is to be flipped of each element: the sign, where the smallest is asked for. */
@inline
function flipped<T>(minimum: i32): v128 { return v128.splat<T>(minimum ? <T>-0.0 : <T>0); }

/** The largest of n elements, in every lane; but NaN if one is. */
function largest<T>(x: usize, n: i32, flip: v128): v128 {
  let a = v128.splat<T>(-Infinity), b = a, nan = i32x4.splat(0);
  const end = x + <usize>n * sizeof<T>();
  for (; x + 32 <= end; x += 32) {
    const p = v128.xor(v128.load(x), flip), q = v128.xor(v128.load(x, 16), flip);
    a = v128.pmax<T>(a, p);
    b = v128.pmax<T>(b, q);
    nan = v128.or(nan, v128.or(v128.ne<T>(p, p), v128.ne<T>(q, q)));
  }
  for (; x < end; x += sizeof<T>()) {
    const p = v128.xor(sizeof<T>() == 4 ? v128.load32_splat(x) : v128.load64_splat(x), flip);
    a = v128.pmax<T>(a, p);
    nan = v128.or(nan, v128.ne<T>(p, p));
  }
  a = v128.pmax<T>(a, b);
  a = v128.pmax<T>(a, v128.shuffle<i32>(a, a, 2, 3, 0, 1));
  if (sizeof<T>() == 4) a = v128.pmax<T>(a, v128.shuffle<i32>(a, a, 1, 0, 3, 2));
  return v128.any_true(nan) ? i32x4.splat(-1) : a;
}

@inline
function extremesOfRows<T>(out: usize, x: usize, rows: i32, columns: i32, minimum: i32): void {
  const flip = flipped<T>(minimum);
  for (; rows > 0; rows--, out += 4, x += <usize>columns * sizeof<T>()) {
    const max = largest<T>(x, columns, flip);
    for (let i = 0; ; i += 16 / sizeof<T>()) {
      const p = v128.xor(v128.load(x + <usize>i * sizeof<T>()), flip);
      const mask = v128.or(v128.eq<T>(p, max), v128.ne<T>(p, p)); // if there is a NaN, the largest equals nothing
      const found = sizeof<T>() == 4 ? i32x4.bitmask(mask) : i64x2.bitmask(mask);
      if (!found) continue;
      store<i32>(out, i + ctz(found));
      break;
    }
  }
}

@inline
function extremesOfColumns<T>(out: usize, x: usize, rows: i32, columns: i32, minimum: i32): void {
  const flip = flipped<T>(minimum);
  const bytes = <usize>columns * sizeof<T>();
  for (let j: usize = 0; j < bytes; j += 32, out += 128 / sizeof<T>()) {
    let at = x + j;
    let a = v128.xor(v128.load(at), flip), b = v128.xor(v128.load(at, 16), flip);
    let placeA = i32x4.splat(0), placeB = placeA;
    for (let i = 1; i < rows; i++) {
      at += bytes;
      const p = v128.xor(v128.load(at), flip), q = v128.xor(v128.load(at, 16), flip);
      // Not `p > a`, so that a NaN wins, but only the first.
      const betterA = v128.andnot(v128.eq<T>(a, a), v128.le<T>(p, a));
      const betterB = v128.andnot(v128.eq<T>(b, b), v128.le<T>(q, b));
      const here = sizeof<T>() == 4 ? i32x4.splat(i) : i64x2.splat(i);
      a = v128.bitselect(p, a, betterA);
      b = v128.bitselect(q, b, betterB);
      placeA = v128.bitselect(here, placeA, betterA);
      placeB = v128.bitselect(here, placeB, betterB);
    }
    if (sizeof<T>() == 4) {
      v128.store(out, placeA);
      v128.store(out, placeB, 16);
    } else v128.store(out, v128.shuffle<i32>(placeA, placeB, 0, 2, 4, 6));
  }
}

export function extremesOfRows32(out: usize, x: usize, rows: i32, columns: i32, minimum: i32): void { extremesOfRows<f32>(out, x, rows, columns, minimum); }
export function extremesOfRows64(out: usize, x: usize, rows: i32, columns: i32, minimum: i32): void { extremesOfRows<f64>(out, x, rows, columns, minimum); }
export function extremesOfColumns32(out: usize, x: usize, rows: i32, columns: i32, minimum: i32): void { extremesOfColumns<f32>(out, x, rows, columns, minimum); }
export function extremesOfColumns64(out: usize, x: usize, rows: i32, columns: i32, minimum: i32): void { extremesOfColumns<f64>(out, x, rows, columns, minimum); }
