import fc from "fast-check";
import type { Tensor } from "@torchlet/tensor";
import { arange, Generator, IndexError, ShapeError, tensor, ValueError, zeros } from "@torchlet/tensor";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  BatchSampler,
  ConcatDataset,
  DataLoader,
  defaultCollate,
  RandomSampler,
  randomSplit,
  SequentialSampler,
  Subset,
  TensorDataset,
  WeightedRandomSampler,
  type Dataset,
} from "../../src/data/index.ts";

const numbers = (n: number): Dataset<number> => ({ length: n, get: (i) => i });
const valuesOf = (loader: Iterable<Tensor>): unknown[] => [...loader].map((x) => x.toArray());

describe("TensorDataset", () => {
  test("gives row i of every tensor", () => {
    const dataset = new TensorDataset(arange(6).view(3, 2), tensor([7, 8, 9]));
    expect(dataset.length).toBe(3);
    expect(dataset.get(2).map((x) => x.toArray())).toEqual([[4, 5], 9]);
  });

  test("refuses tensors with different numbers of rows, and names all shapes", () => {
    expect(() => new TensorDataset(zeros(3, 2), zeros(4))).toThrow(ShapeError);
    expect(() => new TensorDataset(zeros(3, 2), zeros(4))).toThrow(/\[3, 2\], \[4\]/);
    expect(() => new TensorDataset(tensor(1))).toThrow(ShapeError);
    expect(() => new TensorDataset()).toThrow(ValueError);
  });

  test.each([-1, 3, 0.5])("refuses sample %s of three", (index) => {
    expect(() => new TensorDataset(zeros(3)).get(index)).toThrow(IndexError);
  });

  test("makes batches by rows at once, in any order, that share no memory with it", () => {
    const x = arange(6).view(3, 2);
    const [batch] = new TensorDataset(x).getBatch([2, 0, 2]);
    expect(batch.toArray()).toEqual([
      [4, 5],
      [0, 1],
      [4, 5],
    ]);
    batch.fill_(9);
    expect(x.toArray()).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });
});

describe("Subset, ConcatDataset and randomSplit", () => {
  test("a subset renumbers samples, also for batches", () => {
    const subset = new Subset(new TensorDataset(tensor([10, 20, 30])), [2, 0]);
    expect(subset.get(0)[0].item()).toBe(30);
    expect(subset.getBatch([1, 0])[0].toArray()).toEqual([10, 30]);
    expect(() => subset.get(2)).toThrow(IndexError);
    expect(() => new Subset(numbers(3), [3])).toThrow(/there is no sample 3/);
  });

  test("a concatenation counts through all datasets, empty ones included", () => {
    const all = new ConcatDataset([numbers(2), numbers(0), numbers(3)]);
    expect(Array.from({ length: all.length }, (_, i) => all.get(i))).toEqual([0, 1, 0, 1, 2]);
    expect(() => all.get(5)).toThrow(IndexError);
    expect(() => new ConcatDataset([])).toThrow(ValueError);
  });

  test("parts of a split are disjoint, complete and as long as asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.integer(), (lengths, seed) => {
        const n = lengths.reduce((a, b) => a + b, 0);
        const parts = randomSplit(numbers(n), lengths, { generator: new Generator(seed) });
        expect(parts.map(({ length }) => length)).toEqual(lengths);
        const all = parts.flatMap(({ indices }) => indices);
        expect(all.toSorted((a, b) => a - b)).toEqual([...Array(n).keys()]);
      }),
    );
  });

  test("fractions give what they leave over to the first parts, one each", () => {
    expect(randomSplit(numbers(10), [0.25, 0.25, 0.25, 0.25]).map(({ length }) => length)).toEqual([
      3, 3, 2, 2,
    ]);
  });

  test.each([[[5, 6]], [[0.5, 0.6]], [[-1, 11]], [[4.5, 5.5]]])(
    "a split of ten into %j is refused",
    (lengths) => {
      expect(() => randomSplit(numbers(10), lengths)).toThrow(ValueError);
    },
  );
});

