/** What the tests of the random engines share. */

import { readFileSync } from "node:fs";
import type { Generator } from "../../src/random/generator.ts";

/** Reads a file of reference values; golden/make.py says how each was made. */
export function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8"));
}

/** Arrays of n draws of a generator. */
export const draw = {
  uniform: (g: Generator, n: number, low = 0, high = 1) =>
    filled(new Float32Array(n), (x) => g.uniform(x, low, high)),
  uniform64: (g: Generator, n: number, low = 0, high = 1) =>
    filled(new Float64Array(n), (x) => g.uniform(x, low, high)),
  normal: (g: Generator, n: number, mean = 0, std = 1) =>
    filled(new Float32Array(n), (x) => g.normal(x, mean, std)),
  normal64: (g: Generator, n: number, mean = 0, std = 1) =>
    filled(new Float64Array(n), (x) => g.normal(x, mean, std)),
  integers: (g: Generator, n: number, low: number, high: number) =>
    filled(new Int32Array(n), (x) => g.integers(x, low, high)),
  integers64: (g: Generator, n: number, low: number, high: number) =>
    filled(new Float64Array(n), (x) => g.integers(x, low, high)),
  bernoulli: (g: Generator, n: number, p: number) => filled(new Float32Array(n), (x) => g.bernoulli(x, p)),
  bernoulli64: (g: Generator, n: number, p: number) => filled(new Float64Array(n), (x) => g.bernoulli(x, p)),
  bernoulliBool: (g: Generator, n: number, p: number) => filled(new Uint8Array(n), (x) => g.bernoulli(x, p)),
  bernoulliEach: (g: Generator, p: Float32Array | Float64Array) =>
    filled(new Float32Array(p.length), (x) => g.bernoulliEach(x, p)),
};

function filled<A>(array: A, fill: (array: A) => void): A {
  fill(array);
  return array;
}

/** Equal as float32 numbers: reference values are written with the fewest digits that say which float32 is meant. */
export function asFloat32(values: readonly number[]): number[] {
  return values.map(Math.fround);
}

/** The largest difference of two lists of doubles, in units in the last place of the second. */
export function ulps(actual: ArrayLike<number>, expected: readonly number[]): number {
  let worst = actual.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const unit = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(expected[i]!), 2 ** -1000))) - 52);
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!) / unit);
  }
  return worst;
}
