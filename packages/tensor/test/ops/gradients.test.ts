/** Gradients that have kernels of their own. */
import {
  fromTypedArray,
  grad,
  gradcheck,
  gradgradcheck,
  standardize,
  tensor,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

type F = (x: Tensor) => Tensor;

const functions: [string, F][] = [
  ["relu", (x) => x.relu()],
  ["sigmoid", (x) => x.sigmoid()],
  ["tanh", (x) => x.tanh()],
  ["softmax", (x) => x.softmax(-1)],
  ["softmax along the first dimension", (x) => x.softmax(0)],
  ["logSoftmax", (x) => x.logSoftmax(-1)],
  ["logSoftmax along the first dimension", (x) => x.logSoftmax(0)],
  ["standardize", (x) => standardize(x, -1)],
  ["standardize along the first dimension", (x) => standardize(x, 0)],
];

/** Numbers from -2 to 2, none of them near the corner of relu; more than plain loops are used for. */
function numbers(...shape: number[]): Tensor {
  const n = shape.reduce((a, b) => a * b, 1);
  return fromTypedArray(
    Float64Array.from({ length: n }, (_, i) => ((i * 37) % 80) / 20 - 1.975),
    shape,
  ).clone();
}

function gradient(f: F, x: Tensor, g: Tensor): Tensor {
  const input = x.clone().requiresGrad_();
  const [dx] = grad(f(input), [input], { gradOutputs: g });
  return dx;
}

test("where the input is NaN, relu lets the gradient through, and nothing through at 0", () => {
  const x = tensor([-1, 0, NaN, 2, -0, Infinity, -Infinity]);
  const g = tensor([1, 2, 3, 4, 5, 6, 7]);
  const dx = gradient((x) => x.relu(), x, g); // PyTorch gives these
  expect(dx.toArray()).toEqual([0, 0, 3, 4, 0, 6, 0]);
});

test("gradients of saturated functions are 0, those of NaN are NaN", () => {
  const x = tensor([-200, NaN, 200]);
  const g = tensor([1, 1, 1]);
  expect(gradient((x) => x.sigmoid(), x, g).toArray()).toEqual([0, NaN, 0]);
  expect(gradient((x) => x.tanh(), x, g).toArray()).toEqual([0, NaN, 0]);
});

test.each([
  ["sigmoid", [-0.05755679485232075, 0.09600386680338782]],
  ["tanh", [-0.7268619813835873, 0.4757426867634726]],
  ["relu", [0, 0]],
  ["abs", [0, 0]],
] as const)("the second derivative of %s is PyTorch's", (name, expected) => {
  const x = fromTypedArray(Float64Array.of(0.5, -1.25)).requiresGrad_();
  const [dx] = grad(x[name]().sum(), [x], { createGraph: true });
  const [d2x] = grad(dx.sum(), [x]);
  (d2x.toArray() as number[]).forEach((y, i) => expect(y).toBeCloseTo(expected[i]!, 14));
});

describe.each(functions)("the gradient of %s", (_, f) => {
  test("agrees with finite differences, once and twice, for more elements than a loop is taken for", () => {
    gradcheck(f, [numbers(5, 9).requiresGrad_()]);
    gradgradcheck(f, [numbers(5, 9).requiresGrad_()]);
  });

  test.each(["float32", "float64"] as const)("does not depend on the strides of a %s gradient", (dtype) => {
    const x = numbers(6, 10).to(dtype);
    const strided = [
      numbers(10, 6).to(dtype).t(),
      numbers(6, 20).to(dtype).narrow(1, 3, 10),
      numbers(10).to(dtype).expand(6, 10),
      numbers(6, 1).to(dtype).expand(6, 10),
      numbers(1).to(dtype).expand(6, 10),
    ];
    for (const g of strided)
      expect(gradient(f, x, g).toArray()).toEqual(gradient(f, x, g.clone().contiguous()).toArray());
  });

  test("of an empty tensor is empty", () => {
    for (const shape of [[0, 3], [3, 0], [0]])
      expect(gradient(f, numbers(...shape), numbers(...shape)).shape).toEqual(shape);
  });
});
