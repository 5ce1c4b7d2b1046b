import {
  AutogradError,
  enableGrad,
  grad,
  isGradEnabled,
  noGrad,
  ones,
  stack,
  tensor,
  zeros,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, it } from "vitest";

const leaf = (...values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

describe("the shape of the graph", () => {
  it("may be a chain of 100,000 operations", () => {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 100_000; i++) y = y.add(1);
    y.backward();
    expect(y.item()).toBe(100_001);
    expect(x.grad?.item()).toBe(1);
  });

  it("may use one tensor 20,000 times, and join 2,000 in one operation", () => {
    const x = leaf(3);
    let total = x;
    for (let i = 0; i < 20_000; i++) total = total.add(x);
    const parts = Array.from({ length: 2_000 }, (_, i) => x.mul(i));
    stack(parts).sum().add(total.sum()).backward();
    expect(x.grad?.item()).toBe((2_000 * 1_999) / 2 + 20_001);
  });

  it("may share subexpressions 60 levels deep, each visited once", () => {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 60; i++) y = y.add(y);
    y.backward();
    expect(x.grad?.item()).toBe(2 ** 60);
  });

  it("adds up every path of a diamond exactly", () => {
    const x = leaf(3);
    const a = x.mul(2);
    const b = a.mul(a); // 4x²
    const c = b.add(a); // 4x² + 2x
    b.mul(c).backward(); // 16x⁴ + 8x³
    expect(x.grad?.item()).toBe(64 * 27 + 24 * 9);
  });

  it("may have zero-size and 0-d tensors", () => {
    const empty = zeros([0, 3], { requiresGrad: true });
    empty.mul(2).sum().backward();
    expect(empty.grad?.shape).toEqual([0, 3]);
    const scalar = tensor(2, { requiresGrad: true });
    scalar.mul(scalar).backward();
    expect(scalar.grad?.shape).toEqual([]);
    expect(scalar.grad?.item()).toBe(4);
  });

  it("ends at what is detached, and at integers", () => {
    const x = leaf(2);
    const y = x.mul(x.detach());
    y.backward();
    expect(x.grad?.toArray()).toEqual([2]);
    expect(x.to("int32").requiresGrad).toBe(false);
    expect(x.gt(1).requiresGrad).toBe(false);
    expect(x.argmax().requiresGrad).toBe(false);
  });

  it("consists of what was recorded: nothing under noGrad, everything again under enableGrad", () => {
    const x = leaf(2);
    expect(noGrad(() => x.mul(2)).requiresGrad).toBe(false);
    expect(noGrad(() => enableGrad(() => x.mul(2))).requiresGrad).toBe(true);
  });
});

describe("backward", () => {
  it("may start at a leaf, which receives a copy of the given gradient", () => {
    const x = leaf(1, 1);
    const v = tensor([1, 2], { dtype: "float64" });
    x.backward(v);
    expect(x.grad?.toArray()).toEqual([1, 2]);
    v.fill_(9);
    expect(x.grad?.toArray()).toEqual([1, 2]);
  });

  it("converts the given gradient to the dtype of the tensor, as PyTorch does", () => {
    const x = leaf(1, 1);
    x.mul(2).backward(tensor([1, 2], { dtype: "int32" }));
    expect(x.grad?.dtype).toBe("float64");
    expect(x.grad?.toArray()).toEqual([2, 4]);
  });

  it("gives gradients to the named inputs only, computed ones too", () => {
    const x = leaf(1, 1);
    const w = leaf(5, 5);
    const h = x.mul(2);
    const y = h.mul(w).sum();
    y.backward(null, { inputs: [h], retainGraph: true });
    y.backward(null, { inputs: [h], retainGraph: true });
    expect([x.grad, w.grad]).toEqual([null, null]);
    expect(h.grad?.toArray()).toEqual([10, 10]);
    y.backward(null, { inputs: [x, w] });
    expect(x.grad?.toArray()).toEqual([10, 10]);
    expect(w.grad?.toArray()).toEqual([2, 2]);
  });

  it("skips a leaf that was switched off since it was used", () => {
    const x = leaf(1);
    const w = leaf(3);
    const y = x.mul(w);
    x.requiresGrad_(false);
    y.backward();
    expect(x.grad).toBeNull();
    expect(w.grad?.item()).toBe(1);
  });

  it("starts anew on a graph of which another branch was used", () => {
    const x = leaf(2);
    const h = x.exp();
    const [dh] = grad(h.mul(3).sum(), [h]); // h itself was not differentiated
    expect(dh.item()).toBe(3);
    h.sum().backward();
    expect(x.grad?.item()).toBeCloseTo(Math.exp(2), 12);
  });

  it("refuses a graph of which a shared part was used, naming the operation", () => {
    const x = leaf(2);
    const h = x.exp();
    h.mul(3).backward();
    expect(() => h.sum().backward()).toThrow(/graph through exp was already used/);
  });
});

