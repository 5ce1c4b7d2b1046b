import { describe, expect, it } from "vitest";
import { einsum, grad, gradcheck, noGrad, ones, tensor, where, zeros, type Tensor } from "@torchlet/tensor";

const leaf = (...values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

describe("in-place changes that are recorded", () => {
  it("carry the gradient on from the old value to the new one", () => {
    const x = leaf(1, 1);
    const y = x.mul(3);
    y.pow_(2);
    expect(y.toArray()).toEqual([9, 9]);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual([18, 18]); // d(9x²)/dx
  });

  it("keep the overwritten value where their own gradient needs it", () => {
    const x = leaf(1, 1);
    const w = leaf(5, 5);
    const y = x.mul(3);
    y.mul_(w);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual([15, 15]);
    expect(w.grad?.toArray()).toEqual([3, 3]);
  });

  it("make a tensor without history part of the graph", () => {
    const w = leaf(1, 1);
    const z = zeros([2], { dtype: "float64" });
    z.setAt_([0], w.at(1).mul(3));
    expect(z.requiresGrad).toBe(true);
    expect(z.isLeaf).toBe(false);
    z.sum().backward();
    expect(w.grad?.toArray()).toEqual([0, 3]);
  });

  it("can be repeated, also after reading through views that are not recorded", () => {
    const w = leaf(2, 3);
    const z = zeros([2], { dtype: "float64" });
    z.setAt_([0], 7); // not recorded
    z.setAt_([0], w.at(0)).setAt_([1], w.at(1).mul(10));
    z.sum().backward();
    expect(z.toArray()).toEqual([2, 30]);
    expect(w.grad?.toArray()).toEqual([1, 10]);
  });

  it("let no gradient through what was overwritten", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    y.zero_();
    expect(y.requiresGrad).toBe(true);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual([0, 0]);

    const source = leaf(5);
    const z = leaf(1, 2).mul(2);
    z.copy_(source);
    z.sum().backward();
    expect(source.grad?.toArray()).toEqual([2]);
  });

  it("agree with differences, one after the other", () => {
    const f = (x: Tensor, w: Tensor): Tensor =>
      x.mul(1).mul_(w).add_(x).exp_().div_(w).sub_(w).sigmoid_().pow_(3).tanh_().clamp_(0.1, 0.6).neg_();
    expect(gradcheck(f, [leaf(0.3, -0.2), leaf(0.7, 1.1)])).toBe(true);
  });
});

describe("in-place changes that would make a history wrong", () => {
  it("are refused on a view, even if the new value is a constant", () => {
    const y = leaf(1, 1).mul(2);
    expect(() => y.at(0).zero_()).toThrow(/\[copy_\].*view/);
    expect(() => y.at("0:1").copy_(1)).toThrow(/view/);
  });

  it("are recorded on a tensor that was only broadcast", () => {
    const w = leaf(2, 3);
    const y = tensor([1, 1], { dtype: "float64" });
    where(ones(4, 2).gt(y), ones(4, 2).sub(y), y);
    y.mul_(w);
    y.sum().backward();
    expect(w.grad?.toArray()).toEqual([1, 1]);
  });

  it("are refused on a tensor that has views", () => {
    const y = leaf(1, 1).mul(2);
    y.at(0);
    expect(() => y.zero_()).toThrow(/has had views/);
    expect(() => zeros([2], { dtype: "float64" }).view(2).add_(y)).toThrow(/view/);
  });

  it("leave the tensor as it was", () => {
    const y = leaf(1, 1).mul(2);
    y.at(0);
    expect(() => y.mul_(3)).toThrow();
    expect(y.toArray()).toEqual([2, 2]);
    expect(y.storage.version).toBe(0);
  });

  it("pass unrecorded under noGrad, and are found if a gradient needs the value", () => {
    const y = leaf(1, 1).mul(2);
    const z = y.mul(1);
    const s = y.exp();
    noGrad(() => y.at(0).zero_());
    expect(y.toArray()).toEqual([0, 2]);
    z.sum().backward();
    s.sum().backward(null, { inputs: [y] }); // exp saved its own output
    expect(y.grad?.at(1).item()).toBeCloseTo(Math.exp(2), 12);
  });
});

