import {
  defineFunction,
  DTypeError,
  grad,
  gradcheck,
  gradgradcheck,
  noGrad,
  ShapeError,
  tensor,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, it } from "vitest";

const leaf = (...values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

const tanh = defineFunction({
  name: "myTanh",
  forward(ctx, x: Tensor) {
    const y = x.tanh();
    ctx.saveForBackward(y);
    return y;
  },
  backward: (ctx, g) => g.mul(ctx.savedTensors[0]!.square().neg().add(1)),
});

describe("a function of one's own", () => {
  it("may save its result, and is then differentiable twice", () => {
    const x = leaf(0.3, -1.2);
    expect(gradcheck(tanh, [x])).toBe(true);
    expect(gradgradcheck(tanh, [x])).toBe(true);
  });

  it("may take arguments that are no tensors, and captures what it likes", () => {
    const scale = defineFunction({
      name: "scale",
      forward(ctx, factor: number, x: Tensor, options: { shift: number }) {
        ctx.saveForBackward(tensor(factor, { dtype: "float64" }));
        return x.mul(factor).add(options.shift);
      },
      backward: (ctx, g) => g.mul(ctx.savedTensors[0]!),
    });
    const x = leaf(1, 2);
    const y = scale(3, x, { shift: 1 });
    expect(y.toArray()).toEqual([4, 7]);
    y.sum().backward();
    expect(x.grad?.toArray()).toEqual([3, 3]);
  });

  it("learns which gradients are wanted, and runs its backward once for all of them", () => {
    let calls = 0;
    const wants: (readonly boolean[])[] = [];
    const product = defineFunction({
      name: "product",
      forward(ctx, a: Tensor, b: Tensor) {
        ctx.saveForBackward(a, b);
        return a.mul(b);
      },
      backward(ctx, g) {
        calls++;
        wants.push(ctx.needsInputGrad);
        const [a, b] = ctx.savedTensors;
        return [g.mul(b!), ctx.needsInputGrad[1] ? g.mul(a!) : null];
      },
    });
    const a = leaf(2);
    const b = leaf(5);
    product(a, b).backward();
    expect([a.grad?.item(), b.grad?.item(), calls]).toEqual([5, 2, 1]);
    product(a, b.detach()).backward();
    expect(a.grad?.item()).toBe(10);
    expect(wants).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(gradgradcheck(product, [a, b])).toBe(true);
  });

  it("computes anew for each backward, also from the same gradient object", () => {
    const twice = defineFunction({
      name: "twice",
      forward: (_ctx, x: Tensor) => x.mul(2),
      backward: (_ctx, g) => g.mul(2),
    });
    const x = leaf(1);
    const y = twice(x);
    const v = tensor([1], { dtype: "float64" });
    for (let i = 0; i < 3; i++) y.backward(v, { retainGraph: true });
    expect(x.grad?.item()).toBe(6);
  });

  it("keeps gradients that backward holds on to apart from .grad", () => {
    const held: Tensor[] = [];
    const keeping = defineFunction({
      name: "keeping",
      forward: (_ctx, x: Tensor) => x.mul(1),
      backward(_ctx, g) {
        const gx = g.mul(1);
        held.push(gx);
        return gx;
      },
    });
    const x = leaf(1);
    keeping(x).backward();
    keeping(x).backward();
    expect(held.map((g) => g.item())).toEqual([1, 1]);
  });

  it("may return an argument as it is, and a saved tensor as gradient", () => {
    const identity = defineFunction({
      name: "identity",
      forward(ctx, x: Tensor, gradient: Tensor) {
        ctx.saveForBackward(gradient);
        return x;
      },
      backward: (ctx) => [ctx.savedTensors[0]!, null],
    });
    const x = leaf(1, 2);
    const g = tensor([7, 8], { dtype: "float64" });
    const y = identity(x, g);
    expect(y).not.toBe(x);
    const [dx] = grad(y.sum(), [x]);
    g.add_(0); // the saved value is used up: dx is an ordinary tensor
    expect(dx.toArray()).toEqual([7, 8]);
  });

  it("finds a saved tensor changed, naming the function and the change", () => {
    const x = leaf(0.5);
    const y = tanh(x);
    noGrad(() => y.mul_(2));
    expect(() => y.backward()).toThrow(/myTanh saved.*mul_ changed/);
  });

  it("is not recorded without need", () => {
    expect(tanh(leaf(1).detach()).requiresGrad).toBe(false);
    expect(noGrad(() => tanh(leaf(1))).requiresGrad).toBe(false);
    expect(tanh(leaf(1)).gradFn?.name).toBe("myTanh");
  });
});

describe("a faulty function of one's own", () => {
  const faulty = (backward: (g: Tensor) => unknown): ((x: Tensor, y: Tensor) => Tensor) =>
    defineFunction({
      name: "faulty",
      forward: (_ctx, x: Tensor, y: Tensor) => x.add(y),
      backward: (_ctx, g) => backward(g) as Tensor,
    });
  const run = (backward: (g: Tensor) => unknown): void =>
    faulty(backward)(leaf(1, 2), leaf(3, 4)).sum().backward();

  it("is told that it returned too few gradients", () => {
    expect(() => run((g) => g)).toThrow(
      /\[faulty\] backward returned 1 gradient\(s\) for 2 tensor argument\(s\)/,
    );
  });

  it("is told that a gradient has the wrong shape or dtype", () => {
    expect(() => run((g) => [g.sum(), g])).toThrow(ShapeError);
    expect(() => run((g) => [g.sum(), g])).toThrow(/faulty returned a gradient of shape \[\].*\[2\]/);
    expect(() => run((g) => [g, g.to("float32")])).toThrow(DTypeError);
  });

  it("is told that a gradient is no tensor", () => {
    expect(() => run((g) => [g, 1])).toThrow(/\[faulty\] backward returned 1 as gradient 1/);
    expect(() => run(() => [undefined, null])).toThrow(/undefined as gradient 0/);
  });

  it("is told that forward returned no tensor", () => {
    const f = defineFunction({
      name: "f",
      forward: (_ctx, x: Tensor) => x.item() as unknown as Tensor,
      backward: (_ctx, g) => g,
    });
    expect(() => f(leaf(1))).toThrow(/\[f\] forward must return a Tensor, it returned 1/);
  });

  it("is told that forward changed its argument", () => {
    const f = defineFunction({
      name: "f",
      forward: (_ctx, x: Tensor) => x.mul_(2),
      backward: (_ctx, g) => g.mul(2),
    });
    expect(() => f(leaf(1).mul(1))).toThrow(
      /\[f\] forward changed tensor argument 0 in place \(mul_\).*clone/,
    );
  });

  it("says that it has no second derivative if it is declared onceDifferentiable", () => {
    const cube = defineFunction({
      name: "cube",
      onceDifferentiable: true,
      forward(ctx, x: Tensor) {
        ctx.saveForBackward(x);
        return x.pow(3);
      },
      backward: (ctx, g) => g.mul(3 * ctx.savedTensors[0]!.item() ** 2),
    });
    const x = leaf(2);
    const [dx] = grad(cube(x), [x], { createGraph: true });
    expect(dx.item()).toBe(12);
    expect(() => dx.backward()).toThrow(/\[cube\].*onceDifferentiable/);
    expect(gradcheck(cube, [leaf(2)])).toBe(true);
  });
});