describe("grad", () => {
  it("returns gradients and leaves .grad alone", () => {
    const x = leaf(1, 2);
    const [g] = grad(x.square().sum(), [x]);
    expect(g.toArray()).toEqual([2, 4]);
    expect(x.grad).toBeNull();
  });

  it("adds up several outputs, and answers for an input that is named twice", () => {
    const x = leaf(1, 1);
    const y = x.mul(2);
    const [a, b] = grad([y.sum(), y.mul(3).sum()], [x, x]);
    expect([a.toArray(), b.toArray()]).toEqual([
      [8, 8],
      [8, 8],
    ]);
  });

  it("gives null for an unused input where that is allowed", () => {
    const x = leaf(1);
    const w = leaf(1);
    expect(grad(x.mul(2), [x, w], { allowUnused: true })[1]).toBeNull();
  });

  it("refuses an output without history among several", () => {
    const x = leaf(1);
    expect(() => grad([x.mul(2), ones([1], { dtype: "float64" })], [x])).toThrow(AutogradError);
  });

  it("differentiates by a computed tensor and by what it was computed from at once", () => {
    const x = leaf(3);
    const h = x.square();
    const [dh, dx] = grad(h.mul(5), [h, x]);
    expect([dh.item(), dx.item()]).toEqual([5, 30]);
  });

  it("of an output by itself is the given gradient", () => {
    const x = leaf(3);
    const y = x.mul(2);
    const [g] = grad(y, [y], { gradOutputs: tensor([7], { dtype: "float64" }) });
    expect(g.toArray()).toEqual([7]);
  });

  it("with createGraph can be differentiated again and again", () => {
    const x = leaf(2);
    let y = x.pow(5);
    for (const expected of [80, 160, 240, 240, 120]) {
      [y] = grad(y, [x], { createGraph: true });
      expect(y.item()).toBeCloseTo(expected, 9);
    }
  });

  it("does not give away a value that an operation saved", () => {
    const x = leaf(2);
    const y = leaf(5);
    const [dx] = grad(x.mul(y), [x], { gradOutputs: ones([1], { dtype: "float64" }) });
    noGrad(() => y.fill_(0));
    expect(dx.item()).toBe(5);
  });
});

