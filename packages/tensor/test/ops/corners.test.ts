/** Corners where a comparison with PyTorch at random found a difference; every value is PyTorch's. */
import { describe, expect, test } from "vitest";
import {
  einsum,
  full,
  hessian,
  IndexError,
  noGrad,
  ones,
  ShapeError,
  tensor,
  ValueError,
  zeros,
  type Index,
  type Tensor,
} from "../../src/index.ts";

const float64 = { dtype: "float64" } as const;
const int32 = { dtype: "int32" } as const;

describe("a single boolean as an index", () => {
  const [yes, no] = [tensor(true), tensor(false)];
  const m = tensor([
    [0, 1, 2],
    [3, 4, 5],
  ]);

  test.each<[indices: Index[], shape: number[]]>([
    [[yes], [1, 2, 3]],
    [[no], [0, 2, 3]],
    [
      [":", yes],
      [2, 1, 3],
    ],
    [
      [yes, 1],
      [1, 3],
    ],
    [
      [no, 1],
      [0, 3],
    ],
  ])("adds a dimension with everything or nothing: case %#", (indices, shape) => {
    expect(m.at(...indices).shape).toEqual(shape);
  });

  test("picks a number or none", () => {
    expect(tensor(5).at(tensor(5).gt(9)).shape).toEqual([0]);
    expect(tensor(5).at(tensor(5).lt(9)).toArray()).toEqual([5]);
  });

  test("says whether anything is set", () => {
    const x = tensor([1, 2]);
    x.setAt_([x.sum().gt(100)], 0);
    expect(x.toArray()).toEqual([1, 2]);
    x.setAt_([x.sum().lt(100)], 0);
    expect(x.toArray()).toEqual([0, 0]);
  });
});

test("index numbers with a fraction are refused in lists as they are alone", () => {
  for (const index of [[0.9], [NaN]]) expect(() => tensor([10, 20]).at(index)).toThrow(IndexError);
});

test("what is repeated is a copy, also if it is repeated once", () => {
  const x = ones([1, 3], { requiresGrad: true });
  for (const counts of [
    [1, 1],
    [2, 1],
    [2, 0],
  ]) {
    const y = x.repeat(...counts).add_(1);
    expect(y.toArray()).toEqual(Array.from({ length: counts[0]! }, () => (counts[1] === 0 ? [] : [2, 2, 2])));
    expect(x.toArray()).toEqual([[1, 1, 1]]);
    noGrad(() => x.tile(...counts).zero_());
    expect(x.toArray()).toEqual([[1, 1, 1]]);
  }
  x.repeat(2, 1).sum().backward();
  expect(x.grad!.toArray()).toEqual([[2, 2, 2]]);
});

test("rolling by the whole size changes nothing, wherever the elements stand", () => {
  const x = tensor(Array.from({ length: 1000 }, (_, i) => [i, i + 1, i + 2])).t();
  for (const y of [x.roll(3, 0), x.roll(0, 1), x.roll([3, -1000], [0, 1])])
    expect(y.toArray()).toEqual(x.toArray());
});

test("addcmul and addcdiv compute in the common dtype of all three", () => {
  const yes = tensor([true, false]);
  expect(yes.addcmul(tensor([true, true]), tensor([1.5, 2.5]), { value: 2 }).toArray()).toEqual([4, 5]);
  const large = tensor([65536], int32);
  expect(tensor([0], float64).addcmul(large, large).toArray()).toEqual([4294967296]);
  expect(
    tensor([0], float64)
      .addcdiv(tensor([1]), tensor([3]))
      .item(),
  ).toBe(1 / 3);
  const integers = tensor([1, 2], int32).addcmul(tensor([1, 1], int32), tensor([1.5, 2.5]), { value: 0.5 });
  expect(integers.toArray()).toEqual([1.75, 3.25]);
});

test("nothing has no different elements", () => {
  for (const dtype of ["int32", "bool", "float32"] as const)
    expect(tensor([], { dtype }).unique().shape).toEqual([0]);
});

