import {
  dropout,
  Generator,
  gradcheck,
  gradgradcheck,
  manualSeed,
  ones,
  tensor,
  zeros,
  zerosLike,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, test } from "vitest";

const floats = ["float32", "float64"] as const;
const engines = ["seedrandom", "torch", "numpy"] as const;

/** Dropout as PyTorch composes it: a mask of the dtype of `x`, divided and multiplied. */
function composed(x: Tensor, p: number, generator: Generator): Tensor {
  return x.mul(
    zerosLike(x)
      .bernoulli_(1 - p, { generator })
      .div(1 - p),
  );
}

const layouts: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  contiguous: (x) => x,
  transposed: (x) => x.transpose(0, 1),
  sliced: (x) => x.narrow(1, 1, 5),
  expanded: (x) => x.narrow(0, 0, 1).expand(12, 7, 3),
};

describe("dropout", () => {
  test.each(engines.flatMap((engine) => floats.map((dtype) => [engine, dtype] as const)))(
    "has the bits of mask, division and product, and leaves the generator where they do: engine %s, %s",
    (engine, dtype) => {
      for (const [name, layout] of Object.entries(layouts)) {
        for (const p of [0.1, 0.2, 1 / 3, 0.5, 0.99]) {
          const [a, b] = [new Generator(3, { engine }), new Generator(3, { engine })];
          const base = zeros([12, 7, 3], { dtype }).uniform_(-2, 2, { generator: new Generator(name) });
          const x = layout(base).detach().requiresGrad_();
          const z = layout(base).detach().requiresGrad_();
          const [y, expected] = [dropout(x, p, true, { generator: a }), composed(z, p, b)];
          expect(y.dtype).toBe(dtype);
          expect(y.shape).toEqual(x.shape);
          expect(y.toTypedArray()).toStrictEqual(expected.toTypedArray());
          expect(a.getState()).toEqual(b.getState());
          const g = zeros(x.shape, { dtype }).uniform_(-2, 2);
          y.backward(g);
          expected.backward(g);
          expect(x.grad!.toTypedArray()).toStrictEqual(z.grad!.toTypedArray());
        }
      }
    },
  );

  // torch.manual_seed(0); torch.dropout(torch.ones(8), 0.5, True)
  test("draws PyTorch's masks from PyTorch's stream", () => {
    const generator = new Generator(0, { engine: "torch" });
    expect(dropout(ones(8), 0.5, true, { generator }).toArray()).toEqual([0, 0, 2, 0, 0, 0, 2, 2]);
  });

  test("keeps the sign of a zero, and makes NaN of what is dropped and not finite", () => {
    const x = tensor(Array.from({ length: 40 }, (_, i) => [-1, -0, Infinity, NaN][i % 4]!));
    const y = dropout(x, 0.5, true, { generator: new Generator(1) }).toTypedArray();
    const kept = new Uint8Array(40);
    new Generator(1).bernoulli(kept, 0.5);
    const expected = Float32Array.from({ length: 40 }, (_, i) =>
      kept[i] === 1 ? [-2, -0, Infinity, NaN][i % 4]! : [-0, -0, NaN, NaN][i % 4]!,
    );
    expect(y).toStrictEqual(expected);
  });

  test("has gradients of first and second order", () => {
    const f = (x: Tensor): Tensor => dropout(x, 0.4, true, { generator: new Generator(5) });
    const ofSquare = (x: Tensor): Tensor => f(x.square());
    const x = tensor([[0.5, -1.5, 2, 1, 0.25, -3]], { dtype: "float64", requiresGrad: true });
    gradcheck(f, [x]);
    gradgradcheck(f, [x]);
    gradcheck(ofSquare, [x]);
    gradgradcheck(ofSquare, [x]);
  });

  test("remembers the mask and not the input, which may be changed in place before backward", () => {
    const x = ones([50], { requiresGrad: true });
    const between = x.mul(1);
    const y = dropout(between, 0.5, true);
    between.mul_(7);
    y.sum().backward();
    expect(x.grad!.toArray()).toEqual(y.toArray());
  });

  test("is the input itself in evaluation, for p = 0 and without elements, and draws nothing", () => {
    const generator = new Generator(2);
    const before = generator.getState();
    const x = ones(3);
    expect(dropout(x, 0.5, false, { generator })).toBe(x);
    expect(dropout(x, 0, true, { generator })).toBe(x);
    const empty = zeros(0, 3);
    expect(dropout(empty, 0.5, true, { generator })).toBe(empty);
    expect(generator.getState()).toEqual(before);
  });

  test("of p = 1 is 0 times the input, draws nothing and has a gradient of zeros", () => {
    const generator = new Generator(2);
    const before = generator.getState();
    const x = tensor([1, -2, Infinity], { requiresGrad: true });
    const y = dropout(x, 1, true, { generator });
    expect(y.toTypedArray()).toStrictEqual(Float32Array.of(0, -0, NaN));
    y.backward(ones(3));
    expect(x.grad!.toArray()).toEqual([0, 0, 0]);
    expect(dropout(tensor([3], { dtype: "int32" }), 1, true).dtype).toBe("int32");
    expect(generator.getState()).toEqual(before);
  });

  test("draws from the default generator if it gets none", () => {
    manualSeed(11);
    const y = dropout(ones(99), 0.3, true);
    const expected = dropout(ones(99), 0.3, true, { generator: new Generator(11) });
    expect(y.toArray()).toEqual(expected.toArray());
  });

  test("refuses what is no probability, and integers", () => {
    expect(() => dropout(ones(1), 1.5, true)).toThrow(
      "[dropout] the probability p must lie between 0 and 1, got 1.5",
    );
    expect(() => dropout(ones(1), NaN, false)).toThrow("[dropout] the probability p");
    expect(() => dropout(tensor([1, 2], { dtype: "int32" }), 0.5, true)).toThrow(
      "[dropout] needs a floating-point tensor, got int32",
    );
  });
});