describe("samplers", () => {
  test("a batch sampler fills batches and keeps or drops the rest", () => {
    const source = new SequentialSampler(numbers(5));
    expect([...new BatchSampler(source, { batchSize: 2 })]).toEqual([[0, 1], [2, 3], [4]]);
    const dropping = new BatchSampler(source, { batchSize: 2, dropLast: true });
    expect([...dropping]).toHaveLength(2);
    expect(dropping.length).toBe(2);
    expect(() => new BatchSampler(source, { batchSize: 0 })).toThrow(ValueError);
  });

  test("weights decide how often a sample is drawn", () => {
    const n = 20_000;
    const drawn = [...new WeightedRandomSampler(tensor([1, 0, 3]), n, { generator: new Generator(1) })];
    const counts = [0, 1, 2].map((k) => drawn.filter((i) => i === k).length);
    expect(counts[1]).toBe(0);
    // binomial with p = 1/4: a standard deviation of √(n p (1 - p)) = 61
    expect(Math.abs(counts[0]! - n / 4)).toBeLessThan(5 * 61);
  });

  test("without replacement every sample with a weight comes at most once", () => {
    const once = { replacement: false, generator: new Generator(3) };
    const drawn = [...new WeightedRandomSampler([1, 5, 0, 2], 3, once)];
    expect(drawn.toSorted()).toEqual([0, 1, 3]);
    expect(() => new WeightedRandomSampler([1, 5, 0, 2], 4, once)).toThrow(/cannot draw 4 .* from 3 samples/);
  });

  test.each([
    ["a negative weight", () => new WeightedRandomSampler([1, -1], 1)],
    ["a weight that is not a number", () => new WeightedRandomSampler([NaN], 1)],
    ["weights of 0", () => new WeightedRandomSampler([0, 0], 1)],
    ["no draws", () => new WeightedRandomSampler([1], 0)],
    ["an empty dataset", () => new RandomSampler(numbers(0))],
    ["a fraction of a sample", () => new RandomSampler(numbers(3), { numSamples: 1.5 })],
  ])("refuse %s", (_, create) => {
    expect(create).toThrow(ValueError);
  });
});

describe("defaultCollate", () => {
  test("stacks tensors and makes tensors of numbers and booleans, strings stay an array", () => {
    const batch = defaultCollate([
      { x: tensor([1, 2]), y: 3, ok: true, name: "a", pair: [1, [2]] },
      { x: tensor([4, 5]), y: 6, ok: false, name: "b", pair: [3, [4]] },
    ]);
    expect(batch.x.toArray()).toEqual([
      [1, 2],
      [4, 5],
    ]);
    expect(batch.y.dtype).toBe("float32");
    expect(batch.ok.toArray()).toEqual([true, false]);
    expect(batch.name).toEqual(["a", "b"]);
  });

  test("keeps the structure of arrays", () => {
    const [first, [second]] = defaultCollate<[number, [number]]>([
      [1, [2]],
      [3, [4]],
    ]);
    expect(first.toArray()).toEqual([1, 3]);
    expect(second.toArray()).toEqual([2, 4]);
  });

  test.each([
    ["no samples", [], /no samples/],
    [
      "tensors of different shapes",
      [[zeros(2)], [zeros(3)]],
      /a sample\[0\] has shape \[2\] in one and \[3\] in another/,
    ],
    ["tuples of different lengths", [[1, 2], [1]], /the structure of a sample differs/],
    ["objects with different keys", [{ a: 1 }, { b: 1 }], /entries a and b/],
    ["mixed kinds", [{ a: [1] }, { a: ["x"] }], /a sample\.a\[0\] is a number or a string/],
    ["null", [[null], [null]], /a sample\[0\] is null/],
    ["objects of a class", [new Date()], /an object of class Date/],
  ])("refuses %s and says where", (_, samples: unknown[], message) => {
    expect(() => defaultCollate(samples)).toThrow(message);
  });
});

