import { enableGrad, grad, isGradEnabled, tensor, type Tensor } from "@torchlet/tensor";
import { describe, expect, it } from "vitest";

const leaf = (...values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

describe("a tensor hook", () => {
  it("sees the complete gradient, once, and may replace it", () => {
    const x = leaf(1);
    const y = x.mul(2);
    const seen: number[] = [];
    y.registerHook((g) => {
      seen.push(g.item());
      return g.mul(10);
    });
    y.add(y).add(y).backward();
    expect(seen).toEqual([3]);
    expect(x.grad?.item()).toBe(60);
  });

  it("runs after those that were registered before it, on what they returned", () => {
    const x = leaf(1);
    x.registerHook((g) => g.add(1));
    x.registerHook(() => undefined);
    x.registerHook((g) => g.mul(10));
    x.mul(3).backward();
    expect(x.grad?.item()).toBe(40);
  });

  it("counts as often as it was registered, and each handle removes its own", () => {
    const x = leaf(1, 1);
    const double = (g: Tensor): Tensor => g.mul(2);
    const handle = x.registerHook(double);
    x.registerHook(double);
    x.sum().backward();
    expect(x.grad?.toArray()).toEqual([4, 4]);
    handle.remove();
    handle.remove();
    const [g] = grad(x.sum(), [x]);
    expect(g.toArray()).toEqual([2, 2]);
  });

  it("that is added or removed by another hook counts from the next backward on", () => {
    const x = leaf(1);
    const calls: string[] = [];
    x.registerHook(() => {
      calls.push("a");
      second.remove();
      x.registerHook(() => void calls.push("c"));
    });
    const second = x.registerHook(() => void calls.push("b"));
    x.mul(1).backward();
    expect(calls).toEqual(["a", "b"]);
    x.mul(1).backward();
    expect(calls).toEqual(["a", "b", "a", "c"]);
  });

  it("stays when a leaf is switched off and on again", () => {
    const x = leaf(1);
    let calls = 0;
    x.registerHook(() => {
      calls++;
    });
    const before = x.mul(2);
    x.requiresGrad_(false).requiresGrad_(true);
    x.mul(3).backward();
    before.backward();
    expect(calls).toBe(2);
    expect(x.grad?.item()).toBe(5);
  });

  it("stays with the old value when a tensor is changed in place", () => {
    const y = leaf(1, 1).mul(3);
    const seen: unknown[] = [];
    y.registerHook((g) => void seen.push(g.toArray()));
    y.mul_(2);
    y.mul(5).sum().backward();
    expect(seen).toEqual([[10, 10]]);
  });

  it("must return a gradient of the same shape and dtype", () => {
    const x = leaf(1, 1);
    const handle = x.registerHook(() => tensor([1, 2, 3], { dtype: "float64" }));
    expect(() => x.sum().backward()).toThrow(/hook of leaf.*\[3\].*\[2\]/);
    handle.remove();
    x.registerHook((g) => g.to("float32"));
    expect(() => x.sum().backward()).toThrow(/hook of leaf.*float32.*float64/);
  });

  it("may run another backward", () => {
    const x = leaf(3);
    const w = leaf(5);
    const y = x.mul(2);
    y.registerHook(() => {
      expect(isGradEnabled()).toBe(false);
      enableGrad(() => w.mul(w)).backward();
    });
    y.mul(w).backward();
    expect(w.grad?.item()).toBe(6 + 10);
    expect(x.grad?.item()).toBe(10);
  });

  it("records what it does if the graph of the gradient is wanted", () => {
    const x = leaf(2);
    const y = x.square();
    const handle = y.registerHook((g) => g.mul(y)); // x² instead of 1
    const [dx] = grad(y, [x], { createGraph: true }); // 2x³
    handle.remove();
    const [d2x] = grad(dx, [x]);
    expect([dx.item(), d2x.item()]).toEqual([16, 24]);
  });

  it("needs a tensor that requires a gradient", () => {
    expect(() => tensor(1).registerHook(() => undefined)).toThrow(/does not require a gradient/);
  });
});

describe("a post-accumulate hook", () => {
  it("is called after .grad was updated, and may use it up", () => {
    const x = leaf(1, 2);
    const seen: unknown[] = [];
    const handle = x.registerPostAccumulateGradHook((leaf) => {
      expect(leaf).toBe(x);
      seen.push(leaf.grad?.toArray());
      leaf.grad = null;
    });
    x.mul(2).sum().backward();
    x.mul(3).sum().backward();
    expect(seen).toEqual([
      [2, 2],
      [3, 3],
    ]);
    handle.remove();
    x.sum().backward();
    expect(seen).toHaveLength(2);
  });

  it("is not called by grad", () => {
    const x = leaf(1);
    x.registerPostAccumulateGradHook(() => {
      throw new Error("must not be called");
    });
    grad(x.mul(2), [x]);
  });

  it("is refused on a computed tensor", () => {
    expect(() =>
      leaf(1)
        .mul(2)
        .registerPostAccumulateGradHook(() => undefined),
    ).toThrow(/only leaves/);
  });
});

it.each(["registerHook", "registerPostAccumulateGradHook"] as const)(
  "%s refuses what is no function at once, not in backward",
  (register) => {
    expect(() => leaf(1)[register](3 as never)).toThrow(`[${register}] the hook must be a function, got 3`);
  },
);