describe("a value that was saved and then changed", () => {
  it.each<[string, (w: Tensor) => unknown]>([
    ["under noGrad", (w) => noGrad(() => w.add_(1))],
    ["through a detached alias", (w) => w.detach().add_(1)],
    ["through a view of a detached alias", (w) => w.detach().at(0).fill_(1)],
    ["by zero_", (w) => noGrad(() => w.zero_())],
    ["by setAt_", (w) => noGrad(() => w.setAt_([0], 3))],
    ["by copy_", (w) => noGrad(() => w.copy_(3))],
    ["by random numbers", (w) => noGrad(() => w.uniform_())],
  ])("is found between forward and backward: %s", (_, change) => {
    const x = leaf(1, 2);
    const w = leaf(3, 4);
    const y = x.mul(w).sum();
    change(w);
    expect(() => y.backward()).toThrow(/mul saved a tensor of shape \[2\].*_ changed it in place/);
  });

  it("is found when a gradient reads it through a view", () => {
    const a = ones([2, 3], { requiresGrad: true });
    const b = ones([3, 2], { requiresGrad: true });
    const y = a.matmul(b).sum(); // dA = g Bᵀ
    noGrad(() => b.mul_(2));
    expect(() => grad(y, [a])).toThrow(/matmul saved a tensor of shape \[3, 2\].*mul_ changed/);
  });

  it("is found when a gradient reads an index", () => {
    const x = leaf(1, 2, 3);
    const index = tensor([2, 0], { dtype: "int32" });
    const y = x.gather(0, index).sum();
    index.fill_(1);
    expect(() => y.backward()).toThrow(/gather saved.*fill_ changed/);
  });

  it("is found in the second of two backward passes", () => {
    const x = leaf(2);
    const y = x.square().sum();
    y.backward(null, { retainGraph: true });
    noGrad(() => x.sub_(1));
    expect(() => y.backward()).toThrow(/square saved.*sub_ changed/);
  });

  it("does no harm where no gradient is wanted from it", () => {
    const x = leaf(1, 2);
    const w = tensor([3, 4], { dtype: "float64" });
    const y = x.mul(w).sum(); // d/dx needs w, d/dw is not wanted
    noGrad(() => x.mul_(100));
    y.backward();
    expect(x.grad?.toArray()).toEqual([3, 4]);
  });

  it("cannot be seen when it was written through `data`, as the documentation says", () => {
    const x = leaf(1, 2);
    const y = x.square().sum();
    x.data[0] = 10;
    y.backward();
    expect(x.grad?.toArray()).toEqual([20, 4]);
  });
});

describe("changes in place that PyTorch records, and torchlet once did not", () => {
  const single = (...values: number[]): Tensor => tensor(values, { requiresGrad: true });

  it("a copy of a tensor is a node of its own", () => {
    const x = single(1, 2);
    const y = zeros([2]).copy_(x);
    expect(y.isLeaf).toBe(false);
    y.registerHook((g) => g.mul(100));
    x.mul(3).add(y.mul(2)).sum().backward();
    expect(x.grad!.toArray()).toEqual([203, 203]);
    const z = zeros([2]).copy_(x).mul_(2);
    const [dz, dx] = grad(x.mul(3).add(z).sum(), [z, x]);
    expect([dz.toArray(), dx.toArray()]).toEqual([
      [1, 1],
      [5, 5],
    ]);
  });

  it("everything of a tensor is a view of it, not itself", () => {
    const x = single(1, 2);
    for (const index of [":", "..."] as const) {
      const y = x.at(index);
      expect(y).not.toBe(x);
      y.registerHook((g) => g.mul(100));
      x.grad = null;
      x.mul(3).add(y.mul(2)).sum().backward();
      expect(x.grad!.toArray()).toEqual([203, 203]);
    }
  });

  const a = [1, 2, 3, 4].map((v) => v / 4);
  it.each<[name: string, make: (x: Tensor) => Tensor]>([
    ["matmul of a matrix and a vector", (x) => x.view(2, 2).matmul(tensor([1, 2]))],
    ["dot", (x) => x.dot(tensor([1, 2, 3, 4]))],
    [
      "a batch times a matrix",
      (x) =>
        x.view(1, 2, 2).matmul(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
    ],
    ["max along a dimension", (x) => x.view(2, 2).max(1).values],
    ["logsumexp", (x) => x.view(2, 2).logsumexp(1)],
    ["an index list", (x) => x.at([1, 0])],
    ["a mask", (x) => x.at(tensor([true, false, true, true]))],
    ["repeat", (x) => x.repeat(2)],
    ["roll", (x) => x.view(2, 2).roll(1)],
    ["diag", (x) => x.diag()],
    [
      "einsum",
      (x) =>
        einsum(
          "ij,kj->ik",
          x.view(2, 2),
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
    ],
    ["reshape of a transposed matrix", (x) => x.view(2, 2).t().reshape(-1)],
    ["sumTo", (x) => x.view(2, 2).sumTo([2])],
  ])("the result of %s can be changed", (_, make) => {
    const [changed, apart] = [single(...a), single(...a)];
    make(changed).mul_(3).add_(1).square().sum().backward();
    make(apart).mul(3).add(1).square().sum().backward();
    expect(changed.grad!.toArray()).toEqual(apart.grad!.toArray());
  });

  it("a quotient can be changed after it was computed: its operands are what its gradient needs", () => {
    const [x, y] = [single(6, 8), single(2, 4)];
    x.div(y).mul_(10).sum().backward();
    expect(x.grad!.toArray()).toEqual([5, 2.5]);
    expect(y.grad!.toArray()).toEqual([-15, -5]);
  });
});
