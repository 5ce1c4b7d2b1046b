// One step of an optimizer in one pass over memory. Every operation rounds, as a pass of its own would.

@inline
function scaledSum<T>(x: v128, factor: T, y: v128, gain: T): v128 {
  return v128.add<T>(v128.mul<T>(x, v128.splat<T>(factor)), v128.mul<T>(v128.splat<T>(gain), y));
}

@inline
function momentum<T>(x: usize, velocity: usize, g: usize, decay: T, gain: T, rate: T, n: i32): void {
  const r = v128.splat<T>(rate);
  for (const end = x + <usize>n * sizeof<T>(); x < end; x += 16, velocity += 16, g += 16) {
    const v = scaledSum<T>(v128.load(velocity), decay, v128.load(g), gain);
    v128.store(velocity, v);
    v128.store(x, v128.add<T>(v128.load(x), v128.mul<T>(r, v)));
  }
}

@inline
function adam<T>(
  x: usize, average: usize, square: usize, g: usize,
  decay1: T, gain1: T, decay2: T, gain2: T,
  correction: T, eps: T, rate: T, n: i32,
): void {
  const c = v128.splat<T>(correction), e = v128.splat<T>(eps), r = v128.splat<T>(rate);
  for (const end = x + <usize>n * sizeof<T>(); x < end; x += 16, average += 16, square += 16, g += 16) {
    const d = v128.load(g);
    const m = scaledSum<T>(v128.load(average), decay1, d, gain1);
    const s = v128.mul<T>(v128.mul<T>(v128.splat<T>(gain2), d), d);
    const v = v128.add<T>(v128.mul<T>(v128.load(square), v128.splat<T>(decay2)), s);
    v128.store(average, m);
    v128.store(square, v);
    const denominator = v128.add<T>(v128.div<T>(v128.sqrt<T>(v), c), e);
    v128.store(x, v128.add<T>(v128.load(x), v128.div<T>(v128.mul<T>(r, m), denominator)));
  }
}

export function momentum32(x: usize, velocity: usize, g: usize, decay: f32, gain: f32, rate: f32, n: i32): void {
  momentum<f32>(x, velocity, g, decay, gain, rate, n);
}

export function momentum64(x: usize, velocity: usize, g: usize, decay: f64, gain: f64, rate: f64, n: i32): void {
  momentum<f64>(x, velocity, g, decay, gain, rate, n);
}

export function adam32(
  x: usize, average: usize, square: usize, g: usize,
  decay1: f32, gain1: f32, decay2: f32, gain2: f32,
  correction: f32, eps: f32, rate: f32, n: i32,
): void {
  adam<f32>(x, average, square, g, decay1, gain1, decay2, gain2, correction, eps, rate, n);
}

export function adam64(
  x: usize, average: usize, square: usize, g: usize,
  decay1: f64, gain1: f64, decay2: f64, gain2: f64,
  correction: f64, eps: f64, rate: f64, n: i32,
): void {
  adam<f64>(x, average, square, g, decay1, gain1, decay2, gain2, correction, eps, rate, n);
}
