import { describe, expect, test } from "vitest";
import { Generator } from "../../src/random/generator.ts";
import { asFloat32, draw, golden, ulps } from "./support.ts";

type Values = Record<string, number[]>;

const torch = (seed: number) => new Generator(seed, { engine: "torch" });
const scaled = (mask: Float32Array | Float64Array, scale: number) => Array.from(mask, (x) => x * scale);
/** F.dropout(ones(n), p) */
const dropout = (g: Generator, p: number) => asFloat32(scaled(draw.bernoulli(g, 20, 1 - p), 1 / (1 - p)));
/** nn.Linear(inputs, outputs): the weight, then the bias, U(-1 / sqrt(inputs), 1 / sqrt(inputs)) */
const linear = (g: Generator, inputs: number, outputs: number) => {
  const bound = 1 / Math.sqrt(inputs);
  const weight = draw.uniform(g, inputs * outputs, -bound, bound);
  return { weight, bias: draw.uniform(g, outputs, -bound, bound) };
};

/** torch.multinomial(p, n, replacement=True): the first cumulated probability beyond a float64 uniform. */
const multinomial = (g: Generator, p: number[], n: number) => {
  let sum = 0;
  const cumulated = p.map((x) => (sum += x));
  return Array.from({ length: n }, () => {
    const u = g.random();
    return cumulated.findIndex((c, i) => u < c / sum || i === p.length - 1);
  });
};

/** Expression of rng.json -> the same with a generator. The names say whether it is float32 (default) or float64. */
const exact: Record<string, (g: Generator) => ArrayLike<number>> = {
  "rand(5)": (g) => draw.uniform(g, 5),
  "rand(20)": (g) => draw.uniform(g, 20),
  "rand(3,4)": (g) => draw.uniform(g, 12),
  "rand(5,float64)": (g) => draw.uniform64(g, 5),
  "rand(20,float64)": (g) => draw.uniform64(g, 20),
  "randn(5)": (g) => draw.normal(g, 5),
  "randn(15)": (g) => draw.normal(g, 15),
  "randn(16)": (g) => draw.normal(g, 16),
  "randn(17)": (g) => draw.normal(g, 17),
  "randn(40)": (g) => draw.normal(g, 40),
  "randn(5,float64)": (g) => draw.normal64(g, 5),
  "randint(0,10,(12,))": (g) => draw.integers(g, 12, 0, 10),
  "randint(-5,1000,(6,))": (g) => draw.integers(g, 6, -5, 1000),
  "randint(0,2**40,(4,))": (g) => draw.integers64(g, 4, 0, 2 ** 40),
  "randperm(10)": (g) => g.permutation(10),
  "randperm(1)": (g) => g.permutation(1),
  "randperm(33)": (g) => g.permutation(33),
  "bernoulli(full(20,.3))": (g) => draw.bernoulliEach(g, new Float32Array(20).fill(0.3)),
  "empty(20).bernoulli_(.3)": (g) => draw.bernoulli(g, 20, 0.3),
  "empty(20,float64).bernoulli_(.3)": (g) => draw.bernoulli64(g, 20, 0.3),
  "F.dropout(ones(20),.2)": (g) => dropout(g, 0.2),
  "F.dropout(ones(20,float64),.2)": (g) => scaled(draw.bernoulli64(g, 20, 0.8), 1 / 0.8),
  "F.dropout(ones(20),.5)": (g) => dropout(g, 0.5),
  "uniform_(-2,3) of empty(7)": (g) => draw.uniform(g, 7, -2, 3),
  "uniform_(-2,3) of empty(7,float64)": (g) => draw.uniform64(g, 7, -2, 3),
  "normal_(1,2) of empty(7)": (g) => draw.normal(g, 7, 1, 2),
  "normal_(1,2) of empty(7,float64)": (g) => draw.normal64(g, 7, 1, 2),
  "normal_(1,2) of empty(20)": (g) => draw.normal(g, 20, 1, 2),
  "randn(3) twice": (g) => [...draw.normal(g, 3), ...draw.normal(g, 3)],
  "randn(3) then rand(2) then randn(2)": (g) => [
    ...draw.normal(g, 3),
    ...draw.uniform(g, 2),
    ...draw.normal(g, 2),
  ],
  "randn(3) then randn(16)": (g) => [...draw.normal(g, 3), ...draw.normal(g, 16)],
  "multinomial([.1,.2,.3,.4],8,True)": (g) => multinomial(g, [0.1, 0.2, 0.3, 0.4], 8),
  "nn.init.xavier_uniform_(4,3)": (g) => draw.uniform(g, 12, -Math.sqrt(6 / 7), Math.sqrt(6 / 7)),
  "nn.init.xavier_normal_(4,3)": (g) => draw.normal(g, 12, 0, Math.sqrt(2 / 7)),
  "nn.init.kaiming_uniform_(4,3)": (g) => draw.uniform(g, 12, -Math.sqrt(2), Math.sqrt(2)),
  "nn.init.kaiming_normal_(4,3)": (g) => draw.normal(g, 12, 0, Math.sqrt(2 / 3)),
  "nn.init.normal_(4,3)": (g) => draw.normal(g, 12),
  "nn.init.uniform_(4,3)": (g) => draw.uniform(g, 12),
  "nn.Linear(7,3).weight": (g) => linear(g, 7, 3).weight,
  "nn.Linear(7,3).bias": (g) => linear(g, 7, 3).bias,
  "nn.Linear(7,3,float64).weight": (g) => draw.uniform64(g, 21, -1 / Math.sqrt(7), 1 / Math.sqrt(7)),
  "nn.Linear(7,3,float64).bias": (g) => {
    draw.uniform64(g, 21);
    return draw.uniform64(g, 3, -1 / Math.sqrt(7), 1 / Math.sqrt(7));
  },
  "nn.Embedding(4,5).weight": (g) => draw.normal(g, 20),
  "Sequential(Linear(3,4),Linear(4,2))": (g) =>
    [linear(g, 3, 4), linear(g, 4, 2)].flatMap(({ weight, bias }) => [...weight, ...bias]),
  "randperm(10) of Generator": (g) => g.permutation(10),
  "DataLoader(range(10),4,shuffle=True) order": (g) => {
    g.drawSeed(); // the seed of worker processes
    return torch(g.drawSeed()).permutation(10);
  },
  "random_split(range(10),[7,3])": (g) => g.permutation(10),
};

