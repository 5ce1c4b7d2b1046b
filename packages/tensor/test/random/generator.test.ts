import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { ValueError } from "../../src/errors.ts";
import type { EngineName } from "../../src/random/engine.ts";
import { defaultGenerator, Generator, manualSeed, type GeneratorState } from "../../src/random/generator.ts";
import { draw } from "./support.ts";

const engines = ["seedrandom", "torch", "numpy"] as const;

/** A random program of draws. */
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(
      "uniform",
      "uniform64",
      "normal",
      "normal64",
      "integers",
      "bernoulli",
      "permutation",
      "seed",
    ),
    n: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 12 },
);
type Step = { kind: string; n: number };

function run(g: Generator, program: readonly Step[]): number[] {
  return program.flatMap(({ kind, n }): number[] => {
    switch (kind) {
      case "uniform":
        return [...draw.uniform(g, n)];
      case "uniform64":
        return [...draw.uniform64(g, n, -1, 2)];
      case "normal":
        return [...draw.normal(g, n)];
      case "normal64":
        return [...draw.normal64(g, n, 1, 2)];
      case "integers":
        return [...draw.integers(g, n, -3, 1000)];
      case "bernoulli":
        return [...draw.bernoulli(g, n, 0.3)];
      case "permutation":
        return [...g.permutation(n)];
      default:
        return [g.drawSeed()];
    }
  });
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe.each(engines)('a Generator of engine "%s"', (engine) => {
  const make = (seed?: number | string) => new Generator(seed, { engine });

  test("draws the same after the same seed, whatever it drew before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), steps, steps, (seed, before, after) => {
        const g = make(seed);
        run(g, before);
        expect(run(g.manualSeed(seed), after)).toEqual(run(make(seed), after));
      }),
      { numRuns: 50 },
    );
  });

  test("continues exactly from a state saved as JSON in the middle of any stream", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), steps, steps, (seed, before, after) => {
        const g = make(seed);
        run(g, before);
        const state = throughJson(g.getState());
        const copy = g.clone();
        const expected = run(g, after);
        expect(run(copy, after)).toEqual(expected);
        expect(run(g.setState(state), after)).toEqual(expected);
        const other = new Generator("another engine", { engine: "seedrandom" }).setState(state);
        expect(run(other, after)).toEqual(expected);
        expect([other.engine, other.initialSeed()]).toEqual([engine, seed]);
        expect(g.getState()).toEqual(other.getState());
      }),
      { numRuns: 50 },
    );
  });

  test("keeps the second normal of a pair in its state", () => {
    if (engine === "seedrandom") return;
    const g = make(3);
    draw.normal64(g, 3);
    const state = throughJson(g.getState());
    expect(state.engine).toHaveProperty("cachedNormal", expect.any(Number));
    const fourth = draw.normal64(g, 1)[0];
    expect(draw.normal64(make(9).setState(state), 1)[0]).toBe(fourth);
    draw.normal64(g, 1);
    expect(g.manualSeed(3).getState().engine).toHaveProperty("cachedNormal", null);
  });

  test("a saved state does not change when the generator goes on", () => {
    const g = make(1);
    const state = g.getState();
    const kept = throughJson(state);
    draw.normal(g, 2000);
    expect(state).toEqual(kept);
  });

  test("a clone goes its own way", () => {
    const g = make(1);
    const copy = g.clone();
    g.random();
    expect(copy.random()).toBe(make(1).random());
  });

  test("permutation is a permutation", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 99 }), (n, seed) => {
        expect([...make(seed).permutation(n).sort()]).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { numRuns: 50 },
    );
  });

  test("uniform and integers stay in their ranges", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 99 }),
        (low, range, seed) => {
          const g = make(seed);
          const inside = (x: number) => x >= low && x < low + range;
          expect(draw.uniform64(g, 50, low, low + range).every(inside)).toBe(true);
          expect(draw.integers(g, 50, low, low + range).every(inside)).toBe(true);
          expect(
            draw.integers64(g, 50, low, low + range * 2 ** 40).every((x) => Number.isSafeInteger(x)),
          ).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("without a seed starts from PyTorch's fixed default", () => {
    expect(make().random()).toBe(make().random());
    expect(make().initialSeed()).toBe(engine === "numpy" ? 67280421310721 % 2 ** 32 : 67280421310721);
  });

  test("seed() starts from another unpredictable seed each time and says which", () => {
    const g = make();
    const seeds = [g.seed(), g.seed(), g.seed()];
    expect(new Set(seeds).size).toBe(3);
    expect(g.initialSeed()).toBe(seeds[2]);
    expect(g.random()).toBe(make(seeds[2]).random());
  });

  test("takes any string as seed", () => {
    expect(make("spring").random()).toBe(make("spring").random());
    expect(make("spring").random()).not.toBe(make("autumn").random());
    expect(make("").initialSeed()).toBe("");
  });

  test("refuses seeds that it cannot take, and stays as it was", () => {
    const g = make(1);
    const before = g.getState();
    const always = [NaN, Infinity, -Infinity, {}, true] as number[];
    const integersOnly = [0.5, 2 ** 53, -(2 ** 60)];
    const bad = [
      ...always,
      ...(engine === "seedrandom" ? [] : integersOnly),
      ...(engine === "numpy" ? [-1, 2 ** 32, 123456789012] : []),
    ];
    for (const seed of bad) {
      expect(() => make(seed), `Generator(${String(seed)})`).toThrow(ValueError);
      expect(() => g.manualSeed(seed), `manualSeed(${String(seed)})`).toThrow(/^\[manualSeed\] a seed/);
    }
    expect(() => g.manualSeed(null as unknown as number)).toThrow(ValueError);
    expect(() => g.manualSeed(1, { engine: "mt" as EngineName })).toThrow("got mt");
    expect(g.getState()).toEqual(before);
  });

  test("refuses a malformed state, and stays as it was", () => {
    const g = make(1);
    draw.normal64(g, 3);
    const before = g.getState();
    const broken = (change: object) => ({ ...before, engine: { ...before.engine, ...change } });
    const words = engine === "seedrandom" ? "lanes" : "key";
    const list = (before.engine as unknown as Record<string, number[]>)[words]!;
    const replaced = (word: unknown) => list.map((kept, i) => (i === 3 ? word : kept));
    const states: unknown[] = [
      null,
      undefined,
      42,
      {},
      { seed: 1 },
      { seed: 1, engine: null },
      { engine: before.engine },
      { seed: NaN, engine: before.engine },
      broken({ engine: "mt" }),
      broken({ engine: undefined }),
      broken({ engine: engine === "torch" ? "seedrandom" : "torch", cachedNormal: "x" }),
      broken({ position: -1 }),
      broken({ position: 1.5 }),
      broken({ position: 625 }),
      broken({ position: "0" }),
      broken({ [words]: undefined }),
      broken({ [words]: list.slice(1) }),
      broken({ [words]: replaced(-1) }),
      broken({ [words]: replaced(2 ** 32) }),
      broken({ [words]: replaced(0.5) }),
      broken({ [words]: replaced(null) }),
      ...(engine === "seedrandom"
        ? []
        : [broken({ cachedNormal: "1" }), broken({ cachedNormal: undefined })]),
    ];
    for (const [i, state] of states.entries()) {
      expect(() => g.setState(state as GeneratorState), `state ${i} of the list`).toThrow(ValueError);
    }
    expect(g.getState()).toEqual(before);
  });

  test("refuses distributions that do not exist", () => {
    const g = make(1);
    const before = g.getState();
    const f32 = new Float32Array(3);
    const i32 = new Int32Array(3);
    const calls: [string, () => unknown][] = [
      ["[uniform] needs finite low <= high, got 2 and 1", () => g.uniform(f32, 2, 1)],
      ["[uniform]", () => g.uniform(f32, NaN, 1)],
      ["[uniform]", () => g.uniform(f32, 0, Infinity)],
      ["[uniform]", () => g.uniform(new Float64Array(3), -1.7e308, 1.7e308)],
      ["[normal]", () => g.normal(f32, 0, -1)],
      ["[normal]", () => g.normal(f32, NaN, 1)],
      ["[normal]", () => g.normal(f32, 0, NaN)],
      ["[integers] needs integers low < high", () => g.integers(i32, 3, 3)],
      ["[integers]", () => g.integers(i32, 0, 1.5)],
      ["[integers]", () => g.integers(new Float64Array(3), -(2 ** 53) + 1, 2 ** 53 - 1)],
      ["[integers] int32 holds", () => g.integers(i32, 0, 2 ** 31 + 1)],
      ["[integers] int32 holds", () => g.integers(i32, -(2 ** 31) - 1, 0)],
      ["[bernoulli] p must lie between 0 and 1, got 1.5", () => g.bernoulli(f32, 1.5)],
      ["[bernoulli]", () => g.bernoulli(f32, NaN)],
      [
        "[bernoulli] probabilities must lie between 0 and 1, got -1 at index 2",
        () => g.bernoulliEach(f32, Float32Array.of(0, 1, -1)),
      ],
      ["[bernoulli] 2 probabilities for 3 elements", () => g.bernoulliEach(f32, Float32Array.of(0, 1))],
      ["[permutation]", () => g.permutation(-1)],
      ["[permutation]", () => g.permutation(2.5)],
      ["[permutation]", () => g.permutation(2 ** 31)],
    ];
    for (const [message, call] of calls) expect(call).toThrow(message);
    expect(g.getState()).toEqual(before);
  });
});

