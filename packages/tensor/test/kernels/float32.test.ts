import { expect, test } from "vitest";
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

// The references are computed in double precision, whose own error does not count here.
test.each([
  ["exp", exp32, Math.exp, 1],
  ["log", log32, Math.log, 1],
  ["sigmoid", sigmoid32, (x: number) => 1 / (1 + Math.exp(-x)), 2],
  ["tanh", tanh32, Math.tanh, 1.5],
] as const)("%s in float32 is off by so few units in the last place everywhere", (_, f, truth, limit) => {
  for (const sample of samples()) {
    const x = Math.fround(sample);
    const [y, t] = [f(x), truth(x)];
    const rounded = Math.fround(t);
    if (Object.is(y, rounded)) continue;
    if (!(Math.abs(y - t) <= limit * ulp(rounded))) expect({ x, y }).toEqual({ x, y: rounded });
  }
});