describe(".grad", () => {
  it("accumulates in place: the same tensor, with new values", () => {
    const x = leaf(1, 1);
    x.mul(x).sum().backward();
    const { grad } = x;
    x.mul(x).sum().backward();
    expect(x.grad).toBe(grad);
    expect(grad?.toArray()).toEqual([4, 4]);
  });

  it("is never shared by two leaves", () => {
    const a = leaf(1, 1);
    const b = leaf(1, 1);
    a.add(b).sum().backward();
    a.sum().backward();
    expect(a.grad?.toArray()).toEqual([2, 2]);
    expect(b.grad?.toArray()).toEqual([1, 1]);
  });

  it("has a place in memory for each element, also where the gradient is one number repeated", () => {
    const x = leaf(1, 1, 1);
    x.sum().backward();
    expect(x.grad?.strides).toEqual([1]);
    x.mul(tensor([1, 2, 3], { dtype: "float64" }))
      .sum()
      .backward();
    expect(x.grad?.toArray()).toEqual([2, 3, 4]);
  });

  it("does not change what the caller, a hook, retainGrad or grad holds", () => {
    const x = leaf(1, 1);
    const held: Tensor[] = [];
    const y = x.add(0);
    y.registerHook((g) => void held.push(g));
    y.retainGrad();
    y.mul(3).sum().backward();
    held.push(y.grad!, ...grad(x.mul(3).sum(), [x]));
    const seed = tensor([3, 3], { dtype: "float64" });
    x.backward(seed);
    held.push(seed);
    x.mul(100).sum().backward();
    expect(held.map((g) => g.toArray())).toEqual(Array.from({ length: 4 }, () => [3, 3]));
    expect(x.grad?.toArray()).toEqual([106, 106]);
  });

  it("does not change what another branch of the running backward still needs", () => {
    const a = leaf(1);
    const b = leaf(2);
    const c = b.mul(10); // recorded before the sum, so visited after a has its gradient
    a.registerPostAccumulateGradHook(() => {
      noGrad(() => a.grad!.fill_(1000));
    });
    enableGrad(() => c.add(a)).backward();
    expect(b.grad?.item()).toBe(10);
  });

  it("that the user assigned is added to, and so is one that was recorded", () => {
    const x = leaf(1, 1);
    x.grad = tensor(
      [
        [10, 0],
        [20, 0],
      ],
      { dtype: "float64" },
    ).at(":", 0);
    x.mul(2).sum().backward();
    expect(x.grad.toArray()).toEqual([12, 22]);

    x.grad = null;
    x.pow(3).sum().backward(null, { createGraph: true });
    const first = x.grad!;
    first.sum().backward();
    expect(x.grad).toBe(first);
    expect(first.toArray()).toEqual([9, 9]); // 3x² + 6x
  });

  it("keeps its own history when something is added to it, as in PyTorch", () => {
    const x = leaf(1, 2);
    x.pow(3).sum().backward({ createGraph: true });
    x.square().sum().backward();
    expect(x.grad!.toArray()).toEqual([5, 16]);
    expect(grad(x.grad!.sum(), [x])[0].toArray()).toEqual([6, 12]);
  });

  it("that is an expanded view is replaced, not written into", () => {
    const x = leaf(1, 1);
    const seven = tensor([7], { dtype: "float64" });
    x.grad = seven.expand(2);
    x.sum().backward();
    expect(x.grad.toArray()).toEqual([8, 8]);
    expect(seven.item()).toBe(7);
  });

  it("may be the gradient that backward starts from", () => {
    const x = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { requiresGrad: true },
    );
    x.grad = x.detach().clone();
    x.backward(x.grad.t());
    expect(x.grad.toArray()).toEqual([
      [2, 5],
      [5, 8],
    ]);
  });

  it("of a value saved by an operation is found to be changed by the next backward", () => {
    const x = leaf(2);
    x.square().backward();
    const y = x.grad!.mul(x); // saves x.grad for d/dx
    x.square().backward();
    expect(() => y.backward()).toThrow(/mul saved.*backward changed/);
  });
});

describe("retainGrad", () => {
  it("keeps the gradient of a computed tensor, once however often it is asked", () => {
    const x = leaf(1, 1);
    const y = x.mul(3).retainGrad().retainGrad();
    y.mul(5).sum().backward();
    expect(y.grad?.toArray()).toEqual([5, 5]);
    expect(x.retainGrad()).toBe(x);
    expect(x.grad?.toArray()).toEqual([15, 15]);
  });

  it("accumulates over backward passes without changing the tensor that was kept", () => {
    const y = leaf(1).mul(3).retainGrad();
    const z = y.mul(5);
    z.backward({ retainGraph: true });
    const first = y.grad!;
    z.backward();
    expect([first.item(), y.grad?.item()]).toEqual([5, 10]);
  });

  it("follows the tensor when it is changed in place", () => {
    const x = leaf(1, 1);
    const y = x.mul(3).retainGrad();
    y.mul_(2);
    y.mul(5).sum().backward();
    expect(y.grad?.toArray()).toEqual([5, 5]);
    expect(x.grad?.toArray()).toEqual([30, 30]);
  });

  it("keeps what the hooks have made of the gradient", () => {
    const y = leaf(1, 1).mul(3).retainGrad();
    y.registerHook((g) => g.mul(10));
    y.sum().backward();
    expect(y.grad?.toArray()).toEqual([10, 10]);
  });

  it("counts once where the tensor is also a named input", () => {
    const y = leaf(1, 1).mul(2).retainGrad();
    y.mul(3)
      .sum()
      .backward(null, { inputs: [y] });
    expect(y.grad?.toArray()).toEqual([3, 3]);
  });
});

describe("when something throws inside backward", () => {
  it("the mode returns, gradients that were complete stay, and another backward works", () => {
    const x = leaf(2);
    const y = x.mul(2);
    const handle = y.registerHook(() => {
      throw new Error("boom");
    });
    const z = y.mul(x);
    expect(() => z.backward(null, { retainGraph: true })).toThrow("boom");
    expect(isGradEnabled()).toBe(true);
    expect(x.grad).toBeNull();
    handle.remove();
    z.backward();
    expect(x.grad?.item()).toBe(8); // d(2x²)/dx
  });
});
