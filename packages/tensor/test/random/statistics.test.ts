import { describe, expect, test } from "vitest";
import { Generator } from "../../src/random/generator.ts";
import { draw } from "./support.ts";

// Fixed seeds: these tests pass or fail for ever. Each bound is about 4.5 standard deviations of the statistic, which a
// correct generator exceeds once in 150,000 tests.
const Z = 4.5;
const N = 100_000;

/** How far the mean of n draws is from what it should be, in standard deviations. */
function deviation(values: ArrayLike<number>, mean: number, variance: number, of = (x: number) => x): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!);
  return Math.abs(sum / values.length - mean) / Math.sqrt(variance / values.length);
}

/** The chi-square statistic of counts against equal expectation, as a normal deviate (Wilson and Hilferty). */
function chiSquareDeviate(counts: readonly number[], expected: (i: number) => number): number {
  const k = counts.length - 1;
  const chi = counts.reduce((sum, count, i) => sum + (count - expected(i)) ** 2 / expected(i), 0);
  return ((chi / k) ** (1 / 3) - (1 - 2 / (9 * k))) / Math.sqrt(2 / (9 * k));
}

function counted(n: number, index: (i: number) => number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < n; i++) counts[index(i)]! += 1;
  return counts;
}

/** The normal distribution function, by Marsaglia's series ("Evaluating the normal distribution", 2004). */
function normalCdf(x: number): number {
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.91893853320467274178);
}

const engines = ["seedrandom", "torch", "numpy"] as const;

describe.each(engines)('the numbers of engine "%s"', (engine) => {
  const make = (seed: number) => new Generator(seed, { engine });

  test.each(["uniform", "uniform64"] as const)(
    "%s: mean, variance and 256 bins are those of the distribution",
    (kind) => {
      const x = draw[kind](make(1), N);
      expect(x.every((v) => v >= 0 && v < 1)).toBe(true);
      expect(deviation(x, 1 / 2, 1 / 12)).toBeLessThan(Z);
      expect(deviation(x, 1 / 12, 1 / 180, (v) => (v - 0.5) ** 2)).toBeLessThan(Z);
      const counts = counted(N, (i) => Math.floor(x[i]! * 256), 256);
      expect(Math.abs(chiSquareDeviate(counts, () => N / 256))).toBeLessThan(Z);
    },
  );

  test.each(["uniform", "normal"] as const)("%s: neighbours are not correlated", (kind) => {
    const x = draw[kind](make(2), N);
    const [mean, variance] = kind === "uniform" ? [0.5, 1 / 12] : [0, 1];
    for (const lag of [1, 2, 3, 4, 8, 256]) {
      const products = Float64Array.from(
        { length: N - lag },
        (_, i) => (x[i]! - mean) * (x[i + lag]! - mean),
      );
      expect(deviation(products, 0, variance * variance)).toBeLessThan(Z);
    }
  });

  test.each(["normal", "normal64"] as const)(
    "%s: four moments and 64 equally likely bins are those of the distribution",
    (kind) => {
      const x = draw[kind](make(3), N);
      expect(deviation(x, 0, 1)).toBeLessThan(Z);
      expect(deviation(x, 1, 2, (v) => v ** 2)).toBeLessThan(Z);
      expect(deviation(x, 0, 15, (v) => v ** 3)).toBeLessThan(Z);
      expect(deviation(x, 3, 96, (v) => v ** 4)).toBeLessThan(Z);
      const counts = counted(N, (i) => Math.floor(normalCdf(x[i]!) * 64), 64);
      expect(Math.abs(chiSquareDeviate(counts, () => N / 64))).toBeLessThan(Z);
    },
  );

  test("normal: the tail beyond 3.65 is as heavy as it should be", () => {
    const n = 1_000_000;
    const p = 2 * (1 - normalCdf(3.65));
    const beyond = draw.normal(make(4), n).reduce((count, v) => count + (Math.abs(v) > 3.65 ? 1 : 0), 0);
    expect(Math.abs(beyond - n * p) / Math.sqrt(n * p * (1 - p))).toBeLessThan(Z);
  });

  test("normal takes a mean and a standard deviation", () => {
    const x = draw.normal64(make(5), N, -3, 0.5);
    expect(deviation(x, -3, 0.25)).toBeLessThan(Z);
    expect(deviation(x, 0.25, 2 / 16, (v) => (v + 3) ** 2)).toBeLessThan(Z);
  });

  test("integers: every value is equally likely, for ranges that are no power of two", () => {
    for (const [low, high] of [
      [0, 10],
      [-50, 53],
      [7, 8],
      [-1, 1],
    ] as const) {
      const x = draw.integers(make(6), N, low, high);
      expect(x.every((v) => v >= low && v < high)).toBe(true);
      if (high - low === 1) continue;
      const counts = counted(N, (i) => x[i]! - low, high - low);
      expect(Math.abs(chiSquareDeviate(counts, () => N / (high - low)))).toBeLessThan(Z);
    }
  });

  test("integers: a range of three quarters of 2^32 is not skewed, nor one beyond 2^32", () => {
    for (const range of [3 * 2 ** 30, 3 * 2 ** 50]) {
      const x = draw.integers64(make(7), N, 0, range);
      expect(x.every((v) => v >= 0 && v < range)).toBe(true);
      // Engine "torch" is PyTorch's: a word modulo the range, which favours the first third.
      if (engine === "torch") continue;
      const counts = counted(N, (i) => Math.floor((x[i]! / range) * 48), 48);
      expect(Math.abs(chiSquareDeviate(counts, () => N / 48))).toBeLessThan(Z);
    }
  });

  test("bernoulli: the share of ones is p, and 0 and 1 are certain", () => {
    for (const p of [0.001, 0.3, 0.5, 0.8]) {
      expect(deviation(draw.bernoulli(make(8), N, p), p, p * (1 - p))).toBeLessThan(Z);
      expect(
        deviation(draw.bernoulliEach(make(9), new Float32Array(N).fill(p)), p, p * (1 - p)),
      ).toBeLessThan(Z);
    }
    expect(draw.bernoulli(make(8), 1000, 0).every((x) => x === 0)).toBe(true);
    expect(draw.bernoulli(make(8), 1000, 1).every((x) => x === 1)).toBe(true);
    expect(draw.bernoulliBool(make(8), 1000, 1).every((x) => x === 1)).toBe(true);
  });

  test("permutation: each of the 24 orders of four is equally likely", () => {
    const g = make(10);
    const code = (order: Int32Array) => order.reduce((sum, x) => sum * 4 + x, 0);
    const orders = new Map<number, number>();
    for (let i = 0; i < 24_000; i++) {
      const key = code(g.permutation(4));
      orders.set(key, (orders.get(key) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    expect(Math.abs(chiSquareDeviate([...orders.values()], () => 1000))).toBeLessThan(Z);
  });
});
