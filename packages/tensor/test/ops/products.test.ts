import { tensor, type Tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

describe.each(["prod", "cumprod"] as const)("the gradient of %s", (op) => {
  const gradient = (values: number[]): number[] => {
    const x = tensor(values, { dtype: "float64", requiresGrad: true });
    const y: Tensor = op === "prod" ? x.prod() : x.cumprod(0).select(0, values.length - 1);
    y.backward();
    return x.grad!.toArray() as number[];
  };

  test("is the product of the other factors", () => {
    expect(gradient([2, 4, 8])).toEqual([32, 16, 8]);
  });

  test("is right where a factor is 0", () => {
    expect(gradient([2, 0, 8])).toEqual([0, 16, 0]);
    expect(gradient([0, 0, 8])).toEqual([0, 0, 0]);
  });

  test("is right where the product is too small or too large for a number", () => {
    expect(gradient([2 ** -600, 2 ** -500])).toEqual([2 ** -500, 2 ** -600]);
    expect(gradient([2 ** 600, 2 ** 500])).toEqual([2 ** 500, 2 ** 600]);
  });
});
