import { describe, expect, it } from "vitest";
import {
  AutogradError,
  DTypeError,
  grad,
  noGrad,
  ones,
  ShapeError,
  tensor,
  type TorchletError,
  ValueError,
  zeros,
  type Tensor,
} from "@torchlet/tensor";

const leaf = (): Tensor => ones([2], { requiresGrad: true });

type ErrorClass = new (op: string, message: string) => TorchletError;

/** What each rule of PyTorch's throws, by title: the class, and what the message must name. */
const refused: Record<string, [ErrorClass, RegExp[], () => unknown]> = {
  "ragged nested arrays": [ShapeError, [/ragged/, /length 1/, /length 2/], () => tensor([[1, 2], [3]])],
  "nested arrays of uneven depth": [ShapeError, [/ragged/, /depth 1/], () => tensor([1, [2, 3]])],
  "an empty tensor as a truth value": [ValueError, [/one element/, /\[0\]/], () => Number(ones(0))],
  "the length of a 0-d tensor": [ShapeError, [/0-d/], () => tensor(1).size(0)],
  "the item of several elements": [ValueError, [/\[item\]/, /\[2\]/, /toArray/], () => ones(2).item()],
  "a view that the strides do not allow": [
    ShapeError,
    [/\[view\]/, /\[3, 2\]/, /\[6\]/, /reshape/],
    () => ones(2, 3).t().view(6),
  ],
  "assigning a selection of another shape": [
    ShapeError,
    [/\[setAt_\]/, /\[2\]/, /\[3\]/],
    () => zeros(2, 3).setAt_([0], ones(2)),
  ],
  "an in-place sum that would grow": [
    ShapeError,
    [/\[add_\]/, /\[3, 2\]/, /\[2\]/],
    () => ones(2).add_(ones(3, 2)),
  ],
  "an in-place change of expanded memory": [
    AutogradError,
    [/\[add_\]/, /share/, /clone\(\)/],
    () => ones(1).expand(3).add_(1),
  ],
  "requiring a gradient of integers": [
    DTypeError,
    [/floating-point/, /int32/],
    () => ones([2], { dtype: "int32" }).requiresGrad_(),
  ],
  "a gradient of integers": [
    AutogradError,
    [/\[backward\]/, /no history/],
    () => ones([2], { dtype: "int32" }).sum().backward(),
  ],
  "grad by a tensor that requires none": [
    AutogradError,
    [/\[grad\]/, /does not require a gradient/],
    () => grad(ones(2).mul(2).sum(), [ones(2)]),
  ],
  "grad by a tensor that was not used": [
    AutogradError,
    [/\[grad\]/, /input 0 of shape \[2\]/, /allowUnused/],
    () => grad(leaf().sum(), [leaf()]),
  ],
  "switching off the gradient of a computed tensor": [
    AutogradError,
    [/leaves/, /detach\(\)/],
    () => (leaf().mul(2).requiresGrad = false),
  ],
  "backward from several elements without a gradient": [
    AutogradError,
    [/one element/, /\[2\]/, /\.sum\(\)/],
    () => leaf().mul(2).backward(),
  ],
  "backward with a gradient of another shape": [
    ShapeError,
    [/\[backward\]/, /\[3\]/, /\[2\]/],
    () => leaf().mul(2).backward(ones(3)),
  ],
  "a second backward": [
    AutogradError,
    [/the graph through sum/, /retainGraph/],
    () => {
      const x = leaf();
      const y = x.mul(x).sum();
      y.backward();
      noGrad(() => x.grad?.zero_());
      grad(y, [x]);
    },
  ],
  "a second backward through exp": [
    AutogradError,
    [/earlier backward/, /retainGraph/],
    () => {
      const y = leaf().exp().sum();
      y.backward();
      y.backward();
    },
  ],
  "an in-place change of a leaf": [AutogradError, [/\[mul_\]/, /leaf/, /noGrad/], () => leaf().mul_(2)],
  "assigning into a leaf": [AutogradError, [/\[setAt_\]/, /leaf/], () => leaf().setAt_([0], 3)],
  "an in-place change of a view of a leaf": [
    AutogradError,
    [/\[fill_\]/, /view of a leaf/, /noGrad/],
    () => leaf().at(0).fill_(3),
  ],
  "an in-place change of a view of a view of a leaf": [
    AutogradError,
    [/\[fill_\]/, /view of a leaf/],
    () => leaf().view(2, 1).at(0).fill_(3),
  ],
  "a saved input that was changed": [
    AutogradError,
    [/mul saved/, /\[2\]/, /add_ changed/, /clone\(\)/],
    () => {
      const y = leaf().mul(2);
      const z = y.mul(y);
      y.add_(1);
      z.sum().backward();
    },
  ],
  "a saved output that was changed": [
    AutogradError,
    [/relu saved/, /mul_ changed/],
    () => {
      const y = leaf().relu();
      y.mul_(2);
      y.sum().backward();
    },
  ],
  "a saved value that was changed through a view": [
    AutogradError,
    [/sin saved/, /\[2, 2\]/, /add_ changed/],
    () => {
      const y = ones([2, 2], { requiresGrad: true }).mul(1);
      const z = y.sin();
      noGrad(() => y.at(0).add_(1));
      z.sum().backward();
    },
  ],
  "a recorded change through a view": [
    AutogradError,
    [/\[add_\]/, /view/, /clone\(\)/],
    () => ones([2, 2], { requiresGrad: true }).mul(1).at(0).add_(1),
  ],
  "a .grad of another shape": [ShapeError, [/\[grad\]/, /\[3\]/, /\[2\]/], () => (leaf().grad = ones(3))],
  "a .grad of another dtype": [
    DTypeError,
    [/\[grad\]/, /float64/, /float32/],
    () => (leaf().grad = ones([2], { dtype: "float64" })),
  ],
  "a .grad that is no tensor": [
    DTypeError,
    [/\[grad\]/, /number/],
    () => ((leaf() as { grad: unknown }).grad = 1),
  ],
  "a tensor as its own .grad": [
    AutogradError,
    [/own gradient/],
    () => {
      const x = leaf();
      x.grad = x;
    },
  ],
  "an empty list of inputs": [ValueError, [/inputs is empty/], () => grad(leaf().sum(), [])],
  "one gradOutput for two outputs": [
    ValueError,
    [/2 outputs/, /1 gradOutputs/],
    () => {
      const x = leaf();
      return grad([x.sum(), x.mul(2).sum()], [x], { gradOutputs: [tensor(1)] });
    },
  ],
};

describe("what PyTorch refuses is refused, naming what was wrong", () => {
  it.each(Object.keys(refused))("%s", (title) => {
    const [type, patterns, run] = refused[title]!;
    let caught: unknown;
    try {
      run();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(type);
    for (const pattern of patterns) expect((caught as Error).message).toMatch(pattern);
  });
});

describe("what PyTorch allows is allowed, with its gradient", () => {
  it("a second backward with retainGraph adds up", () => {
    const x = leaf();
    const y = x.mul(x).sum();
    y.backward(null, { retainGraph: true });
    y.backward();
    expect(x.grad?.toArray()).toEqual([4, 4]);
  });

  it("a leaf may be changed in place under noGrad", () => {
    const x = leaf();
    noGrad(() => x.add_(1));
    expect(x.toArray()).toEqual([2, 2]);
    expect(x.requiresGrad).toBe(true);
    expect(x.isLeaf).toBe(true);
  });

  it("a value may be changed in place if no gradient needs it", () => {
    const x = leaf();
    const y = x.add(1);
    const z = y.add(2);
    y.add_(1);
    z.sum().backward();
    expect(x.grad?.toArray()).toEqual([1, 1]);
  });
});
