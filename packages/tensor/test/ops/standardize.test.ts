import {
  DTypeError,
  grad,
  gradcheck,
  gradgradcheck,
  ShapeError,
  standardize,
  tensor,
  ValueError,
} from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

const rows = [
  [1, 2, 4, 8],
  [-3, 0, 0.5, 100],
];

function near(actual: unknown, expected: readonly (readonly number[])[]): void {
  const flat = (actual as number[][]).flat();
  expected.flat().forEach((value, i) => {
    expect(flat[i]).toBeCloseTo(value, 12);
  });
}

test("standardize, its gradient and the gradient of that are those of PyTorch's layer_norm", () => {
  const x = tensor(rows, { dtype: "float64", requiresGrad: true });
  const y = standardize(x, 1);
  near(y.toArray(), [
    [-1.0257545754961932, -0.6527529116793956, 0.09325041595419936, 1.5852570712213894],
    [-0.6266793459840443, -0.5580021573830531, -0.5465559592828879, 1.7312374626499851],
  ]);
  const g = [
    [1, 0, 0, 2],
    [0.5, -1, 3, 0],
  ];
  const [dx] = grad(y, [x], { gradOutputs: tensor(g, { dtype: "float64" }), createGraph: true });
  near(dx.toArray(), [
    [0.29840104562647496, -0.14920084716205909, -0.2984013051055323, 0.14920110664111633],
    [-0.007864803286678015, -0.04165509580507641, 0.05000587262659464, -0.0004859735348402179],
  ]);
  const h = [
    [0, 1, -1, 2],
    [1, 1, 0, -2],
  ];
  const [ddx] = grad(dx, [x], { gradOutputs: tensor(h, { dtype: "float64" }) });
  near(ddx.toArray(), [
    [-0.033732083854418844, -0.005838155593120127, 0.17968922957597575, -0.14011899012843676],
    [-0.00033359290035270245, -0.001198619829439194, 0.0010620512593112288, 0.00047016147048066753],
  ]);
});

describe.each([0, 1, 2])("along dimension %i", (dim) => {
  const x = tensor(
    Array.from({ length: 60 }, (_, i) => ((i * 37) % 61) / 20 - 1.5),
    { dtype: "float64", requiresGrad: true },
  ).view(3, 4, 5);

  test("first and second gradients are those of finite differences", () => {
    expect(gradcheck((v) => standardize(v, dim), [x])).toBe(true);
    expect(gradgradcheck((v) => standardize(v, dim, 0.1), [x])).toBe(true);
  });
});

test("standardize refuses integers, missing dimensions, and an eps that makes NaN", () => {
  expect(() => standardize(tensor([1, 2], { dtype: "int32" }), 0)).toThrow(DTypeError);
  expect(() => standardize(tensor([1, 2]), 1)).toThrow(ShapeError);
  expect(() => standardize(tensor([1, 2]), 0, -1)).toThrow(ValueError);
  expect(() => standardize(tensor([1, 2]), 0, NaN)).toThrow(ValueError);
});
