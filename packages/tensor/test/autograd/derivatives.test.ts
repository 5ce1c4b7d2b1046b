import { readFileSync } from "node:fs";
import {
  AutogradError,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  ones,
  ShapeError,
  tensor,
  ValueError,
  vhp,
  vjp,
  zeros,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, it } from "vitest";

const f64 = (data: number[] | number[][]): Tensor => tensor(data, { dtype: "float64" });

const x = f64([0.5, -0.25, 0.75]);
const w = f64([
  [1, 0.5, 0.25],
  [0.5, -0.5, 1],
]);
const vx = f64([1, 0.5, -1]);
const vw = f64([
  [0.5, 1, -1],
  [2, 0.25, 1],
]);
const vy = f64([1, -2]);
const f = (x: Tensor, w: Tensor): Tensor => w.mv(x).tanh();
const g = (x: Tensor, w: Tensor): Tensor => f(x, w).sum();

/** What PyTorch gave for the same functions and values; golden/functional.py made it. */
const golden = JSON.parse(
  readFileSync(new URL("../golden/functional.json", import.meta.url), "utf8"),
) as Record<string, Lists>;

type Lists = number | Lists[];

function expectClose(actual: unknown, expected: Lists): void {
  const value: unknown =
    actual && typeof actual === "object" && "toArray" in actual ? (actual as Tensor).toArray() : actual;
  if (typeof expected === "number") {
    expect(Math.abs((value as number) - expected)).toBeLessThan(1e-13);
  } else {
    expect(value).toHaveLength(expected.length);
    expected.forEach((e, i) => expectClose((value as unknown[])[i], e));
  }
}

describe("derivatives of functions of several tensors are PyTorch's", () => {
  it.each<[string, () => unknown]>([
    ["jacobian", () => jacobian(f, [x, w])],
    ["hessian", () => hessian(g, [x, w])],
    ["vjp", () => vjp(f, [x, w], vy)],
    ["jvp", () => jvp(f, [x, w], [vx, vw])],
    ["hvp", () => hvp(g, [x, w], [vx, vw])],
    ["vhp", () => vhp(g, [x, w], [vx, vw])],
  ])("%s", (name, compute) => expectClose(compute(), golden[name]!));
});

describe("jacobian", () => {
  it("has the shape of the output, then of the input", () => {
    const j = jacobian((x) => x.unsqueeze(0).expand(4, 2, 3), zeros(2, 3));
    expect(j.shape).toEqual([4, 2, 3, 2, 3]);
  });

  it("of several outputs is a list, of one input without brackets", () => {
    const [square, sum] = jacobian((x) => [x.square(), x.sum()] as const, f64([1, 2]));
    expect(square.toArray()).toEqual([
      [2, 0],
      [0, 4],
    ]);
    expect(sum.toArray()).toEqual([1, 1]);
  });

  it("of a linear map is its matrix", () => {
    expect(jacobian((x) => w.mv(x), x).toArray()).toEqual(w.toArray());
  });

  it("is empty for an empty input or output", () => {
    expect(jacobian((x) => x.square(), zeros(0)).shape).toEqual([0, 0]);
    expect(jacobian((x) => x.narrow(0, 0, 0), zeros(2)).shape).toEqual([0, 2]);
  });

  it("is 0 where nothing depends on the input, and an error if that is to be strict", () => {
    const constant = (): Tensor => ones(2);
    expect(jacobian(constant, zeros(3)).toArray()).toEqual(zeros(2, 3).toArray());
    expect(() => jacobian(constant, zeros(3), { strict: true })).toThrow(AutogradError);
    const first = (x: Tensor, _y: Tensor): Tensor => x.mul(2);
    expect(() => jacobian(first, [zeros(2), zeros(2)], { strict: true })).toThrow(/input 1/);
    expect(jacobian(first, [zeros(2), zeros(2)])[1].toArray()).toEqual(zeros(2, 2).toArray());
  });

  it("leaves the caller's tensors alone", () => {
    const p = tensor([1, 2], { requiresGrad: true });
    const j = jacobian((x) => x.mul(p), p);
    expect(j.toArray()).toEqual([
      [1, 0],
      [0, 2],
    ]);
    expect(j.requiresGrad).toBe(false);
    expect(p.grad).toBeNull();
  });

  it("with createGraph can be differentiated by the inputs", () => {
    const p = tensor([1, 2], { dtype: "float64", requiresGrad: true });
    const j = jacobian((x) => x.pow(3), p, { createGraph: true });
    const [d] = grad(j.sum(), [p]); // Σ 3x² → 6x
    expect(d.toArray()).toEqual([6, 12]);
  });

  it("refuses functions that return no tensors", () => {
    expect(() => jacobian(() => 1 as unknown as Tensor, zeros(2))).toThrow(
      /\[jacobian\].*must return a Tensor/,
    );
  });
});

