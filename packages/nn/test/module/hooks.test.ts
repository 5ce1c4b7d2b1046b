import { gradcheck, ones, randn, tensor, type Tensor } from "@torchlet/tensor";
import { expect, test } from "vitest";
import { Identity, Linear, Module, Sequential, Tanh } from "../../src/index.ts";

/** Gradients as arrays. */
function arrays(gradients: readonly (Tensor | null)[]): unknown[] {
  return gradients.map((g) => g?.toArray() ?? null);
}

class Product extends Module {
  override forward(a: Tensor, b: Tensor): Tensor {
    return a.mul(b);
  }
}

class Both extends Module {
  override forward(x: Tensor): Tensor[] {
    return [x.mul(2), x.mul(3)];
  }
}

test("a forward hook sees module, inputs and output, and may replace the output", () => {
  const layer = new Tanh();
  const seen: unknown[] = [];
  layer.registerForwardHook((module, inputs, output) => {
    seen.push(module === layer, inputs.length, inputs[0].item(), output.item());
  });
  layer.registerForwardHook((_m, _inputs, output) => output.add(1));
  expect(layer.forward(tensor(0)).item()).toBe(1);
  expect(seen).toEqual([true, 1, 0, 0]);
});

test("a forward-pre hook may replace one input, or all of them", () => {
  const layer = new Product();
  const one = layer.registerForwardPreHook((_m, [a, b]) => [a.add(1), b]);
  expect(layer.forward(tensor(2), tensor(5)).item()).toBe(15);
  one.remove();
  const identity = new Identity();
  identity.registerForwardPreHook((_m, [x]) => x.mul(10));
  expect(identity.forward(tensor(3)).item()).toBe(30);
});

test("hooks run in the order of registration, each on what the one before left", () => {
  const layer = new Identity();
  layer.registerForwardHook((_m, _i, y) => y.add(1));
  layer.registerForwardHook((_m, _i, y) => y.mul(10));
  expect(layer.forward(tensor(1)).item()).toBe(20);
});

test("hooks also run when a parent calls the module", () => {
  const inner = new Linear(2, 2);
  let calls = 0;
  inner.registerForwardHook(() => {
    calls++;
  });
  new Sequential(inner, inner).forward(ones(1, 2));
  expect(calls).toBe(2);
});

test("the same hook registered twice runs twice, and each handle removes its own", () => {
  const layer = new Identity();
  const add = (_m: Identity, _i: [x: Tensor], y: Tensor): Tensor => y.add(1);
  const [first, second] = [layer.registerForwardHook(add), layer.registerForwardHook(add)];
  expect(layer.forward(tensor(0)).item()).toBe(2);
  first.remove();
  first.remove();
  expect(layer.forward(tensor(0)).item()).toBe(1);
  second.remove();
  expect(layer.forward(tensor(0)).item()).toBe(0);
});

test("nothing of the hooks shows among properties, in the state or in print, and the last removal restores forward", () => {
  const layer = new Linear(1, 1);
  const before = [Object.keys(layer), Object.keys(layer.stateDict()), String(layer)];
  const handle = layer.registerForwardHook(() => undefined);
  expect([Object.keys(layer), Object.keys(layer.stateDict()), String(layer)]).toEqual(before);
  expect(Object.hasOwn(layer, "forward")).toBe(true);
  handle.remove();
  expect(Object.hasOwn(layer, "forward")).toBe(false);
});

test("a forward that is the instance's own is wrapped and restored", () => {
  class Arrow extends Module {
    override forward = (x: Tensor): Tensor => x.add(1);
  }
  const layer = new Arrow();
  const own = layer.forward;
  const handle = layer.registerForwardHook((_m, _i, y) => y.mul(10));
  expect(layer.forward(tensor(1)).item()).toBe(20);
  handle.remove();
  expect(layer.forward).toBe(own);
});

test("a full backward hook gets the gradients of all inputs and of the output", () => {
  const layer = new Product();
  const seen: unknown[] = [];
  layer.registerFullBackwardHook((module, gradInput, gradOutput) => {
    seen.push(module === layer, arrays(gradInput), arrays(gradOutput));
  });
  const [a, b] = [tensor([2, 3], { requiresGrad: true }), tensor([5, 7], { requiresGrad: true })];
  layer.forward(a, b).mul(10).sum().backward();
  expect(seen).toEqual([
    true,
    [
      [50, 70],
      [20, 30],
    ],
    [[10, 10]],
  ]);
  expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
    [50, 70],
    [20, 30],
  ]);
});

