import { expect, test } from "vitest";
import { tensor } from "../../src/index.ts";

const nan = NaN;
const inf = Infinity;
const bases = [-inf, -2, -0, 0, 2, inf, nan, 1e-30, 1e30];

// What PyTorch 1.13 computes for `bases`: tensor(bases).pow(exponent), and its gradient; 32 bits, so 1e30 overflows.
test.each([
  [
    0.5,
    [nan, nan, -0, 0, 1.4142135, inf, nan, 1e-15, 1e15],
    [nan, nan, -inf, inf, 0.35355338, 0, nan, 5e14, 5e-16],
  ],
  [
    -0.5,
    [nan, nan, -inf, inf, 0.70710677, 0, nan, 1e15, 1e-15],
    [-0, nan, -inf, -inf, -0.17677669, -0, nan, -inf, -0],
  ],
  [-1, [-0, -0.5, -inf, inf, 0.5, 0, nan, 1e30, 1e-30], [-0, -0.25, -inf, -inf, -0.25, -0, nan, -inf, -0]],
  [-2, [0, 0.25, inf, inf, 0.25, 0, nan, inf, 0], [0, 0.25, inf, -inf, -0.25, -0, nan, -inf, -0]],
  [2, [inf, 4, 0, 0, 4, inf, nan, 0, inf], [-inf, -4, -0, 0, 4, inf, nan, 2e-30, 2e30]],
  [3, [-inf, -8, -0, 0, 8, inf, nan, 0, inf], [inf, 12, 0, 0, 12, inf, nan, 0, inf]],
  [4, [inf, 16, 0, 0, 16, inf, nan, 0, inf], [-inf, -32, -0, 0, 32, inf, nan, 0, inf]],
  [1, bases, bases.map(() => 1)],
  [0, bases.map(() => 1), bases.map(() => 0)],
])("of 0, infinities, negative and extreme numbers to the power %s is what PyTorch computes", (b, y, g) => {
  const x = tensor(bases, { requiresGrad: true });
  const power = x.pow(b);
  power.sum().backward();
  expectAll(power.toArray() as number[], y);
  expectAll(x.grad!.toArray() as number[], g);
});

function expectAll(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, e] of expected.entries()) {
    const x = actual[i]!;
    const close = Number.isFinite(e) && e !== 0 && Math.abs(x / e - 1) < 1e-6;
    if (!close) expect(x, `of ${bases[i]}`).toBe(e);
  }
}

test("powers of integers wrap at 32 bits", () => {
  const x = tensor([-3, 0, 70000, 123456789], { dtype: "int32" });
  expect(x.pow(2).toArray()).toEqual([9, 0, 605032704, -1757895751]);
  expect(x.square().toArray()).toEqual([9, 0, 605032704, -1757895751]);
  expect(x.pow(3).toArray()).toEqual([-27, 0, -383225856, 75731757]);
  expect(x.pow(31).toArray()).toEqual([-1264544299, 0, 0, 1333996989]);
});

test("a power of 1 is a copy", () => {
  const x = tensor([1, 2]);
  x.pow(1).zero_();
  expect(x.toArray()).toEqual([1, 2]);
});
