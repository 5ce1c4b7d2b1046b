/** What PyTorch 1.13 computes for the same calls, bounds, NaN and infinity included. */
import { describe, expect, test } from "vitest";
import { tensor, type Tensor } from "../../src/index.ts";

const values = [-2, -1, 0, 1, 2, NaN, Infinity];

describe.each(["float32", "float64"] as const)("clamp of %s with numbers", (dtype) => {
  test.each([
    ["to an interval", (x: Tensor) => x.clamp(-1, 1), [-1, -1, 0, 1, 1, NaN, 1], [0, 1, 1, 1, 0, 0, 0]],
    ["from below", (x: Tensor) => x.clamp(0), [0, 0, 0, 1, 2, NaN, Infinity], [0, 0, 1, 1, 1, 0, 1]],
    ["from above", (x: Tensor) => x.clamp(null, 0), [-2, -1, 0, 0, 0, NaN, 0], [1, 1, 1, 0, 0, 0, 0]],
    ["with min above max", (x: Tensor) => x.clamp(2, 1), [1, 1, 1, 1, 1, NaN, 1], [0, 0, 0, 0, 0, 0, 0]],
  ])("%s passes the gradient on between the bounds, these included", (_, f, expected, gradient) => {
    // Often enough for the kernels in WebAssembly, and for those that are not.
    for (const times of [1, 10]) {
      const x = tensor(Array.from({ length: times }, () => values).flat(), { dtype, requiresGrad: true });
      const y = f(x);
      y.sum().backward();
      expect(y.toArray()).toEqual(Array.from({ length: times }, () => expected).flat());
      expect(x.grad?.toArray()).toEqual(Array.from({ length: times }, () => gradient).flat());
    }
  });

  test("and with tensors gives the same", () => {
    const bounds = [tensor(-1, { dtype }), tensor(1, { dtype })] as const;
    for (const [min, max] of [bounds, [bounds[0], null], [null, bounds[1]]] as const) {
      const [x, y] = [
        tensor(values, { dtype, requiresGrad: true }),
        tensor(values, { dtype, requiresGrad: true }),
      ];
      const byNumbers = x.clamp(min && -1, max && 1);
      expect(byNumbers.toArray()).toEqual(y.clamp(min, max).toArray());
      byNumbers.sum().backward();
      y.clamp(min, max).sum().backward();
      expect(x.grad?.toArray()).toEqual(y.grad?.toArray());
    }
  });
});

test("errors name the function that was called", () => {
  const [x, other] = [tensor([1, 2]), tensor([1, 2, 3])];
  expect(() => x.clamp(other)).toThrow("[clamp]");
  expect(() => x.clamp(null, other)).toThrow("[clamp]");
  expect(() => x.clamp(other, 1)).toThrow("[clamp]");
  expect(() => x.clampMin(other)).toThrow("[clampMin]");
  expect(() => x.clampMax(other)).toThrow("[clampMax]");
  expect(() => x.clamp(undefined as unknown as null)).toThrow("[clamp] at least one");
});

test("a value that was clamped and then changed is named by the function that saved it", () => {
  const x = tensor([1, 2], { requiresGrad: true }).mul(1);
  const y = x.clampMin(0).sum();
  x.add_(1);
  expect(() => y.backward()).toThrow("clampMin saved a tensor");
});