test("the second derivative of a length is right where an element is 0, and 0 where all are", () => {
  const length = (x: Tensor): Tensor => x.norm();
  const [[first], [, second, mixed]] = hessian(length, tensor([0, 3, 4], float64)).toArray() as [
    [number],
    [number, number, number],
  ];
  expect(first).toBeCloseTo(0.2, 12);
  expect(second).toBeCloseTo(0.128, 12);
  expect(mixed).toBeCloseTo(-0.096, 12);
  expect(hessian(length, zeros([2], float64)).toArray()).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test("lerp by a number stays in the dtype of its ends", () => {
  const y = tensor(1).lerp(tensor(2), 0.75);
  expect([y.item(), y.dtype]).toEqual([1.75, "float32"]);
});

test("division cut off at the point is rounded to float32 first", () => {
  expect(
    tensor([1])
      .div(tensor([0.1]), { roundingMode: "trunc" })
      .toArray(),
  ).toEqual([10]);
  expect(
    tensor([1], int32)
      .div(tensor([0.1]), { roundingMode: "trunc" })
      .toArray(),
  ).toEqual([10]);
});

test("logaddexp has gradients 1 and 0 where an operand is infinite", () => {
  const a = tensor([Infinity, 0], { requiresGrad: true });
  const b = tensor([0, Infinity], { requiresGrad: true });
  a.logaddexp(b).sum().backward();
  expect(a.grad!.toArray()).toEqual([1, 0]);
  expect(b.grad!.toArray()).toEqual([0, 1]);
});

test("NaN is true", () => {
  const bool = { dtype: "bool" } as const;
  for (const x of [tensor([NaN], bool), full([1], NaN, bool), zeros([1], bool).fill_(NaN)])
    expect(x.toArray()).toEqual([true]);
  expect(
    zeros([1], bool)
      .copy_(tensor([NaN]))
      .toArray(),
  ).toEqual([true]);
});

test("a letter that stands twice in one operand has one size", () => {
  expect(() => einsum("ii->i", ones(4, 1))).toThrow(ShapeError);
});

test("a scatter that multiplies has no gradient, and none is asked for under noGrad", () => {
  const x = ones([3], { requiresGrad: true });
  const scatter = (): Tensor => x.scatter(0, tensor([0], int32), tensor([5]), { reduce: "multiply" });
  expect(scatter).toThrow(ValueError);
  expect(noGrad(scatter).toArray()).toEqual([5, 1, 1]);
});

test("what counts must be an integer", () => {
  expect(() => ones(2, 2).tril(1.5)).toThrow(ValueError);
  expect(() => ones(2, 2).triu(NaN)).toThrow(ValueError);
  expect(() => tensor([1], int32).bincount({ minlength: 1.5 })).toThrow(ValueError);
});

test("products say that their operands must be tensors", () => {
  const x = ones(2, 2) as unknown as Record<string, (y: unknown) => unknown>;
  for (const product of ["matmul", "mm", "bmm", "mv", "dot", "outer"])
    expect(() => x[product]!([1, 2])).toThrow(
      `[${product}] the second argument must be a tensor, got an array`,
    );
});

// PyTorch 1.13 gives these.
test.each([
  [1e38, 1.0408329206908329e38],
  [1e20, 1.0408329791857807e20],
  [1e-25, 1.0408330623694347e-25],
])("the standard deviation of numbers around %d is one in float32, too", (size, expected) => {
  const x = tensor([size, -size, size / 2], { requiresGrad: true });
  const y = x.std();
  expect(y.item() / expected).toBeCloseTo(1, 6);
  y.backward();
  const gradient = [0.4003203809261322, -0.5604485273361206, 0.1601281613111496];
  (x.grad!.toArray() as number[]).forEach((g, i) => expect(g).toBeCloseTo(gradient[i]!, 6));
});

test.each(["float32", "float64"] as const)(
  "the deviation of equal numbers in %s is 0, and its gradient too",
  (dtype) => {
    for (const value of [0.1, 1 / 3, 0.8523013063699564, 1e-7]) {
      const x = full([3], value, { dtype, requiresGrad: true });
      const y = x.std();
      expect(y.item()).toBe(0);
      y.backward();
      expect(x.grad!.eq(0).all().item()).toBe(1);
    }
  },
);

test("a mean between two float32 numbers costs the variance no digits", () => {
  expect(tensor([8_388_608, 8_388_609]).var().item()).toBe(0.5);
});