test("a full backward hook may replace the gradients of the inputs", () => {
  const layer = new Product();
  layer.registerFullBackwardHook((_m, [ga, gb]) => [ga!.mul(100), gb!]);
  const [a, b] = [tensor(2, { requiresGrad: true }), tensor(5, { requiresGrad: true })];
  layer.forward(a, b).backward();
  expect([a.grad?.item(), b.grad?.item()]).toEqual([500, 2]);
});

test("an input that needs no gradient counts as null; with none at all the hook still runs", () => {
  const layer = new Product();
  const seen: unknown[] = [];
  layer.registerFullBackwardHook((_m, gradInput, gradOutput) => {
    seen.push(arrays(gradInput), arrays(gradOutput));
  });
  layer.forward(tensor(2, { requiresGrad: true }), tensor(5)).backward();
  expect(seen.splice(0)).toEqual([[5, null], [1]]);

  const linear = new Linear(1, 1, { bias: false });
  linear.registerFullBackwardHook((_m, gradInput, gradOutput) => {
    seen.push(arrays(gradInput), arrays(gradOutput));
  });
  linear.forward(ones(1, 1)).sum().backward();
  expect(seen).toEqual([[null], [[[1]]]]);
});

test("a full backward hook waits for all outputs", () => {
  const layer = new Both();
  const seen: unknown[] = [];
  layer.registerFullBackwardHook((_m, gradInput, gradOutput) => {
    seen.push(arrays(gradInput), arrays(gradOutput));
  });
  const x = tensor(1, { requiresGrad: true });
  const [double, triple] = layer.forward(x) as [Tensor, Tensor];
  double.mul(10).add(triple).backward();
  expect(seen).toEqual([[23], [10, 1]]);
  expect(x.grad?.item()).toBe(23);
});

test("a full backward hook runs once per call and backward, also for a module that returns its input", () => {
  const layer = new Identity();
  const seen: unknown[] = [];
  layer.registerFullBackwardHook((_m, gradInput) => {
    seen.push(...arrays(gradInput));
  });
  const x = tensor(1, { requiresGrad: true });
  const y = layer.forward(layer.forward(x).mul(2)).mul(3);
  y.backward(undefined, { retainGraph: true });
  expect(seen).toEqual([3, 6]);
  y.backward();
  expect(seen).toEqual([3, 6, 3, 6]);
  expect(x.grad?.item()).toBe(12);
});

test("a full backward hook leaves first and second gradients right", () => {
  const layer = new Tanh();
  layer.registerFullBackwardHook(() => undefined);
  const x = randn([3], { dtype: "float64", requiresGrad: true });
  expect(gradcheck((x) => layer.forward(x).square(), [x])).toBe(true);
  const y = layer.forward(x);
  y.sum().backward(undefined, { createGraph: true });
  const g = x.grad!;
  x.grad = null;
  g.sum().backward();
  const expected = x.tanh().square().sub(1).mul(x.tanh()).mul(2); // tanh''(x) = -2 tanh(x) (1 - tanh²(x))
  expect(x.grad!.sub(expected).abs().max().item()).toBeLessThan(1e-12);
});

test("a full backward hook that returns the wrong number of gradients is an error", () => {
  const layer = new Product();
  layer.registerFullBackwardHook((_m, [g]) => [g!]);
  const y = layer.forward(tensor(2, { requiresGrad: true }), tensor(5, { requiresGrad: true }));
  expect(() => y.backward()).toThrow(/1 gradient\(s\) for 2 input\(s\)/);
});

test("a full backward hook on a module that returns something else than tensors is an error", () => {
  class Named extends Module {
    override forward(x: Tensor): { y: Tensor } {
      return { y: x };
    }
  }
  const layer = new Named();
  layer.registerFullBackwardHook(() => undefined);
  expect(() => layer.forward(ones(1))).toThrow(/tensor or an array of tensors/);
});

test.each(["registerForwardPreHook", "registerForwardHook", "registerFullBackwardHook"] as const)(
  "%s refuses what is no function at once, not in forward",
  (register) => {
    const layer = new Linear(1, 1);
    expect(() => layer[register](3 as never)).toThrow(`[${register}] the hook must be a function, got 3`);
  },
);
