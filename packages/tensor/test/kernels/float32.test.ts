import { expect, test } from "vitest";
import { erf32, gelu32, geluBackward32 } from "../../src/kernels/scalar/float32-erf.ts";
import { exp232, log1032, log232, pow32 } from "../../src/kernels/scalar/float32-powers.ts";
import { cos32, sin32 } from "../../src/kernels/scalar/float32-trigonometric.ts";
import { exp32, expm132, log1p32, log32, sigmoid32, tanh32 } from "../../src/kernels/scalar/float32.ts";
import { cos, sin } from "../../src/math/index.ts";
import { erf } from "../../src/kernels/scalar/erf.ts";

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The unit in the last place of a float32 of the size of `y`. */
function ulp(y: number): number {
  float[0] = Math.abs(y);
  return 2 ** (Math.max(1, bits[0]! >>> 23) - 150);
}

/** Every so many-th float32, and the ends of the ranges where formulas change. */
function* samples(step = 10007): Generator<number> {
  for (let b = 0; b < 2 ** 32; b += step) {
    bits[0] = b;
    yield float[0]!;
  }
  yield* [0, -0, 1, -1, 0.625, -0.625, 88.7228, 88.73, -87.34, -103.97, -103.98, Infinity, -Infinity, NaN];
}

/** By how many units in the last place y is off, for a truth in double precision. */
function offBy(y: number, truth: number): number {
  const rounded = Math.fround(truth);
  return Object.is(y, rounded) ? 0 : Math.abs(y - truth) / ulp(rounded);
}

// The references are computed in double precision, whose own error does not count here.
test.each([
  ["exp", exp32, Math.exp, 1],
  ["log", log32, Math.log, 1],
  ["sigmoid", sigmoid32, (x: number) => 1 / (1 + Math.exp(-x)), 2],
  ["tanh", tanh32, Math.tanh, 1.5],
  ["expm1", expm132, Math.expm1, 1.5],
  ["log1p", log1p32, Math.log1p, 1.5],
  ["erf", erf32, erf, 1.5],
  ["sin", sin32, sin, 0.51],
  ["cos", cos32, cos, 0.51],
  ["exp2", exp232, (x: number) => 2 ** x, 0.51],
  ["log2", log232, Math.log2, 0.51],
  ["log10", log1032, Math.log10, 0.51],
] as const)("%s in float32 is off by so few units in the last place everywhere", (_, f, truth, limit) => {
  for (const sample of samples()) {
    const x = Math.fround(sample);
    const y = Math.fround(f(x));
    if (!(offBy(y, truth(x)) <= limit)) expect({ x, y }).toEqual({ x, y: Math.fround(truth(x)) });
  }
});

test.each([
  0,
  -0,
  1,
  -1,
  2,
  3,
  4,
  -3,
  7,
  0.5,
  -0.5,
  1.5,
  0.1,
  -7.25,
  100,
  1e-10,
  1e10,
  8388607,
  2 ** 25,
  NaN,
])("float32 numbers to the power %d are off by half a unit in the last place everywhere", (exponent) => {
  const b = Math.fround(exponent);
  for (const sample of samples(100_003)) {
    const x = Math.fround(sample);
    const truth = x === 1 ? 1 : x ** b; // JavaScript makes 1 to the power NaN NaN
    const y = Math.fround(pow32(x, b));
    if (!(offBy(y, truth) <= 0.51)) expect({ x, y }).toEqual({ x, y: Math.fround(truth) });
  }
});

// The table of C's pow, annex F 9.4.4.
test("powers of float32 numbers at the edges are those of C", () => {
  const inf = Infinity;
  // prettier-ignore
  const edges = [
    [-1, inf, 1], [-1, -inf, 1], [1, inf, 1], [1, NaN, 1], [NaN, 0, 1], [0.5, -inf, inf], [2, -inf, 0], [0.5, inf, 0], [2, inf, inf],
    [-inf, -3, -0], [-inf, -2, 0], [-inf, 3, -inf], [-inf, 0.5, inf], [inf, -1, 0], [inf, 0.1, inf], [-0, -3, -inf], [0, -3, inf],
    [-0, -2, inf], [-0, 3, -0], [-0, 2, 0], [-2, 0.5, NaN], [-2, NaN, NaN], [NaN, 1, NaN],
  ] as const;
  for (const [x, y, power] of edges) expect(Math.fround(pow32(x, y)), `${x} ** ${y}`).toBe(power);
});

test("GELU in float32 and its derivative are as exact as their sums allow", () => {
  for (let i = -1000; i <= 1000; i++) {
    const x = Math.fround(i / 100);
    const share = (1 + erf(x * Math.SQRT1_2)) / 2;
    const slope = share + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
    expect(Math.abs(gelu32(x) - x * share)).toBeLessThanOrEqual(
      3e-7 * Math.min(Math.abs(x), 1) + 1e-7 * Math.abs(x),
    );
    expect(Math.abs(geluBackward32(1, x) - slope)).toBeLessThanOrEqual(3e-7);
  }
  expect(gelu32(Infinity)).toBe(Infinity);
  expect(gelu32(-100)).toBe(-0);
});
