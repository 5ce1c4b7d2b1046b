// Activations with parameters, and their gradients, of the result's gradient and the operand.

import { exp4, expm14, mul } from "./math";

/** `x`, or `slope x` where x is not above 0. */
function leakyRelu<T>(out: usize, g: usize, x: usize, n: i32, slope: T): void {
  const s = v128.splat<T>(slope), zero = v128.splat<T>(0);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, g += 16, x += 16) {
    const a = v128.load(g);
    v128.store(out, v128.bitselect(a, v128.mul<T>(a, s), v128.gt<T>(v128.load(x), zero)));
  }
}

@inline
function hardtanh<T>(out: usize, x: usize, n: i32, low: T, high: T): void {
  const l = v128.splat<T>(low), h = v128.splat<T>(high);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, x += 16) {
    const a = v128.load(x);
    const b = v128.bitselect(l, a, v128.le<T>(a, l));
    v128.store(out, v128.bitselect(h, b, v128.ge<T>(b, h)));
  }
}

@inline
function hardtanhBackward<T>(out: usize, g: usize, x: usize, n: i32, low: T, high: T): void {
  const l = v128.splat<T>(low), h = v128.splat<T>(high);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, g += 16, x += 16) {
    const a = v128.load(x);
    v128.store(out, v128.andnot(v128.load(g), v128.or(v128.le<T>(a, l), v128.ge<T>(a, h))));
  }
}

@inline
function limit<T>(out: usize, x: usize, n: i32, low: T, high: T): void {
  const l = v128.splat<T>(low), h = v128.splat<T>(high);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, x += 16) {
    v128.store(out, v128.min<T>(v128.max<T>(v128.load(x), l), h));
  }
}

@inline
function limitBackward<T>(out: usize, g: usize, x: usize, n: i32, low: T, high: T): void {
  const l = v128.splat<T>(low), h = v128.splat<T>(high);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, g += 16, x += 16) {
    const a = v128.load(x);
    v128.store(out, v128.and(v128.load(g), v128.and(v128.ge<T>(a, l), v128.le<T>(a, h))));
  }
}

/** `x min(max(x + 3, 0), 6) / 6` */
@inline
function hardswish<T>(out: usize, x: usize, n: i32): void {
  const zero = v128.splat<T>(0), three = v128.splat<T>(3), six = v128.splat<T>(6);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, x += 16) {
    const a = v128.load(x);
    const limited = v128.min<T>(v128.max<T>(v128.add<T>(a, three), zero), six);
    v128.store(out, v128.div<T>(v128.mul<T>(a, limited), six));
  }
}

/** `g (x / 3 + 1/2)` from -3 to 3, 0 below, g above. */
@inline
function hardswishBackward<T>(out: usize, g: usize, x: usize, n: i32): void {
  const three = v128.splat<T>(3), half = v128.splat<T>(0.5);
  for (const end = out + <usize>n * sizeof<T>(); out < end; out += 16, g += 16, x += 16) {
    const a = v128.load(x), b = v128.load(g);
    const bent = v128.mul<T>(b, v128.add<T>(v128.div<T>(a, three), half));
    const rising = v128.bitselect(b, bent, v128.gt<T>(a, three));
    v128.store(out, v128.andnot(rising, v128.lt<T>(a, v128.neg<T>(three))));
  }
}

export function leakyRelu32(out: usize, x: usize, n: i32, slope: f32): void { leakyRelu<f32>(out, x, x, n, slope); }
export function leakyRelu64(out: usize, x: usize, n: i32, slope: f64): void { leakyRelu<f64>(out, x, x, n, slope); }
export function leakyReluBackward32(out: usize, g: usize, x: usize, n: i32, slope: f32): void { leakyRelu<f32>(out, g, x, n, slope); }
export function leakyReluBackward64(out: usize, g: usize, x: usize, n: i32, slope: f64): void { leakyRelu<f64>(out, g, x, n, slope); }
export function hardtanh32(out: usize, x: usize, n: i32, low: f32, high: f32): void { hardtanh<f32>(out, x, n, low, high); }
export function hardtanh64(out: usize, x: usize, n: i32, low: f64, high: f64): void { hardtanh<f64>(out, x, n, low, high); }
export function hardtanhBackward32(out: usize, g: usize, x: usize, n: i32, low: f32, high: f32): void { hardtanhBackward<f32>(out, g, x, n, low, high); }
export function hardtanhBackward64(out: usize, g: usize, x: usize, n: i32, low: f64, high: f64): void { hardtanhBackward<f64>(out, g, x, n, low, high); }
export function limit32(out: usize, x: usize, n: i32, low: f32, high: f32): void { limit<f32>(out, x, n, low, high); }
export function limit64(out: usize, x: usize, n: i32, low: f64, high: f64): void { limit<f64>(out, x, n, low, high); }
export function limitBackward32(out: usize, g: usize, x: usize, n: i32, low: f32, high: f32): void { limitBackward<f32>(out, g, x, n, low, high); }
export function limitBackward64(out: usize, g: usize, x: usize, n: i32, low: f64, high: f64): void { limitBackward<f64>(out, g, x, n, low, high); }

export function hardswish32(out: usize, x: usize, n: i32): void { hardswish<f32>(out, x, n); }
export function hardswish64(out: usize, x: usize, n: i32): void { hardswish<f64>(out, x, n); }
export function hardswishBackward32(out: usize, g: usize, x: usize, n: i32): void { hardswishBackward<f32>(out, g, x, n); }
export function hardswishBackward64(out: usize, g: usize, x: usize, n: i32): void { hardswishBackward<f64>(out, g, x, n); }

/** `positive x`, or `negative (e^(scale x) - 1)` where x is not above 0; everywhere, if `lines` is 0. */
function exponentialLinear(out: usize, x: usize, n: i32, negative: f32, positive: f32, scale: f32, lines: i32): void {
  const zero = f32x4.splat(0), below = f32x4.splat(negative), above = f32x4.splat(positive), s = f32x4.splat(scale);
  const mask = i32x4.splat(lines);
  for (const end = out + (<usize>n << 2); out < end; out += 16, x += 16) {
    const a = v128.load(x);
    const line = mul(a, above);
    const straight = v128.and(f32x4.gt(a, zero), mask);
    v128.store(out, i32x4.all_true(straight) ? line : v128.bitselect(line, mul(expm14(mul(a, s)), below), straight));
  }
}

export function elu32(out: usize, x: usize, n: i32, negative: f32, positive: f32, scale: f32): void {
  exponentialLinear(out, x, n, negative, positive, scale, -1);
}

export function expm132(out: usize, x: usize, n: i32): void { exponentialLinear(out, x, n, 1, 1, 1, 0); }

/** `positive g`, or `negative scale e^(scale x) g`: the product of the first two is `slope`. */
export function eluBackward32(out: usize, g: usize, x: usize, n: i32, slope: f32, positive: f32, scale: f32): void {
  const zero = f32x4.splat(0), below = f32x4.splat(slope), above = f32x4.splat(positive), s = f32x4.splat(scale);
  for (const end = out + (<usize>n << 2); out < end; out += 16, g += 16, x += 16) {
    const a = v128.load(x);
    const curve = mul(exp4(mul(a, s)), below);
    v128.store(out, mul(v128.load(g), v128.bitselect(above, curve, f32x4.gt(a, zero))));
  }
}
