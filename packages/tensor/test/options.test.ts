/** In plain JavaScript nothing else notices that PyTorch's positional arguments stand where an object belongs. */
import { describe, expect, test } from "vitest";
import * as torch from "../src/index.ts";
import { tensor, ValueError } from "../src/index.ts";

type Call = (...args: unknown[]) => unknown;
const functions = torch as unknown as Record<string, Call>;
const x = tensor([[1, 2], [3, 4]]); // prettier-ignore

test("a dtype that does not stand in an object is refused", () => {
  const make = (): unknown => functions.tensor!([1, 2], "int32");
  expect(make).toThrow(ValueError);
  expect(make).toThrow('[tensor] options must be an object, got "int32"; write them by name, as in {');
});

describe("bare options are refused by", () => {
  test.each(["zeros", "ones", "empty", "rand", "randn"])("%s", (name) => {
    expect(() => functions[name]!([2], "float64")).toThrow(
      `[${name}] options must be an object, got "float64"`,
    );
  });

  test.each(["zerosLike", "onesLike", "emptyLike"])("%s", (name) => {
    expect(() => functions[name]!(x, "float64")).toThrow(
      `[${name}] options must be an object, got "float64"`,
    );
  });

  test.each("sum mean var std prod amax amin argmax argmin all any logsumexp max min".split(" "))(
    "%s",
    (name) => {
      expect(() => functions[name]!(x, 1, true)).toThrow(
        /\] options must be an object, got true; write them by name, as in \{ keepdim: true \}/,
      );
    },
  );

  test.each([0, 1, 2, 3, Infinity])("norm with p = %s", (p) => {
    expect(() => functions.norm!(x, p, 1, true)).toThrow("options must be an object, got true");
  });
});

describe("options with a name that does not exist are refused by", () => {
  const index = tensor([[0, 1]], { dtype: "int32" });
  const w = tensor([1, 2], { requiresGrad: true });
  const calls: Record<string, readonly unknown[]> = {
    zeros: [[2]],
    rand: [[2]],
    bernoulli: [tensor([0.5])],
    add: [x, x],
    sub: [x, x],
    div: [x, x],
    addcmul: [x, x, x],
    addcdiv: [x, x, x],
    addmm: [x, x, x],
    round: [x],
    isclose: [x, x],
    allclose: [x, x],
    sum: [x, 0],
    amax: [x, 0],
    var: [x, 0],
    cumsum: [x, 0],
    cumprod: [x, 0],
    softmax: [x, 0],
    logSoftmax: [x, 0],
    sort: [x, 0],
    argsort: [x, 0],
    topk: [x, 1, 0],
    bincount: [index.reshape(-1)],
    scatter: [x, 0, index, 1],
    meshgrid: [[tensor([1])]],
    backward: [w.square().sum()],
    grad: [w.square().sum(), [w]],
    jacobian: [(a: torch.Tensor) => a, x],
    hessian: [(a: torch.Tensor) => a.sum(), x],
    gradcheck: [(a: torch.Tensor) => a, [w]],
    gradgradcheck: [(a: torch.Tensor) => a, [w]],
    toDot: [w.square().sum()],
    detectAnomaly: [() => 1],
  };
  test.each(Object.entries(calls))("%s", (name, args) => {
    expect(() => functions[name]!(...args, { nonsense: 1 })).toThrow(
      /^\[\w+\] unknown option nonsense; there (is|are) /,
    );
  });

  test.each(["add_", "sub_", "scatter_", "uniform_", "normal_", "bernoulli_"])("%s", (name) => {
    const y = x.clone();
    const args = { scatter_: [0, index, 1], add_: [1], sub_: [1] }[name] ?? [0, 1];
    const method = (y as unknown as Record<string, Call>)[name]!;
    const call = (): unknown => method.call(y, ...(name === "bernoulli_" ? [0.5] : args), { nonsense: 1 });
    expect(call).toThrow("unknown option nonsense");
    expect(y.equal(x)).toBe(true);
  });

  test("reductions, for those of other reductions", () => {
    expect(() => functions.amax!(x, 0, { correction: 0 })).toThrow(
      "unknown option correction; there is only keepdim",
    );
    expect(() => functions.zeros!([2], { generator: 1 })).toThrow("unknown option generator");
  });

  test("PyTorch's spelling is recognised", () => {
    expect(() => functions.backward!(w.square().sum(), { retain_graph: true })).toThrow(
      "did you mean retainGraph?",
    );
    expect(() => functions.isclose!(x, x, { equal_nan: true })).toThrow("did you mean equalNan?");
  });
});
