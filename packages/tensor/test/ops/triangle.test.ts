import { grad, ones, tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

describe("tril and triu", () => {
  // PyTorch: torch.ones(2, 3).tril(d) and .triu(d) for d from -3 to 3
  const lower = [0, 0, 0b000100, 0b100110, 0b110111, 0b111111, 0b111111];
  const upper = [0b111111, 0b111111, 0b111111, 0b111011, 0b011001, 0b001000, 0];
  const bits = (mask: number): number[] => Array.from(mask.toString(2).padStart(6, "0"), Number);

  test.each([-3, -2, -1, 0, 1, 2, 3])("keep what is beside diagonal %i, in every matrix of a batch", (d) => {
    const x = ones(2, 2, 3);
    expect(x.tril(d).reshape(2, 6).toArray()).toEqual([bits(lower[d + 3]!), bits(lower[d + 3]!)]);
    expect(x.triu(d).reshape(2, 6).toArray()).toEqual([bits(upper[d + 3]!), bits(upper[d + 3]!)]);
  });

  test("clear also NaN and infinities, and let no gradient through there", () => {
    const x = tensor(
      [
        [1, NaN],
        [-Infinity, 4],
      ],
      { requiresGrad: true },
    );
    expect(x.tril().toArray()).toEqual([
      [1, 0],
      [-Infinity, 4],
    ]);
    const [dx] = grad(x.triu(), [x], { gradOutputs: ones(2, 2) });
    expect(dx.toArray()).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  test("leave empty matrices empty", () => {
    for (const shape of [
      [0, 3],
      [3, 0],
      [0, 2, 2],
    ])
      expect(ones(shape).tril().shape).toEqual(shape);
  });
});