describe("DataLoader", () => {
  test("yields batches in order, the last one shorter or left out", () => {
    const dataset = new TensorDataset(arange(5));
    const batches = (options: object): unknown[] =>
      [...new DataLoader(dataset, { batchSize: 2, ...options })].map(([x]) => x.toArray());
    expect(batches({})).toEqual([[0, 1], [2, 3], [4]]);
    expect(batches({ dropLast: true })).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test("has as many batches as its length says, and shuffled ones hold every sample once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer(),
        (n, batchSize, seed) => {
          const loader = new DataLoader(numbers(n), {
            batchSize,
            shuffle: true,
            generator: new Generator(seed),
          });
          const batches = valuesOf(loader) as number[][];
          expect(batches).toHaveLength(loader.length);
          expect(batches.flat().toSorted((a, b) => a - b)).toEqual([...Array(n).keys()]);
        },
      ),
    );
  });

  test("shuffles anew in each epoch, and equally with the same seed", () => {
    const loader = (): DataLoader<number> =>
      new DataLoader(numbers(100), { batchSize: 100, shuffle: true, generator: new Generator("seed") });
    const [a, b] = [loader(), loader()];
    const [first, second] = [valuesOf(a), valuesOf(a)];
    expect(first).not.toEqual(second);
    expect([valuesOf(b), valuesOf(b)]).toEqual([first, second]);
  });

  test("fetches whole batches from a dataset that can, through subsets too", () => {
    const dataset = new TensorDataset(arange(6));
    const get = vi.spyOn(dataset, "get");
    const loader = new DataLoader(new Subset(dataset, [5, 4, 3]), { batchSize: 2 });
    expect([...loader].map(([x]) => x.toArray())).toEqual([[5, 4], [3]]);
    expect(get).not.toHaveBeenCalled();
  });

  test("refuses a dataset that does not say how many samples it has, instead of yielding none", () => {
    const endless = { get: (i: number) => i } as unknown as Dataset<number>;
    expect(() => new DataLoader(endless)).toThrow("the dataset has get(index), but its length is undefined");
  });

  test("collates as it is told, with the samples themselves", () => {
    const loader = new DataLoader(numbers(3), { batchSize: 2, collate: (batch) => batch.join("+") });
    expectTypeOf(loader).toEqualTypeOf<DataLoader<number, string>>();
    expect([...loader]).toEqual(["0+1", "2"]);
  });

  test("follows a sampler, or batches of one's own", () => {
    const sampler = { length: 2, *[Symbol.iterator]() { yield* [2, 0]; } }; // prettier-ignore
    expect(valuesOf(new DataLoader(numbers(3), { sampler }))).toEqual([[2], [0]]);
    expect(valuesOf(new DataLoader(numbers(3), { batchSampler: [[0], [2, 1]] }))).toEqual([[0], [2, 1]]);
  });

  test("iterates datasets that have no numbers", () => {
    const dataset = new Set([3, 1, 2]);
    const loader = new DataLoader(dataset, { batchSize: 2 });
    expect(valuesOf(loader)).toEqual([[3, 1], [2]]);
    expect(valuesOf(loader)).toEqual([[3, 1], [2]]);
    expect(() => loader.length).toThrow(/does not say its length/);
    expect(
      new DataLoader({ length: 3, [Symbol.iterator]: () => dataset.values() }, { batchSize: 2 }).length,
    ).toBe(2);
  });

  test("may be left in the middle of an epoch and used again", () => {
    const loader = new DataLoader(numbers(4));
    for (const x of loader) if (x.item() === 1) break;
    expect(valuesOf(loader)).toHaveLength(4);
  });

  test("has typed batches", () => {
    const loader = new DataLoader(new TensorDataset(zeros(2), zeros(2)));
    for (const [x, y] of loader) {
      expectTypeOf(x).toEqualTypeOf<Tensor>();
      expectTypeOf(y).toEqualTypeOf<Tensor>();
    }
    const objects = new DataLoader({ length: 1, get: () => ({ x: 1, name: "a", flags: [true] }) });
    expectTypeOf([...objects][0]!).toEqualTypeOf<{ x: Tensor; name: string[]; flags: Tensor[] }>();
  });

  const sampler = new SequentialSampler(numbers(3));
  test.each([
    ["a batch size of 0", () => new DataLoader(numbers(3), { batchSize: 0 }), /batchSize must be/],
    [
      "sampler and shuffle",
      () => new DataLoader(numbers(3), { sampler, shuffle: true }),
      /exclude each other/,
    ],
    [
      "batchSampler and batchSize",
      () => new DataLoader(numbers(3), { batchSampler: [[0]], batchSize: 2 }),
      /batchSampler excludes/,
    ],
    [
      "to shuffle what is iterated",
      () => new DataLoader(new Set([1]), { shuffle: true }),
      /has its own order/,
    ],
    ["a dataset that is none", () => new DataLoader({ length: 3 } as never), /get\(index\)/],
  ])("refuses %s", (_, create, message) => {
    expect(create).toThrow(ValueError);
    expect(create).toThrow(message);
  });
});