describe("hessian", () => {
  it("of a quadratic form is its symmetric part, twice", () => {
    const a = f64([
      [1, 2],
      [4, 3],
    ]);
    expect(hessian((x) => x.dot(a.mv(x)), f64([5, 7])).toArray()).toEqual([
      [2, 6],
      [6, 6],
    ]);
  });

  it("of a linear function is 0, and an error if that is to be strict", () => {
    expect(hessian((x) => x.sum().mul(2), zeros(2)).toArray()).toEqual(zeros(2, 2).toArray());
    expect(() => hessian((x) => x.sum().mul(2), zeros(2), { strict: true })).toThrow(/\[hessian\] strict/);
  });

  it("needs a function with one number as result", () => {
    expect(() => hessian((x) => x.square(), zeros(2))).toThrow(
      /\[hessian\].*one element, got \[2\].*\.sum\(\)/,
    );
  });
});

describe("products with vectors", () => {
  it("agree with the full Jacobian and Hessian", () => {
    const h = (x: Tensor): Tensor => x.sin().mul(x.sum()).exp();
    const j = jacobian(h, x);
    expectClose(jvp(h, x, vx)[1], j.mv(vx).toArray() as Lists);
    expectClose(vjp(h, x, vx)[1], vx.unsqueeze(0).mm(j).at(0).toArray() as Lists);
    const s = (x: Tensor): Tensor => h(x).sum();
    const hv = hessian(s, x).mv(vx).toArray() as Lists;
    expectClose(hvp(s, x, vx)[1], hv);
    expectClose(vhp(s, x, vx)[1], hv);
  });

  it("need no vector where there is one number only", () => {
    const [y, d] = vjp((x) => x.square().sum(), f64([1, 2]));
    expect([y.item(), d.toArray()]).toEqual([5, [2, 4]]);
    expect(jvp((t) => t.mul(f64([1, 2])), f64([3]))[1].toArray()).toEqual([1, 2]);
    expect(() => vjp((x) => x.square(), f64([1, 2]))).toThrow(ValueError);
    expect(() => jvp((x) => x.square(), f64([1, 2]))).toThrow(/\[jvp\].*single input/);
  });

  it("refuse vectors of another shape or number", () => {
    expect(() => vjp((x) => x.square(), zeros(2), zeros(3))).toThrow(ShapeError);
    expect(() => hvp(g, [x, w], [vx] as never)).toThrow(/1 tensor\(s\) for 2 input\(s\)/);
  });

  it("can be differentiated with createGraph", () => {
    const p = tensor([2], { dtype: "float64", requiresGrad: true });
    const one = f64([1]);
    const [, product] = hvp((x) => x.pow(4).sum(), p, one, { createGraph: true }); // 12x²
    expect([product.item(), grad(product, [p])[0].item()]).toEqual([48, 48]); // 24x
    expect(vhp((x) => x.pow(4).sum(), p, one)[1].requiresGrad).toBe(false);
    expect(vjp((x) => x.square(), p, one)[0].requiresGrad).toBe(false);
  });
});
