import {
  defineFunction,
  DTypeError,
  gradcheck,
  gradgradcheck,
  noGrad,
  rand,
  tensor,
  ValueError,
  type Tensor,
} from "@torchlet/tensor";
import { describe, expect, it } from "vitest";

const leaf = (...values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

/** A function with values of its own and a gradient that may not belong to it. */
function withGradient(
  forward: (x: Tensor) => Tensor,
  backward: (x: Tensor, g: Tensor) => Tensor | null,
): (x: Tensor) => Tensor {
  return defineFunction({
    name: "suspect",
    forward(ctx, x: Tensor) {
      ctx.saveForBackward(x);
      return forward(x);
    },
    backward: (ctx, g) => backward(ctx.savedTensors[0]!, g),
  });
}

describe("gradcheck", () => {
  it("accepts a right gradient", () => {
    expect(gradcheck((x, y) => [x.mul(y), x.div(y)], [leaf(1, 2), leaf(3, -4)])).toBe(true);
  });

  it("names output, input, index and both numbers of a wrong factor", () => {
    const wrong = withGradient(
      (x) => x.square(),
      (x, g) => g.mul(x).mul(3),
    );
    const f = (y: Tensor, x: Tensor): Tensor[] => [y, wrong(x)];
    expect(() => gradcheck(f, [leaf(1), leaf(1, 2)])).toThrow(
      /^\[gradcheck\] output 1, input 1: d\(y\[0\]\)\/d\(x\[0\]\) is 3 by backward but (2\.0000\d*|1\.9999\d*) by differences$/,
    );
    expect(gradcheck(f, [leaf(1), leaf(1, 2)], { raiseException: false })).toBe(false);
  });

  it("finds a broadcast that was not summed up", () => {
    // Each of two rows receives g, so the gradient is the sum of both; this one forgets the second.
    const wrong = withGradient(
      (x) => x.expand(2, 2).clone(),
      (_x, g) => g.at(0),
    );
    expect(() => gradcheck(wrong, [leaf(1, 2)])).toThrow(
      /d\(y\[1, 0\]\)\/d\(x\[0\]\) is 0 by backward but (1|0\.99)/,
    );
  });

  it("finds a gradient that does not arrive", () => {
    const missing = /input 0: .* is missing \(no gradient arrives\) by backward but (1|0\.99)/;
    expect(() => gradcheck((x) => x.detach().mul(1), [leaf(1)])).toThrow(missing);
    const dropped = withGradient(
      (x) => x.mul(1),
      () => null,
    );
    expect(() => gradcheck(dropped, [leaf(1)])).toThrow(missing);
    expect(gradcheck((x, y) => x.mul(y.detach()), [leaf(1), tensor(2, { dtype: "float64" })])).toBe(true);
  });

  it("finds a gradient that is not a number", () => {
    const wrong = withGradient(
      (x) => x.mul(2),
      (_x, g) => g.mul(NaN),
    );
    expect(() => gradcheck(wrong, [leaf(1)])).toThrow(/is NaN by backward/);
  });

  it("finds a gradient of another dtype", () => {
    const wrong = withGradient(
      (x) => x.mul(2),
      (_x, g) => g.to("float32"),
    );
    expect(() => gradcheck(wrong, [leaf(1)])).toThrow(DTypeError);
  });

  it("refuses functions that are not deterministic", () => {
    expect(() => gradcheck((x) => x.mul(rand([2])), [leaf(1, 2)])).toThrow(
      /output 0 is not deterministic.*\[0\]/,
    );
  });

  it("needs float64 inputs and outputs, and an input that requires a gradient", () => {
    expect(() => gradcheck((x) => x, [tensor([1], { requiresGrad: true })])).toThrow(
      /input 0 is float32.*float64/,
    );
    expect(() => gradcheck((x) => x.to("float32"), [leaf(1)])).toThrow(/output 0 is float32/);
    expect(() => gradcheck((x) => x, [tensor([1])])).toThrow(ValueError);
  });

  it("passes over integer results, and leaves the inputs and their graph as they were", () => {
    const x = leaf(1, 2);
    expect(gradcheck((x) => [x.argmax(), x.mul(2)], [x])).toBe(true);
    expect([x.toArray(), x.grad, x.storage.version]).toEqual([[1, 2], null, 0]);
  });
});

describe("gradgradcheck", () => {
  it("accepts a backward that is differentiated rightly", () => {
    expect(gradgradcheck((x, y) => x.mul(y).exp().sum(), [leaf(0.1, 0.2), leaf(0.3, -0.4)])).toBe(true);
    expect(gradgradcheck((x) => x.mul(2), [leaf(1)])).toBe(true);
  });

  it("names the gradient and the input where it is not", () => {
    // The first derivative is right, but the numbers in it are cut off from the graph.
    const wrong = withGradient(
      (x) => x.pow(3),
      (x, g) => g.mul(noGrad(() => x.square().mul(3))),
    );
    expect(gradcheck(wrong, [leaf(2)])).toBe(true);
    expect(() => gradgradcheck(wrong, [leaf(2)])).toThrow(
      /^\[gradgradcheck\] gradient of input 0, input 0: d\(y\[0\]\)\/d\(x\[0\]\) is missing .* but (12|11\.99)/,
    );
  });
});
