import { readFileSync } from "node:fs";
import {
  DTypeError,
  Generator,
  manualSeed,
  multinomial,
  ones,
  ShapeError,
  tensor,
  ValueError,
  zeros,
  type DType,
} from "@torchlet/tensor";
import { expect, test } from "vitest";

type Case = [seed: number, weights: number[], dtype: DType, n: number, replacement: boolean, drawn: number[]];
const cases = JSON.parse(readFileSync(new URL("golden/multinomial.json", import.meta.url), "utf8")) as Case[];

test.each(cases)(
  "seed %i, weights %j in %s, %i of them, again: %s",
  (seed, weights, dtype, n, replacement, drawn) => {
    const generator = new Generator(seed, { engine: "torch" });
    expect(multinomial(tensor(weights, { dtype }), n, { replacement, generator }).toArray()).toEqual(drawn);
  },
);

test.each([true, false])("draws in proportion to the weights, replacement: %s", (replacement) => {
  manualSeed(1);
  const weights = [3, 0, 1, 6];
  const drawn = multinomial(tensor(weights).expand(20_000, 4), 1, { replacement });
  const counts = drawn.reshape(-1).bincount({ minlength: 4 }).toArray() as number[];
  counts.forEach((count, i) => {
    const p = weights[i]! / 10;
    expect(Math.abs(count - 20_000 * p)).toBeLessThanOrEqual(5 * Math.sqrt(20_000 * p * (1 - p)));
  });
});

test("without replacement draws no category twice", () => {
  manualSeed(2);
  const drawn = multinomial(ones(50, 6), 6).toArray() as number[][];
  for (const row of drawn) expect(row.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
});

test.each<[string, () => unknown, new (...args: never[]) => Error]>([
  ["a negative weight", () => multinomial(tensor([1, -1]), 1), ValueError],
  ["a weight that is no number", () => multinomial(tensor([1, NaN]), 1), ValueError],
  ["an infinite weight", () => multinomial(tensor([1, Infinity]), 1), ValueError],
  ["weights that are all 0", () => multinomial(tensor([[1, 1], [0, 0]]), 1, { replacement: true }), ValueError], // prettier-ignore
  ["more draws than categories with a weight", () => multinomial(tensor([1, 0, 2]), 3), ValueError],
  ["no categories", () => multinomial(zeros(2, 0), 1), ValueError],
  ["no draws", () => multinomial(ones(2), 0), ValueError],
  ["three dimensions", () => multinomial(ones(1, 2, 3), 1), ShapeError],
  ["integers", () => multinomial(tensor([1, 2], { dtype: "int32" }), 1), DTypeError],
  ["an array", () => multinomial([1, 2] as never, 1), DTypeError],
  ["PyTorch's positional replacement", () => multinomial(ones(2), 1, true as never), ValueError],
])("%s is refused by name", (_what, draw, kind) => {
  expect(draw).toThrow(kind);
  expect(draw).toThrow(/^\[multinomial\] /);
});
