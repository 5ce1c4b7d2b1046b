import { describe, expect, test } from "vitest";
import { Generator } from "../../src/random/generator.ts";
import { draw, golden, ulps } from "./support.ts";

const numpy = (seed: number) => new Generator(seed, { engine: "numpy" });

/** Expression of rng.json -> the same with a generator. */
const exact: Record<string, (g: Generator) => ArrayLike<number>> = {
  "randn(5)": (g) => draw.normal64(g, 5),
  "randn(20)": (g) => draw.normal64(g, 20),
  "rand(5)": (g) => draw.uniform64(g, 5),
  "rand(20)": (g) => draw.uniform64(g, 20),
  "permutation(10)": (g) => g.permutation(10),
  "permutation(33)": (g) => g.permutation(33),
  "randint(0,10,12)": (g) => draw.integers(g, 12, 0, 10),
  "randint(-5,1000,6)": (g) => draw.integers(g, 6, -5, 1000),
  "uniform(-2,3,5)": (g) => draw.uniform64(g, 5, -2, 3),
  "normal(1,2,5)": (g) => draw.normal64(g, 5, 1, 2),
  "randn(3,2) then randn(2,1)": (g) => [...draw.normal64(g, 6), ...draw.normal64(g, 2)],
  "choice(5,6)": (g) => draw.integers(g, 6, 0, 5),
  "shuffle(arange(10))": (g) => g.permutation(10),
};

const { numpy: seeds } = golden("golden") as { numpy: { seed: number; values: Record<string, number[]> }[] };
const more = golden("numpy") as [number, Record<string, number[]> & { get_state: { key: number[] } }][];

describe('engine "numpy"', () => {
  test("every expression of the golden file is replayed", () => {
    expect(Object.keys(seeds[0]!.values).sort()).toEqual(Object.keys(exact).sort());
  });

  test.each(Object.entries(exact))("%s gives NumPy's bits", (name, replay) => {
    for (const { seed, values } of seeds) expect(Array.from(replay(numpy(seed)))).toEqual(values[name]);
  });

  test.each(more)(
    "one long stream of all kinds of draws agrees for seed %d, and ends in NumPy's state",
    (seed, expected) => {
      const g = numpy(seed);
      const check = (name: string, values: ArrayLike<number>) =>
        expect(Array.from(values), name).toEqual(expected[name]);
      check("rand", draw.uniform64(g, 30));
      expect(ulps(draw.normal64(g, 31), expected.randn!)).toBeLessThanOrEqual(2);
      check("uniform(-2,3)", draw.uniform64(g, 20, -2, 3));
      expect(ulps(draw.normal64(g, 20, 1, 2), expected["normal(1,2)"]!)).toBeLessThanOrEqual(8);
      check("randint(0,10)", draw.integers(g, 20, 0, 10));
      check("randint(-2**31,2**31)", draw.integers(g, 20, -(2 ** 31), 2 ** 31));
      check("randint(-5,2**40)", draw.integers64(g, 20, -5, 2 ** 40));
      check("randint(3,4)", draw.integers(g, 2, 3, 4));
      check("permutation(257)", g.permutation(257));
      check("choice(5,6)", draw.integers(g, 6, 0, 5));
      check("choice(20,6,replace=False)", g.permutation(20).subarray(0, 6));
      expect(g.drawSeed()).toBe(expected["randint(2**32)"]);
      expect(ulps(draw.normal64(g, 1), expected["randn(1)"]!)).toBeLessThanOrEqual(2);
      expect(g.getState().engine).toEqual({ engine: "numpy", ...expected.get_state });
    },
  );

  test("a Float32Array takes the doubles rounded", () => {
    expect([...draw.normal(numpy(3), 9)]).toEqual([...Float32Array.from(draw.normal64(numpy(3), 9))]);
    expect([...draw.uniform(numpy(3), 9)]).toEqual([...Float32Array.from(draw.uniform64(numpy(3), 9))]);
  });

  test("bernoulli is rand() < p", () => {
    const u = draw.uniform64(numpy(8), 50);
    expect([...draw.bernoulli(numpy(8), 50, 0.3)]).toEqual(Array.from(u, (x) => (x < 0.3 ? 1 : 0)));
    expect([...draw.bernoulliEach(numpy(8), new Float64Array(50).fill(0.3))]).toEqual([
      ...draw.bernoulli(numpy(8), 50, 0.3),
    ]);
  });
});
