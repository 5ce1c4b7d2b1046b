/** What an operation computes in between stands in memory that is used again, and nobody notices. */
import { describe, expect, test } from "vitest";
import { softplus } from "../../src/fused/index.ts";
import { fromTypedArray, grad, memoryStats, standardize, type Tensor } from "../../src/index.ts";

/** Rows of 16 numbers: alone too few for scratch memory, together enough. */
const ROWS = 64;
const x = fromTypedArray(
  Float64Array.from({ length: ROWS * 16 }, (_, i) => ((i * 7919) % 1000) / 250 - 2),
  [ROWS, 16],
);
const weight = x.flip(0).contiguous();

/** The second derivatives of `f` along a direction, of as many rows as there are. */
function second(f: (x: Tensor) => Tensor, rows: Tensor, direction: Tensor): Tensor {
  const leaf = rows.clone().requiresGrad_();
  const [g] = grad(f(leaf).mul(direction).sum(), [leaf], { createGraph: true });
  return grad(g.mul(direction).sum(), [leaf])[0];
}

describe.each([
  ["softplus", (x: Tensor) => softplus(x, 1, 20)],
  ["var", (x: Tensor) => x.var(1, { keepdim: true })],
  ["standardize", (x: Tensor) => standardize(x, 1)],
  ["standardize and var", (x: Tensor) => standardize(x, 1).mul(x.var(1, { keepdim: true }))],
])("%s", (_, f) => {
  test("has the same values and second derivatives for many rows as for each alone", () => {
    const [values, derivatives] = [f(x), second(f, x, weight)];
    for (let i = 0; i < ROWS; i++) {
      const [row, direction] = [x, weight].map((m) => m.narrow(0, i, 1).clone()) as [Tensor, Tensor];
      expect(values.narrow(0, i, 1).toArray()).toEqual(f(row).toArray());
      const expected = second(f, row, direction).toTypedArray();
      const actual = derivatives.narrow(0, i, 1).toTypedArray();
      actual.forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 10));
    }
  });

  test("takes no more memory when it is computed again", () => {
    f(x);
    const before = memoryStats().resident;
    for (let i = 0; i < 20; i++) f(x);
    expect(memoryStats().resident).toBeLessThanOrEqual(before + 2 ** 16);
  });
});
