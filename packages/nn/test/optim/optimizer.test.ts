import { grad, tensor, Tensor, ValueError, zeros } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import { Adagrad, Adam, RMSprop, SGD, type Optimizer } from "../../src/optim/index.ts";
import { create, optimizers, Problem } from "./problem.ts";

const leaf = (...values: number[]): Tensor => tensor(values, { requiresGrad: true });

function withGradient(x: Tensor, g: number[]): Tensor {
  x.grad = tensor(g);
  return x;
}

describe.each(optimizers)("%s", (name) => {
  test("changes the parameter objects themselves and leaves no history", () => {
    const w = withGradient(leaf(1, -2), [0.5, 0.25]);
    const { storage } = w;
    create(name, [w]).step();
    expect(w.storage).toBe(storage);
    expect(w.isLeaf).toBe(true);
    expect(w.requiresGrad).toBe(true);
    expect(w.toArray()).not.toEqual([1, -2]);
  });

  test("climbs with maximize exactly as it descends on the negative", () => {
    const up = new Problem();
    const down = new Problem();
    up.train(create(name, [up.w, up.b], { lr: 0.01, maximize: true }), 5);
    down.train(create(name, [down.w, down.b], { lr: 0.01 }), 5, -1);
    expect(up.values()).toEqual(down.values());
  });

  test("leaves a parameter without a gradient alone and remembers nothing of it", () => {
    const w = leaf(1, 2);
    const optimizer = create(name, [w], { weightDecay: 0.5 });
    optimizer.step();
    expect(w.toArray()).toEqual([1, 2]);
    expect(optimizer.state.size).toBe(0);
  });

  test("continues from a state dict bit for bit like the run that was not interrupted", () => {
    const options = { lr: 0.05, weightDecay: 0.01 };
    const straight = new Problem("float32");
    straight.train(create(name, [straight.w, straight.b], options), 10);

    const first = new Problem("float32");
    const before = create(name, [first.w, first.b], options);
    first.train(before, 5);
    const second = new Problem("float32");
    second.w.detach().copy_(first.w.detach());
    second.b.detach().copy_(first.b.detach());
    const after = create(name, [second.w, second.b]);
    after.loadStateDict(revive(JSON.parse(JSON.stringify(before.stateDict(), tensorsAsArrays))));
    first.train(before, 3); // must not disturb what was loaded
    second.train(after, 5);
    expect(second.values()).toEqual(straight.values());
  });

  test("steps on gradients that have a history of their own", () => {
    const w = leaf(1, 2);
    const [g] = grad(w.pow(3).sum(), [w], { createGraph: true });
    w.grad = g;
    create(name, [w], { lr: 0.5 }).step();
    expect(w.isLeaf).toBe(true);
  });

  test("refuses a negative learning rate and a learning rate that is not a number", () => {
    expect(() => create(name, [leaf(1)], { lr: -1 })).toThrow(/lr must be a number of at least 0, got -1/);
    expect(() => create(name, [leaf(1)], { lr: NaN })).toThrow(ValueError);
  });

  test("refuses an unknown option and says which there are", () => {
    expect(() => create(name, [leaf(1)], { learningRate: 1 })).toThrow(
      /unknown option learningRate; there are lr, /,
    );
  });
});

test.each([SGD, Adam])("$name refuses a bare learning rate where the options belong", (Chosen) => {
  expect(() => new Chosen([leaf(1)], 0.1 as unknown as object)).toThrow(
    /options must be an object, got 0.1; write them by name, as in { lr: 0.01 }/,
  );
});

/** Tensors as plain data, as a file format would hold them: with shape and dtype, which their own `toJSON` leaves out. */
function tensorsAsArrays(this: Record<string, unknown>, key: string): unknown {
  const value = this[key];
  return value instanceof Tensor
    ? { tensor: [...value.toTypedArray()], shape: value.shape, dtype: value.dtype }
    : value;
}

function revive(value: unknown): never {
  const walk = (x: unknown): unknown => {
    if (typeof x !== "object" || x === null) return x;
    if (Array.isArray(x)) return x.map(walk);
    if ("tensor" in x) {
      const { tensor: flat, shape, dtype } = x as { tensor: number[]; shape: number[]; dtype: "float32" };
      return tensor(flat, { dtype }).view(...shape);
    }
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, walk(v)]));
  };
  return walk(value) as never;
}