describe("the default generator", () => {
  const before = defaultGenerator().getState();
  afterAll(() => void defaultGenerator().setState(before));

  test("is one object that manualSeed seeds and returns", () => {
    const g = defaultGenerator();
    expect(manualSeed(7)).toBe(g);
    expect(defaultGenerator()).toBe(g);
    expect(g.random()).toBe(new Generator(7).random());
    expect(g.initialSeed()).toBe(7);
  });

  test("starts from an unpredictable seed with torchlet's own engine", () => {
    expect(before.engine.engine).toBe("seedrandom");
    expect(before.seed).not.toBe(67280421310721);
    expect(before.seed).toBeTypeOf("number");
  });

  test("keeps the engine that manualSeed chose until another is chosen", () => {
    expect(manualSeed(0, { engine: "torch" }).random()).toBe(new Generator(0, { engine: "torch" }).random());
    expect(manualSeed(1).engine).toBe("torch");
    expect(manualSeed(1, { engine: "numpy" }).random()).toBe(0.417022004702574);
    expect(manualSeed(1, { engine: "seedrandom" }).random()).toBe(new Generator(1).random());
  });

  test("is unchanged by a seed that is refused", () => {
    const state = manualSeed(1, { engine: "seedrandom" }).getState();
    expect(() => manualSeed(0.5, { engine: "torch" })).toThrow(ValueError);
    expect(() => manualSeed(NaN)).toThrow(ValueError);
    expect(defaultGenerator().getState()).toEqual(state);
  });

  test("knows its options", () => {
    expect(() => manualSeed(1, { engin: "torch" } as never)).toThrow(
      "unknown option engin; there is only engine",
    );
    expect(() => new Generator(1, "torch" as never)).toThrow("options must be an object");
  });
});