/** Float64 normals from blocks of 16: the C library's logarithm, sine and cosine decide the last bit. */
const withinTwo: Record<string, (g: Generator) => ArrayLike<number>> = {
  "randn(16,float64)": (g) => draw.normal64(g, 16),
  "randn(40,float64)": (g) => draw.normal64(g, 40),
  "normal_(1,2) of empty(20,float64)": (g) => draw.normal64(g, 20, 1, 2),
};

const { torch: seeds } = golden("golden") as { torch: { seed: number; values: Values }[] };
const isFloat64 = (name: string) => /float64|randint|randperm|order|split/.test(name);

describe('engine "torch"', () => {
  test("every expression of the golden file is replayed", () => {
    expect(Object.keys(seeds[0]!.values).sort()).toEqual(
      [...Object.keys(exact), ...Object.keys(withinTwo)].sort(),
    );
  });

  test.each(Object.entries(exact))("%s gives PyTorch's bits", (name, replay) => {
    for (const { seed, values } of seeds) {
      const expected = values[name]!;
      expect(Array.from(replay(torch(seed)))).toEqual(isFloat64(name) ? expected : asFloat32(expected));
    }
  });

  test.each(Object.entries(withinTwo))(
    "%s is within 2 units in the last place of PyTorch's",
    (name, replay) => {
      for (const { seed, values } of seeds)
        expect(ulps(replay(torch(seed)), values[name]!)).toBeLessThanOrEqual(2);
    },
  );

  test("seeds count modulo 2^32, negative ones too", () => {
    expect(torch(123456789012).random()).toBe(torch(3197704724).random());
    expect([...draw.uniform(torch(-1), 3)]).toEqual(
      asFloat32([0.9937993884086609, 0.5713063478469849, 0.5700080394744873]),
    );
  });

  const more = golden("torch") as {
    cases: [number, "float32" | "float64", "uniform" | "normal", number, number, number[]][];
    streams: [number, Record<string, number[] & number>][];
  };

  test("uniform and normal arrays of 1 to 100 elements and eight more seeds agree", () => {
    for (const [seed, dtype, kind, a, b, expected] of more.cases) {
      const n = expected.length;
      const title = `seed ${seed}, ${dtype}, ${kind}(${a}, ${b}) of ${n}`;
      if (dtype === "float32")
        expect([...draw[kind](torch(seed), n, a, b)], title).toEqual(asFloat32(expected));
      else if (kind === "uniform") expect([...draw.uniform64(torch(seed), n, a, b)], title).toEqual(expected);
      // Near 0 the sum with the mean cancels: measure in units of what was added.
      else
        expect(ulps(draw.normal64(torch(seed), n, a, b), expected), title).toBeLessThanOrEqual(
          a === 0 ? 2 : 8,
        );
    }
  });

  test("one long stream of all kinds of draws agrees", () => {
    for (const [seed, expected] of more.streams) {
      const g = torch(seed);
      const check = (name: string, values: ArrayLike<number>) =>
        expect(Array.from(values), `seed ${seed}, ${name}`).toEqual(expected[name]);
      check("randint(0,10)", draw.integers(g, 20, 0, 10));
      check("randint(-7,2**31-1)", draw.integers(g, 20, -7, 2 ** 31 - 1));
      check("randint(-2**31,2**31)", draw.integers(g, 20, -(2 ** 31), 2 ** 31));
      check("randint(-5,2**40)", draw.integers64(g, 20, -5, 2 ** 40));
      check("randperm(257)", g.permutation(257));
      check("bernoulli_(.3)", draw.bernoulli(g, 30, 0.3));
      check("bernoulli_(.7) float64", draw.bernoulli64(g, 30, 0.7));
      check("bernoulli_(.5) bool", draw.bernoulliBool(g, 30, 0.5));
      check("bernoulli(.3)", draw.bernoulliEach(g, new Float32Array(30).fill(0.3)));
      check("bernoulli(.3) float64", draw.bernoulliEach(g, new Float64Array(30).fill(0.3)));
      expect([...draw.normal(g, 5)]).toEqual(asFloat32(expected["randn(5)"]!));
      expect(ulps(draw.normal64(g, 4), expected["randn(4) float64"]!)).toBeLessThanOrEqual(2);
      expect([...draw.uniform(g, 3)]).toEqual(asFloat32(expected["rand(3)"]!));
      expect([...draw.normal(g, 20)]).toEqual(asFloat32(expected["randn(20)"]!));
      expect(ulps(draw.normal64(g, 1), expected["randn(1) float64"]!)).toBeLessThanOrEqual(2);
      expect(g.drawSeed()).toBe(expected["random_() % 2**32"]);
      expect([...draw.uniform(g, 1)]).toEqual(asFloat32(expected["rand(1) at the end"]!));
    }
  });
});