describe("parameter groups", () => {
  test("take the optimizer's options where they have none of their own", () => {
    const optimizer = new SGD([{ params: leaf(1) }, { params: [leaf(2)], lr: 0.5, momentum: 0.9 }], {
      lr: 0.1,
    });
    expect(optimizer.paramGroups.map(({ lr, momentum }) => [lr, momentum])).toEqual([
      [0.1, 0],
      [0.5, 0.9],
    ]);
  });

  test("obey an option that is changed between steps", () => {
    const w = withGradient(leaf(1), [1]);
    const optimizer = new SGD([w], { lr: 0.5 });
    optimizer.paramGroups[0]!.lr = 0.25;
    optimizer.step();
    expect(w.item()).toBe(0.75);
  });

  test("can be added later", () => {
    const [a, b] = [withGradient(leaf(1), [1]), withGradient(leaf(1), [1])];
    const optimizer = new SGD([a], { lr: 0.5 });
    optimizer.addParamGroup({ params: b, lr: 0.25 });
    optimizer.step();
    expect([a.item(), b.item()]).toEqual([0.5, 0.75]);
  });

  test("may come from a generator", () => {
    function* parameters(): Generator<Tensor> {
      yield withGradient(leaf(1), [1]);
    }
    expect(new SGD(parameters()).paramGroups[0]!.params).toHaveLength(1);
  });

  const w = leaf(1);
  test.each([
    ["an empty list", () => new SGD([]), /list of parameters is empty/],
    ["a tensor instead of a list", () => new SGD(w as never), /for one tensor write \[x\]/],
    ["something that is no tensor", () => new SGD([w, 3 as never]), /one of the parameters is number/],
    ["a computed tensor", () => new SGD([w.mul(2)]), /shape \[1\] is not a leaf but was computed by mul/],
    ["a parameter twice", () => new SGD([w, w]), /appears twice/],
    ["a parameter in two groups", () => new SGD([{ params: w }, { params: w }]), /appears twice/],
    ["a parameter that is added again", () => new SGD([w]).addParamGroup({ params: w }), /appears twice/],
    ["tensors beside groups", () => new SGD([{ params: w }, leaf(1)] as never), /mixes groups/],
    ["nesterov without momentum", () => new SGD([w], { nesterov: true }), /nesterov needs a momentum/],
    [
      "nesterov with dampening",
      () => new SGD([w], { nesterov: true, momentum: 0.9, dampening: 0.1 }),
      /dampening 0.1/,
    ],
    ["a bad option in a group", () => new SGD([{ params: w, momentum: -1 }]), /momentum must be/],
    [
      "a beta of 1",
      () => new Adam([w], { betas: [0.9, 1] }),
      /betas\[1\] must be at least 0 and less than 1, got 1/,
    ],
    ["one beta", () => new Adam([w], { betas: [0.9] as never }), /betas must be two numbers/],
    ["a negative eps", () => new RMSprop([w], { eps: -1 }), /\[RMSprop\] eps must be/],
    [
      "a negative initial sum",
      () => new Adagrad([w], { initialAccumulatorValue: -1 }),
      /initialAccumulatorValue/,
    ],
  ])("refuse %s", (_, create, message) => {
    expect(create).toThrow(ValueError);
    expect(create).toThrow(message);
  });

  test("refused parameters leave the optimizer as it was", () => {
    const optimizer = new SGD([w]);
    expect(() => optimizer.addParamGroup({ params: [leaf(1), w] })).toThrow(ValueError);
    expect(optimizer.paramGroups).toHaveLength(1);
  });
});

describe("zeroGrad", () => {
  test("forgets gradients, so that step leaves the parameters alone", () => {
    const w = withGradient(leaf(1), [1]);
    new SGD([w]).zeroGrad();
    expect(w.grad).toBeNull();
  });

  test("keeps the gradient tensors and fills them with zeros where setToNone is false", () => {
    const w = withGradient(leaf(1), [Infinity]);
    const g = w.grad;
    new SGD([w]).zeroGrad({ setToNone: false });
    expect(w.grad).toBe(g);
    expect(g?.toArray()).toEqual([0]);
  });

  test("cuts a gradient off its history where setToNone is false", () => {
    const w = leaf(3);
    w.square().sum().backward(null, { createGraph: true });
    new SGD([w]).zeroGrad({ setToNone: false });
    expect(w.grad?.requiresGrad).toBe(false);
    expect(w.grad?.toArray()).toEqual([0]);
  });
});

describe("step", () => {
  test("runs a closure first, with recording on, and returns its value", () => {
    const w = leaf(2);
    const optimizer = new SGD([w], { lr: 0.25 });
    const loss = optimizer.step(() => {
      optimizer.zeroGrad();
      const y = w.square().sum();
      y.backward();
      return y;
    });
    expect(loss.item()).toBe(4);
    expect(w.item()).toBe(1);
  });

  test("returns nothing without a closure", () => {
    expect(new SGD([leaf(1)]).step()).toBeUndefined();
  });

  test("makes a backward through values from before the step an error instead of a wrong gradient", () => {
    const w = leaf(2);
    const y = w.square().sum();
    y.backward(null, { retainGraph: true });
    new SGD([w], { lr: 0.5 }).step();
    expect(() => y.backward()).toThrow(/square saved a tensor .* but add_ changed it in place/);
  });
});

