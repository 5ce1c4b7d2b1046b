import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { Generator } from "../../src/random/generator.ts";
import { Xoshiro128x4 } from "../../src/random/xoshiro.ts";
import { draw, golden } from "./support.ts";

const data = golden("xoshiro") as { lanes: number[]; words: number[]; of1234: number[] };
const take = (words: Xoshiro128x4, n: number) => Array.from({ length: n }, () => words.next());

describe("xoshiro128++, four side by side", () => {
  test("each lane is the paper's generator, and the stream takes one word of each in turn", () => {
    expect(take(new Xoshiro128x4(Int32Array.from(data.lanes)), data.words.length)).toEqual(data.words);
  });

  test("the state 1, 2, 3, 4 gives the published first words", () => {
    const words = take(new Xoshiro128x4(Int32Array.of(...[0, 1, 2, 3].flatMap(() => [1, 2, 3, 4]))), 40);
    for (const lane of [0, 1, 2, 3]) expect(words.filter((_, i) => i % 4 === lane)).toEqual(data.of1234);
  });

  test("a lane of zeros, which would stay zero, is replaced", () => {
    expect(take(new Xoshiro128x4(new Int32Array(16)), 64).some((word) => word !== 0)).toBe(true);
  });
});

describe('engine "seedrandom"', () => {
  test("its 16 words of state come from seedrandom", () => {
    const random = seedrandom("hello.");
    const lanes = Array.from({ length: 16 }, () => random.int32() >>> 0);
    expect(new Generator("hello.").getState().engine).toEqual({ engine: "seedrandom", lanes, position: 0 });
  });

  // The stream is a promise: a change here changes every seeded program.
  test("seed 42 draws the numbers that it has always drawn", () => {
    const g = () => new Generator(42);
    expect([...draw.uniform64(g(), 3)]).toEqual([0.6871807106186111, 0.9302527192817659, 0.5489413767870464]);
    expect([...draw.uniform(g(), 3)]).toEqual([0.6871806979179382, 0.7046554088592529, 0.9302526712417603]);
    expect([...draw.normal64(g(), 3)]).toEqual([
      -1.4627404506790256, -0.14328634172380186, -2.3753796013527566,
    ]);
    expect([...draw.normal(g(), 3)]).toEqual([-1.4627405405044556, -2.3753795623779297, 1.0285289287567139]);
    expect([...draw.integers(g(), 10, 0, 10)]).toEqual([6, 7, 9, 4, 5, 3, 8, 9, 9, 5]);
    expect([...g().permutation(10)]).toEqual([0, 4, 2, 5, 1, 8, 3, 7, 9, 6]);
    expect([...draw.bernoulli(g(), 10, 0.5)]).toEqual([0, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
    expect(draw.normal64(g(), 100_000).reduce((sum, x) => sum + x * x, 0)).toBe(99672.70064264978);
  });

  test("a number and its decimal digits are the same seed, other seeds give other streams", () => {
    expect(new Generator("42").random()).toBe(new Generator(42).random());
    const seeds = [0, 1, -1, 0.5, 1e300, "", "a", "b", "ab"];
    expect(new Set(seeds.map((seed) => new Generator(seed).random())).size).toBe(seeds.length);
  });

  test("float32 uniforms are multiples of 2^-24, float64 uniforms of 2^-53", () => {
    expect(draw.uniform(new Generator(1), 1000).every((x) => Number.isInteger(x * 2 ** 24))).toBe(true);
    expect(draw.uniform64(new Generator(1), 1000).every((x) => Number.isInteger(x * 2 ** 53))).toBe(true);
    expect(draw.uniform64(new Generator(1), 1000).some((x) => !Number.isInteger(x * 2 ** 50))).toBe(true);
  });

  test("a draw of many is the same as many draws, across the blocks of the generator", () => {
    for (const kind of ["uniform", "uniform64", "normal", "normal64"] as const) {
      const g = new Generator(5);
      const singly = Array.from({ length: 1000 }, () => draw[kind](g, 1)[0]);
      expect([...draw[kind](new Generator(5), 1000)]).toEqual(singly);
    }
    const g = new Generator(5);
    const singly = Array.from({ length: 1000 }, () => draw.bernoulli(g, 1, 0.3)[0]);
    expect([...draw.bernoulli(new Generator(5), 1000, 0.3)]).toEqual(singly);
    expect([...draw.bernoulliBool(new Generator(5), 1000, 0.3)]).toEqual(singly);
    expect([...draw.bernoulliEach(new Generator(5), new Float64Array(1000).fill(0.3))]).toEqual(singly);
  });

  test("uniform never reaches its upper bound, however rounding goes", () => {
    const [low, high] = [1, 1 + 2 ** -23]; // neighbours as float32
    expect(draw.uniform(new Generator(2), 1000, low, high).every((x) => x === low)).toBe(true);
    expect(draw.uniform64(new Generator(2), 1000, 1, 1 + 2 ** -52).every((x) => x === 1)).toBe(true);
    expect([...draw.uniform(new Generator(2), 3, 4, 4)]).toEqual([4, 4, 4]);
  });
});
