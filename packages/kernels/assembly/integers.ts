// Elementwise functions of 32-bit integers, which wrap around, and of booleans, which are bytes that are 0 or 1.

const enum Op { Add, Sub, Mul, Max, Min, Neg, Abs, Eq, Ne, Lt, Le, And, Or, Xor, BothOrNone, Not }

@inline
function vector(op: Op, a: v128, b: v128): v128 {
  if (op == Op.Add) return i32x4.add(a, b);
  if (op == Op.Sub) return i32x4.sub(a, b);
  if (op == Op.Mul) return i32x4.mul(a, b);
  if (op == Op.Max) return i32x4.max_s(a, b);
  if (op == Op.Min) return i32x4.min_s(a, b);
  if (op == Op.Neg) return i32x4.neg(a);
  if (op == Op.Abs) return i32x4.abs(a);
  if (op == Op.Eq) return i32x4.eq(a, b);
  if (op == Op.Ne) return i32x4.ne(a, b);
  if (op == Op.Lt) return i32x4.lt_s(a, b);
  if (op == Op.Le) return i32x4.le_s(a, b);
  if (op == Op.And) return v128.and(a, b);
  if (op == Op.Or) return v128.or(a, b);
  if (op == Op.Xor) return v128.xor(a, b);
  const one = i8x16.splat(1);
  if (op == Op.BothOrNone) return v128.and(i8x16.eq(a, b), one);
  return v128.xor(a, one);
}

@inline
function map(op: Op, out: usize, a: usize, b: usize, bytes: i32): void {
  for (const end = out + bytes; out < end; out += 32, a += 32, b += 32) {
    v128.store(out, vector(op, v128.load(a), v128.load(b)));
    v128.store(out, vector(op, v128.load(a, 16), v128.load(b, 16)), 16);
  }
}

@inline
function compare4(op: Op, a: usize, b: usize): v128 { return vector(op, v128.load(a), v128.load(b)); }

/** Comparisons write one byte per element: 1 or 0. */
@inline
function compare(op: Op, out: usize, a: usize, b: usize, n: i32): void {
  const one = i8x16.splat(1);
  for (const end = out + n; out < end; out += 16, a += 64, b += 64) {
    const low = i16x8.narrow_i32x4_s(compare4(op, a, b), compare4(op, a + 16, b + 16));
    const high = i16x8.narrow_i32x4_s(compare4(op, a + 32, b + 32), compare4(op, a + 48, b + 48));
    v128.store(out, v128.and(i8x16.narrow_i16x8_s(low, high), one));
  }
}

export function addInt32(out: usize, a: usize, b: usize, n: i32): void { map(Op.Add, out, a, b, n << 2); }
export function subInt32(out: usize, a: usize, b: usize, n: i32): void { map(Op.Sub, out, a, b, n << 2); }
export function mulInt32(out: usize, a: usize, b: usize, n: i32): void { map(Op.Mul, out, a, b, n << 2); }
export function maximumInt32(out: usize, a: usize, b: usize, n: i32): void { map(Op.Max, out, a, b, n << 2); }
export function minimumInt32(out: usize, a: usize, b: usize, n: i32): void { map(Op.Min, out, a, b, n << 2); }
export function negInt32(out: usize, x: usize, n: i32): void { map(Op.Neg, out, x, x, n << 2); }
export function absInt32(out: usize, x: usize, n: i32): void { map(Op.Abs, out, x, x, n << 2); }
export function eqInt32(out: usize, a: usize, b: usize, n: i32): void { compare(Op.Eq, out, a, b, n); }
export function neInt32(out: usize, a: usize, b: usize, n: i32): void { compare(Op.Ne, out, a, b, n); }
export function ltInt32(out: usize, a: usize, b: usize, n: i32): void { compare(Op.Lt, out, a, b, n); }
export function leInt32(out: usize, a: usize, b: usize, n: i32): void { compare(Op.Le, out, a, b, n); }

export function andBool(out: usize, a: usize, b: usize, n: i32): void { map(Op.And, out, a, b, n); }
export function orBool(out: usize, a: usize, b: usize, n: i32): void { map(Op.Or, out, a, b, n); }
export function xorBool(out: usize, a: usize, b: usize, n: i32): void { map(Op.Xor, out, a, b, n); }
export function eqBool(out: usize, a: usize, b: usize, n: i32): void { map(Op.BothOrNone, out, a, b, n); }
export function notBool(out: usize, x: usize, n: i32): void { map(Op.Not, out, x, x, n); }