describe("stateDict", () => {
  test("has PyTorch's structure", () => {
    const [w, b] = [withGradient(leaf(1, 2), [3, 4]), leaf(5)];
    const optimizer = new SGD([{ params: w }, { params: b, lr: 0.5 }], { lr: 0.25, momentum: 0.9 });
    optimizer.step();
    const { state, paramGroups } = optimizer.stateDict();
    expect(Object.keys(state)).toEqual(["0"]);
    expect(state[0]?.momentumBuffer?.toArray()).toEqual([3, 4]);
    const options = {
      lr: 0.25,
      momentum: 0.9,
      dampening: 0,
      weightDecay: 0,
      nesterov: false,
      maximize: false,
    };
    expect(paramGroups).toEqual([
      { ...options, params: [0] },
      { ...options, lr: 0.5, params: [1] },
    ]);
  });

  test("loads into float64 parameters what was saved from float32 ones", () => {
    const a = withGradient(leaf(1), [0.5]);
    const from = new Adam([a]);
    from.step();
    const to = new Adam([zeros([1], { dtype: "float64", requiresGrad: true })]);
    to.loadStateDict(from.stateDict());
    expect([...to.state.values()][0]!.expAvg.dtype).toBe("float64");
  });

  const saved = (): ReturnType<Adam["stateDict"]> => {
    const optimizer = new Adam([withGradient(leaf(1, 2), [3, 4]), withGradient(leaf(5), [6])]);
    optimizer.step();
    return optimizer.stateDict();
  };
  const other = (): Optimizer => new Adam([leaf(1, 2), leaf(3)], { lr: 0.5 });

  test.each([
    ["no object", () => null, /expected what stateDict\(\) returns/],
    [
      "another number of groups",
      () => ({ ...saved(), paramGroups: [] }),
      /saved were 0 parameter groups, here are 1/,
    ],
    [
      "a missing option",
      () => ({ state: {}, paramGroups: [{ ...saved().paramGroups[0], betas: undefined }] }),
      /group 0: betas is missing, expected an array of 2/,
    ],
    [
      "other parameters",
      () => ({ state: {}, paramGroups: [{ ...saved().paramGroups[0], params: [0] }] }),
      /group 0: saved were 1 parameters, here are 2/,
    ],
    [
      "an option of another kind",
      () => ({ state: {}, paramGroups: [{ ...saved().paramGroups[0], lr: "-1" }] }),
      /group 0: lr is a string, expected a number/,
    ],
    ["a state of nobody", () => ({ ...saved(), state: { 7: {} } }), /a parameter 7 that is in no group/],
    ["a state that is none", () => ({ ...saved(), state: { 0: 3 } }), /parameter 0: its state is a number/],
  ])("refuses %s", (_, make, message) => {
    const optimizer = other();
    expect(() => optimizer.loadStateDict(make() as never)).toThrow(message);
    expect(optimizer.paramGroups[0]!.lr).toBe(0.5);
  });

  test("lists everything at once that does not fit", () => {
    const state = saved();
    Object.assign(state.state[0]!, { expAvg: zeros(3), velocity: 1 });
    Reflect.deleteProperty(state.state[1]!, "step");
    expect(() => other().loadStateDict(state)).toThrow(
      [
        "[loadStateDict] what was saved does not fit this Adam:",
        "parameter 0: unexpected velocity",
        "parameter 0: expAvg has shape [3], expected [2]",
        "parameter 1: step is missing, expected a number",
      ].join("\n  "),
    );
  });

  test("of another optimizer is refused", () => {
    const sgd = new SGD([leaf(1, 2), leaf(3)]);
    expect(() => sgd.loadStateDict(saved() as never)).toThrow(/momentum is missing/);
  });
});

test("an optimizer prints like PyTorch's", () => {
  const optimizer = new Adam([{ params: leaf(1) }, { params: leaf(2), lr: 0.5 }]);
  const group = (lr: number): string =>
    ["amsgrad: false", "betas: [0.9, 0.999]", "eps: 1e-8", `lr: ${lr}`, "maximize: false", "weightDecay: 0"]
      .map((line) => `    ${line}\n`)
      .join("");
  const text = `Adam (\nParameter Group 0\n${group(0.001)}\nParameter Group 1\n${group(0.5)})`;
  expect(String(optimizer)).toBe(text);
});
