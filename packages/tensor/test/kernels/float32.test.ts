import { expect, test } from "vitest";
import { exp232, log1032, log232, pow32 } from "../../src/kernels/float32-powers.ts";
import { exp32, log32, sigmoid32, tanh32 } from "../../src/kernels/float32.ts";

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The unit in the last place of a float32 of the size of `y`. */
function ulp(y: number): number {
  float[0] = Math.abs(y);
  return 2 ** (Math.max(1, bits[0]! >>> 23) - 150);
}

/** Every so many-th float32, and the ends of the ranges where formulas change. */
function* samples(): Generator<number> {
  for (let b = 0; b < 2 ** 32; b += 10007) {
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
  for (const sample of samples()) {
    const x = Math.fround(sample);
    const truth = x === 1 ? 1 : x ** b; // JavaScript makes 1 to the power NaN NaN
    const y = Math.fround(pow32(x, b));
    if (!(offBy(y, truth) <= 0.51)) expect({ x, y }).toEqual({ x, y: Math.fround(truth) });
  }
});

// The table of C's pow, annex F 9.4.4.
test("powers of float32 numbers at the edges are those of C", () => {
  const inf = Infinity;
  const edges = [
    [-1, inf, 1], [-1, -inf, 1], [1, inf, 1], [1, NaN, 1], [NaN, 0, 1], [0.5, -inf, inf], [2, -inf, 0], [0.5, inf, 0], [2, inf, inf],
    [-inf, -3, -0], [-inf, -2, 0], [-inf, 3, -inf], [-inf, 0.5, inf], [inf, -1, 0], [inf, 0.1, inf], [-0, -3, -inf], [0, -3, inf],
    [-0, -2, inf], [-0, 3, -0], [-0, 2, 0], [-2, 0.5, NaN], [-2, NaN, NaN], [NaN, 1, NaN],
  ] as const; // prettier-ignore
  for (const [x, y, power] of edges) expect(Math.fround(pow32(x, y)), `${x} ** ${y}`).toBe(power);
});
