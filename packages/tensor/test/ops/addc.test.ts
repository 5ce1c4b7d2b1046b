import { gradcheck, gradgradcheck, noGrad, tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

const f64 = { dtype: "float64", requiresGrad: true } as const;

describe.each(["addcmul", "addcdiv"] as const)("%s", (name) => {
  const x = tensor([1, 1], f64);
  const a = tensor([[2], [4]], f64);
  const b = tensor([[5, 3]], f64);

  test("adds the scaled product or quotient, broadcasting all three", () => {
    // 1 - 0.1·2·5, 1 - 0.1·2·3, 1 - 0.1·4·5, 1 - 0.1·4·3; 1 - 0.1·2/5 ...
    const byHand =
      name === "addcmul" ? [0, 0.4, -1, -0.2] : [1 - 0.2 / 5, 1 - 0.2 / 3, 1 - 0.4 / 5, 1 - 0.4 / 3];
    const y = x[name](a, b, { value: -0.1 });
    expect(y.shape).toEqual([2, 2]);
    y.toTypedArray().forEach((v, i) => expect(v).toBeCloseTo(byHand[i]!, 14));
  });

  test("has the first and second gradients that finite differences show", () => {
    gradcheck((p, q, r) => p[name](q, r, { value: -0.1 }), [x, a, b]);
    gradgradcheck((p, q, r) => p[name](q, r, { value: -0.1 }), [x, a, b]);
  });

  test("in place writes the same values into the tensor itself", () => {
    const y = tensor([
      [1, 2],
      [3, 4],
    ]);
    const outOfPlace = y[name](a.detach().to("float32"), b.detach().to("float32")).toArray();
    const same = noGrad(() => y[`${name}_`](a.to("float32"), b.to("float32")));
    expect(same).toBe(y);
    expect(y.toArray()).toEqual(outOfPlace);
  });
});
