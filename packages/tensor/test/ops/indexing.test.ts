import { arange, grad, IndexError, tensor, type Tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

const mask = tensor([
  [true, false, false],
  [false, false, true],
]);

// All values are those of PyTorch 1.13.
describe("a mask over several dimensions", () => {
  const x = arange(24).view(2, 2, 3, 2);

  test("selects in the place of those that it covers", () => {
    expect(x.at(":", mask).toArray()).toEqual([
      [
        [0, 1],
        [10, 11],
      ],
      [
        [12, 13],
        [22, 23],
      ],
    ]);
  });

  test("meets other indices point by point", () => {
    expect(x.at([1, 0], mask).toArray()).toEqual([
      [12, 13],
      [10, 11],
    ]);
  });

  test("selects from views that are not contiguous, and gives their gradient", () => {
    const y = x.to("float64").requiresGrad_();
    const picked = y.permute(3, 1, 2, 0).at(":", mask);
    expect(picked.toArray()).toEqual([
      [
        [0, 12],
        [10, 22],
      ],
      [
        [1, 13],
        [11, 23],
      ],
    ]);
    const [dy] = grad(picked.mul(picked).sum(), [y]);
    expect(dy.reshape(-1).toArray()).toEqual([
      0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 20, 22, 24, 26, 0, 0, 0, 0, 0, 0, 0, 0, 44, 46,
    ]);
  });

  test("must have their shape", () => {
    expect(() => x.at(":", ":", mask)).toThrow(IndexError);
  });
});

describe("an index tensor", () => {
  test("of any shape replaces the dimension that it indexes, also with negative indices", () => {
    const x = arange(12).view(3, 2, 2);
    const index = tensor([[0, -1]], { dtype: "int32" });
    expect(x.at(":", index).toArray()).toEqual([
      [
        [
          [0, 1],
          [2, 3],
        ],
      ],
      [
        [
          [4, 5],
          [6, 7],
        ],
      ],
      [
        [
          [8, 9],
          [10, 11],
        ],
      ],
    ]);
    expect(x.at(index).toArray()).toEqual([
      [
        [
          [0, 1],
          [2, 3],
        ],
        [
          [8, 9],
          [10, 11],
        ],
      ],
    ]);
  });

  test("together with another selects point by point, and comes first where a range stands between them", () => {
    const x = arange(12).view(3, 2, 2);
    const [i, k] = [tensor([2, 0, 1], { dtype: "int32" }), tensor([1], { dtype: "int32" })];
    const results: Tensor[] = [x.at(i, k), x.at(i, ":", k)];
    expect(results.map((y) => y.toArray())).toEqual([
      [
        [10, 11],
        [2, 3],
        [6, 7],
      ],
      [
        [9, 11],
        [1, 3],
        [5, 7],
      ],
    ]);
  });
});
