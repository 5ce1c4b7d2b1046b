import { readFileSync } from "node:fs";
import { arange, defaultGenerator, Generator, manualSeed } from "@torchlet/tensor";
import { afterAll, describe, expect, test } from "vitest";
import {
  DataLoader,
  RandomSampler,
  randomSplit,
  SubsetRandomSampler,
  TensorDataset,
  WeightedRandomSampler,
  type DataLoaderOptions,
} from "../../src/data/index.ts";

interface Case {
  readonly seed: number;
  readonly default: unknown;
  readonly following: number;
  readonly explicit: unknown;
}

const golden = JSON.parse(readFileSync(new URL("../golden/data-order.json", import.meta.url), "utf8")) as {
  readonly weights: number[];
  readonly cases: Record<string, readonly Case[]>;
};

type Given = { generator?: Generator };

const epochs = (sampler: Iterable<number>): number[][] => Array.from({ length: 3 }, () => [...sampler]);

function batches(options: Omit<DataLoaderOptions<unknown, unknown>, "collate">): unknown {
  const loader = new DataLoader(new TensorDataset(arange(10)), options);
  return Array.from({ length: 3 }, () => [...loader].map(([x]) => x.toArray()));
}

const make: Record<string, (given: Given) => unknown> = {
  random: (given) => epochs(new RandomSampler({ length: 10 }, given)),
  "random numSamples": (given) => epochs(new RandomSampler({ length: 4 }, { numSamples: 10, ...given })),
  "random replacement": (given) =>
    epochs(new RandomSampler({ length: 10 }, { replacement: true, numSamples: 70, ...given })),
  subset: (given) => epochs(new SubsetRandomSampler([5, 7, 11, 13, 17], given)),
  weighted: (given) => epochs(new WeightedRandomSampler(golden.weights, 20, given)),
  "weighted once": (given) =>
    epochs(new WeightedRandomSampler(golden.weights, 4, { replacement: false, ...given })),
  loader: (given) => batches({ batchSize: 4, shuffle: true, ...given }),
  "loader in order": (given) => batches({ batchSize: 4, dropLast: true, ...given }),
  split: (given) => [
    randomSplit(new TensorDataset(arange(11)), [0.5, 0.3, 0.2], given).map(({ indices }) => indices),
  ],
};

describe("with engine torch, samples come in PyTorch's order", () => {
  afterAll(() => void manualSeed(0, { engine: "seedrandom" }));

  const all = Object.entries(golden.cases).flatMap(([name, list]) =>
    list.map((c) => [`${name} with seed ${c.seed}`, name, c] as const),
  );

  test.each(all)("%s, from the default generator, whose stream goes on as PyTorch's", (_, name, c) => {
    manualSeed(c.seed, { engine: "torch" });
    expect(make[name]!({})).toEqual(c.default);
    expect(defaultGenerator().random()).toBe(c.following);
  });

  test.each(all)("%s, from a generator", (_, name, c) => {
    const generator = new Generator(c.seed, { engine: "torch" });
    expect(make[name]!({ generator })).toEqual(c.explicit);
  });
});
