import { tensor, type Tensor } from "@torchlet/tensor";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { F, Linear, ReLU, Sequential } from "../src/index.ts";

const value = fc.double({ min: -50, max: 50, noNaN: true });
const rows = fc
  .integer({ min: 1, max: 6 })
  .chain((c) => fc.array(fc.array(value, { minLength: c, maxLength: c }), { minLength: 1, maxLength: 5 }));

function matrix(data: number[][]): Tensor {
  return tensor(data, { dtype: "float64" });
}

function distance(a: Tensor, b: Tensor): number {
  return a.sub(b).abs().max().item();
}

test("softmax adds up to 1, does not see a shift, and is the exponential of logSoftmax", () => {
  fc.assert(
    fc.property(rows, value, (data, shift) => {
      const x = matrix(data);
      const y = F.softmax(x, 1);
      expect(Math.abs(y.sum().item() - data.length)).toBeLessThan(1e-12 * data.length);
      expect(distance(y, F.softmax(x.add(shift), 1))).toBeLessThan(1e-12);
      expect(distance(y, F.logSoftmax(x, 1).exp())).toBeLessThan(1e-12);
    }),
  );
});

test("crossEntropy for classes is crossEntropy for their one-hot probabilities, smoothed or not, and is not negative", () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (data, labelSmoothing, seed) => {
      const x = matrix(data);
      const classes = data[0]!.length;
      const target = tensor(
        data.map((_, i) => (seed + i * 7) % classes),
        { dtype: "int32" },
      );
      const loss = F.crossEntropy(x, target, { labelSmoothing });
      const oneHot = F.oneHot(target, classes).to("float64");
      expect(distance(loss, F.crossEntropy(x, oneHot, { labelSmoothing }))).toBeLessThan(1e-10);
      expect(loss.item()).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("normalize gives vectors of length 1", () => {
  fc.assert(
    fc.property(rows, (data) => {
      const x = matrix(data).add(100); // none is 0
      const lengths = F.normalize(x).square().sum(1).sqrt();
      expect(lengths.sub(1).abs().max().item()).toBeLessThan(1e-12);
    }),
  );
});

test("a state survives being loaded into another model of the same layers, whatever they are", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 }), (sizes) => {
      const build = (): Sequential =>
        new Sequential(...sizes.slice(1).flatMap((out, i) => [new Linear(sizes[i]!, out), new ReLU()]));
      const [a, b] = [build(), build()];
      b.loadStateDict(a.stateDict());
      const x = tensor([Array.from({ length: sizes[0]! }, (_, i) => i - 1)]);
      expect(b.forward(x).toArray()).toEqual(a.forward(x).toArray());
      expect(b.toString()).toBe(a.toString());
    }),
    { numRuns: 30 },
  );
});

test("a target that is broadcast is reported on the console, once for each pair of shapes", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const [x, t] = [tensor([[1], [2]]), tensor([1, 2])];
  expect(F.mseLoss(x, t).item()).toBe(0.5); // as in PyTorch: the mean over all four pairs
  F.mseLoss(x, t);
  F.mseLoss(x, x);
  expect(warn.mock.calls).toEqual([
    [
      "[mseLoss] target [2] is broadcast against input [2, 1]: the loss then compares every pair; give both the same shape",
    ],
  ]);
  warn.mockRestore();
});
