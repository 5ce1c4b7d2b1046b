import { noGrad, ones, randn, tensor, zeros, type Tensor } from "@torchlet/tensor";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  BatchNorm1d,
  CrossEntropyLoss,
  Dropout,
  F,
  Linear,
  Module,
  ModuleList,
  optim,
  Parameter,
  ReLU,
  Sequential,
} from "../../src/index.ts";

class Block extends Module {
  inner = new Linear(2, 2);
  scale = new Parameter(ones(2));
  override forward(x: Tensor): Tensor {
    return this.inner.forward(x).mul(this.scale);
  }
}

class Network extends Module {
  offset = new Parameter(zeros(1));
  first = new Block();
  act = new ReLU();
  last = new Linear(2, 1);
  note = "not a module";
  override forward(x: Tensor): Tensor {
    return this.last.forward(this.act.forward(this.first.forward(x))).add(this.offset);
  }
}

function names<T>(entries: Iterable<[string, T]>): string[] {
  return Array.from(entries, ([name]) => name);
}

function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected an error");
}

describe("Parameter", () => {
  test("is a leaf that requires a gradient, unless told otherwise, and shares its tensor's memory", () => {
    const x = tensor([1, 2]);
    const p = new Parameter(x);
    expect([p.isLeaf, p.requiresGrad]).toEqual([true, true]);
    expect(new Parameter(x, { requiresGrad: false }).requiresGrad).toBe(false);
    x.fill_(7);
    expect(p.toArray()).toEqual([7, 7]);
  });

  test("made of a computed tensor is a leaf", () => {
    const x = tensor([1, 2], { requiresGrad: true }).mul(2);
    expect(new Parameter(x).isLeaf).toBe(true);
  });

  test("of integers throws unless no gradient is wanted", () => {
    const x = tensor([1], { dtype: "int32" });
    expect(() => new Parameter(x)).toThrow(/floating-point/);
    expect(new Parameter(x, { requiresGrad: false }).dtype).toBe("int32");
  });

  test("prints as PyTorch's does", () => {
    expect(new Parameter(tensor([1, 2])).toString()).toBe(
      "Parameter containing:\ntensor([1., 2.], requiresGrad=true)",
    );
  });

  test("computes plain tensors", () => {
    expect(new Parameter(ones(2)).mul(2)).not.toBeInstanceOf(Parameter);
  });

  test("is not the type of a plain tensor", () => {
    expectTypeOf<Parameter>().toExtend<Tensor>();
    expectTypeOf<Tensor>().not.toExtend<Parameter>();
  });

  test("to_ converts values and gradient and keeps the object and its hooks", () => {
    const p = new Parameter(tensor([1, 2]));
    const seen: string[] = [];
    p.registerHook((g) => void seen.push(g.dtype));
    p.mul(3).sum().backward();
    expect(p.to_("float64")).toBe(p);
    expect([p.dtype, p.grad?.dtype, p.isLeaf, p.requiresGrad]).toEqual(["float64", "float64", true, true]);
    p.mul(3).sum().backward();
    expect(p.grad?.toArray()).toEqual([6, 6]);
    expect(seen).toEqual(["float32", "float64"]);
  });

  test("to_ makes backward through an older graph an error, not a mixture of dtypes", () => {
    const p = new Parameter(tensor([1, 2]));
    const loss = p.mul(3).sum();
    p.to_("float64");
    expect(() => loss.backward()).toThrow(/dtype/);
  });
});

describe("what a module consists of", () => {
  test("is found in its properties, in their order, own parameters before children", () => {
    expect(names(new Network().namedParameters())).toEqual([
      "offset",
      "first.scale",
      "first.inner.weight",
      "first.inner.bias",
      "last.weight",
      "last.bias",
    ]);
    expect(names(new Network().namedModules())).toEqual(["", "first", "first.inner", "act", "last"]);
    expect(names(new Network().namedChildren())).toEqual(["first", "act", "last"]);
    expect(names(new Network().namedParameters({ recurse: false }))).toEqual(["offset"]);
  });

  test("is yielded once where it is shared, but appears in the state under every name", () => {
    class Tied extends Module {
      a = new Linear(2, 2, { bias: false });
      b = new Linear(2, 2, { bias: false });
      c = this.a;
    }
    const tied = new Tied();
    tied.b.weight = tied.a.weight;
    expect(names(tied.namedParameters())).toEqual(["a.weight"]);
    expect(names(tied.namedModules())).toEqual(["", "a", "b"]);
    expect(names(tied.namedChildren())).toEqual(["a", "b"]);
    expect(Object.keys(tied.stateDict())).toEqual(["a.weight", "b.weight", "c.weight"]);
  });

  test("ends where a module contains itself", () => {
    class Ring extends Module {
      self: Module | null = null;
    }
    const ring = new Ring();
    ring.self = ring;
    expect([...ring.modules()]).toEqual([ring]);
  });

  test("follows assignments and deletions", () => {
    class Open extends Module {
      layer: Module | null = new Linear(1, 1);
    }
    const open = new Open();
    open.layer = new ReLU();
    expect([...open.parameters()]).toEqual([]);
    open.layer = null;
    expect([...open.children()]).toEqual([]);
  });

  test("throws for an array of modules instead of overlooking it", () => {
    class Careless extends Module {
      layers = [new Linear(1, 1)];
    }
    expect(() => [...new Careless().parameters()]).toThrow(/"layers" is an array.*ModuleList/);
    expect(() => new Careless().stateDict()).toThrow(/ModuleList/);
  });

  test.each([
    ["an object", (layer: Module) => ({ layer }), /"held" is an object.*ModuleDict/],
    ["a map", (layer: Module) => new Map([["layer", layer]]), /ModuleDict/],
    ["a set", (layer: Module) => new Set([layer]), /"held" is a Set.*ModuleList/],
    ["an array in an array", (layer: Module) => [[layer]], /ModuleList/],
    ["an array behind something else", (layer: Module) => [null, layer], /ModuleList/],
    ["an object in an array", (layer: Module) => [{ layer }], /ModuleList/],
  ])("throws for a module in %s, unless it is a property, too", (_, holding, message) => {
    class Careless extends Module {
      held: unknown;
      layer: Module | null = null;
    }
    const careless = new Careless();
    const layer = new Linear(1, 1);
    careless.held = holding(layer);
    expect(() => [...careless.parameters()]).toThrow(message);
    careless.layer = layer;
    expect([...careless.parameters()]).toEqual([layer.weight, layer.bias]);
  });

  test("that stands inside itself is printed, and has no state", () => {
    class Child extends Module {
      parent: Module | null = null;
    }
    class Parent extends Module {
      child = new Child();
    }
    const parent = new Parent();
    parent.child.parent = parent;
    expect(String(parent)).toBe("Parent(\n  (child): Child(\n    (parent): Parent(...)\n  )\n)");
    expect(() => parent.stateDict()).toThrow(/"child.parent" is a module that it stands in itself/);
  });

  test("is reached by its path", () => {
    const network = new Network();
    expect(network.getSubmodule("first.inner")).toBe(network.first.inner);
    expect(network.getSubmodule("")).toBe(network);
    expect(network.getParameter("first.inner.bias")).toBe(network.first.inner.bias);
    expect(network.getParameter("offset")).toBe(network.offset);
    expect(message(() => network.getSubmodule("first.outer"))).toMatch(
      /"first.outer": Block has no module named "outer"/,
    );
    expect(message(() => network.getParameter("last.gain"))).toMatch(/Linear has no parameter named "gain"/);
    expect(() => network.getParameter("note")).toThrow(/no parameter/);
  });
});

describe("buffers", () => {
  class Counting extends Module {
    count: Tensor = this.registerBuffer("count", zeros([]));
    scratch: Tensor | null = this.registerBuffer("scratch", zeros(2), { persistent: false });
    later: Tensor | null = this.registerBuffer("later", null);
    plain = ones(3);
  }

  test("are registered tensors; plain tensors and parameters are none", () => {
    const module = new Counting();
    expect(names(module.namedBuffers())).toEqual(["count", "scratch"]);
    expect([...module.parameters()]).toEqual([]);
    module.later = ones(1);
    expect(names(module.namedBuffers())).toEqual(["count", "scratch", "later"]);
  });

  test("are in the state unless they are null or not persistent", () => {
    expect(Object.keys(new Counting().stateDict())).toEqual(["count"]);
  });

  test("can be replaced by assignment and stay buffers", () => {
    const module = new Counting();
    module.count = tensor(5);
    expect(module.stateDict().count?.item()).toBe(5);
  });

  test("need a name that is free and no path", () => {
    const module = new Counting();
    expect(() => module.registerBuffer("plain", ones(1))).toThrow(/already has a property "plain"/);
    expect(() => module.registerBuffer("forward", ones(1))).toThrow(/already has a property "forward"/);
    expect(() => module.registerBuffer("a.b", ones(1))).toThrow(/dot/);
    expect(() => module.registerBuffer("", ones(1))).toThrow(/empty/);
    expect(module.registerBuffer("count", null)).toBe(null);
  });
});

describe("changing all of a module", () => {
  test("apply visits children first and the module last", () => {
    const seen: string[] = [];
    new Network().apply((m) => seen.push(m.constructor.name));
    expect(seen).toEqual(["Linear", "Block", "ReLU", "Linear", "Network"]);
  });

  test("train and eval reach every module", () => {
    const network = new Sequential(new Dropout(), new Sequential(new Dropout()));
    expect(network.eval()).toBe(network);
    expect([...network.modules()].map((m) => m.training)).toEqual([false, false, false, false]);
    network.train();
    expect([...network.modules()].every((m) => m.training)).toBe(true);
    expect(network.train(false).training).toBe(false);
  });

  test("requiresGrad_ freezes and thaws", () => {
    const network = new Network().requiresGrad_(false);
    expect([...network.parameters()].some((p) => p.requiresGrad)).toBe(false);
    expect(network.forward(ones(1, 2)).requiresGrad).toBe(false);
    expect([...network.requiresGrad_().parameters()].every((p) => p.requiresGrad)).toBe(true);
  });

  test("zeroGrad sets gradients to null, or fills them with zeros", () => {
    const layer = new Linear(2, 1);
    layer.forward(ones(1, 2)).backward();
    const { grad } = layer.weight;
    layer.zeroGrad({ setToNone: false });
    expect(layer.weight.grad?.toArray()).toEqual([[0, 0]]);
    expect(grad?.toArray()).toEqual([[0, 0]]);
    layer.zeroGrad();
    expect([layer.weight.grad, layer.bias?.grad]).toEqual([null, null]);
  });

  test("to converts parameters and floating-point buffers in place, so that an optimizer stays valid", () => {
    const model = new Sequential(new Linear(2, 2), new BatchNorm1d(2));
    const before = [...model.parameters()];
    const optimizer = new optim.SGD(model.parameters(), { lr: 1 });
    model.to("float64");
    expect([...model.parameters()].every((p, i) => p === before[i] && p.dtype === "float64")).toBe(true);
    const dtypes = Object.values(model.stateDict()).map((x) => x.dtype);
    expect(dtypes).toEqual([...Array<string>(6).fill("float64"), "int32"]);
    const weight = model.getParameter("0.weight");
    const old = weight.clone();
    model
      .forward(randn([4, 2], { dtype: "float64" }))
      .square()
      .sum()
      .backward();
    optimizer.step();
    expect(weight.eq(old).all().item()).toBe(0);
    expect(() => model.to("int32")).toThrow(/float32 or float64/);
  });
});

describe("stateDict and loadStateDict", () => {
  test("a state copies from one module to another", () => {
    const [a, b] = [new Network(), new Network()];
    const x = randn(3, 2);
    expect(b.loadStateDict(a.stateDict())).toEqual({ missingKeys: [], unexpectedKeys: [] });
    expect(b.forward(x).toArray()).toEqual(a.forward(x).toArray());
  });

  test("a state is plain data in JSON", () => {
    const layer = new Linear(2, 1);
    layer.loadStateDict({ weight: tensor([[1, 2]]), bias: tensor([3]) });
    expect(JSON.stringify(layer.stateDict())).toBe('{"weight":[[1,2]],"bias":[3]}');
  });

  test("a state shares memory and has no history", () => {
    const layer = new Linear(1, 1);
    const state = layer.stateDict();
    expect(state.weight?.requiresGrad).toBe(false);
    noGrad(() => layer.weight.fill_(5));
    expect(state.weight?.toArray()).toEqual([[5]]);
  });

  test("loading writes into the existing parameters and converts dtypes", () => {
    const layer = new Linear(1, 1);
    const { weight } = layer;
    layer.loadStateDict({
      weight: tensor([[2]], { dtype: "float64" }),
      bias: tensor([3], { dtype: "int32" }),
    });
    expect(layer.weight).toBe(weight);
    expect([weight.dtype, weight.requiresGrad, weight.toArray()]).toEqual(["float32", true, [[2]]]);
    expect(layer.bias?.toArray()).toEqual([3]);
  });

  test("everything that does not fit is reported at once, and nothing is changed", () => {
    const network = new Network();
    const before = network.last.weight.toArray();
    const { "last.bias": _bias, offset: _offset, ...state } = network.stateDict();
    const wrong = {
      ...state,
      "first.scale": ones(3),
      "last.weight": ones(1, 2),
      extra: ones(1),
      "other.thing": ones(1),
    };
    expect(message(() => network.loadStateDict(wrong))).toBe(
      [
        "[loadStateDict] the state does not fit Network:",
        'missing: "offset", "last.bias"',
        'unexpected: "extra", "other.thing"',
        "first.scale: shape [3] in the state, [2] in the module",
      ].join("\n  "),
    );
    expect(network.last.weight.toArray()).toEqual(before);
  });

  test("without strict only shapes must fit, and the names that do not are returned", () => {
    const layer = new Linear(1, 1);
    const result = layer.loadStateDict({ weight: tensor([[9]]), extra: ones(1) }, { strict: false });
    expect(result).toEqual({ missingKeys: ["bias"], unexpectedKeys: ["extra"] });
    expect(layer.weight.toArray()).toEqual([[9]]);
    expect(() => layer.loadStateDict({ weight: ones(2, 2) }, { strict: false })).toThrow(/shape \[2, 2\]/);
  });

  test("a shape that would broadcast does not fit", () => {
    expect(() => new Linear(2, 2).loadStateDict({ weight: ones(1, 2), bias: ones(2) })).toThrow(
      /weight: shape/,
    );
  });

  test("what is no tensor is reported", () => {
    const state = { weight: null, bias: [1] } as unknown as Record<string, Tensor>;
    expect(() => new Linear(1, 1).loadStateDict(state)).toThrow(
      /weight: expected a tensor, got null\n.*bias/,
    );
  });

  test("loading works inside a recorded computation and is not recorded", () => {
    const layer = new Linear(1, 1);
    layer.loadStateDict({ weight: tensor([[1]], { requiresGrad: true }), bias: tensor([1]) });
    expect(layer.weight.isLeaf).toBe(true);
  });

  test("an optimizer keeps working after loading", () => {
    const layer = new Linear(1, 1, { bias: false });
    const optimizer = new optim.SGD(layer.parameters(), { lr: 1 });
    layer.loadStateDict({ weight: tensor([[3]]) });
    layer.forward(ones(1, 1)).sum().backward();
    optimizer.step();
    expect(layer.weight.item()).toBe(2);
  });

  test("weights of a loss are part of its state", () => {
    const loss = new CrossEntropyLoss({ weight: tensor([1, 2]) });
    loss.loadStateDict({ weight: tensor([3, 4]) });
    const target = tensor([1], { dtype: "int32" });
    const x = tensor([[1, 2]]);
    expect(loss.forward(x, target).item()).toBe(F.crossEntropy(x, target, { weight: tensor([3, 4]) }).item());
  });
});

describe("forward", () => {
  test("is required", () => {
    class Empty extends Module {}
    const empty = new Empty() as Module & { forward(x: Tensor): Tensor };
    expect(() => empty.forward(ones(1))).toThrow(
      '[Empty] the module is missing the required "forward" function',
    );
  });

  test("may take several inputs and return anything", () => {
    class Pair extends Module {
      override forward(a: Tensor, b: Tensor, factor = 1): { sum: Tensor; product: Tensor } {
        return { sum: a.add(b), product: a.mul(b).mul(factor) };
      }
    }
    expect(new Pair().forward(tensor(2), tensor(3), 10).product.item()).toBe(60);
  });

  test("a module whose forward takes several inputs is no layer of Sequential", () => {
    class Two extends Module {
      override forward(a: Tensor, b: Tensor): Tensor {
        return a.add(b);
      }
    }
    // @ts-expect-error -- Sequential passes one tensor
    expect(new Sequential(new Two()).length).toBe(1);
  });

  test("list elements keep their type", () => {
    const list = new ModuleList([new Linear(2, 3), new Linear(3, 1)]);
    expect(list.at(-1).outFeatures).toBe(1);
  });
});

describe("printing", () => {
  test("shows nested modules as PyTorch does", () => {
    const text = [
      "Network(",
      "  (first): Block(",
      "    (inner): Linear(inFeatures=2, outFeatures=2, bias=true)",
      "  )",
      "  (act): ReLU()",
      "  (last): Linear(inFeatures=2, outFeatures=1, bias=true)",
      ")",
    ].join("\n");
    expect(String(new Network())).toBe(text);
  });

  test("shows a module's own lines before its children", () => {
    class Noted extends Module {
      act = new ReLU();
      override extraRepr(): string {
        return "one\ntwo";
      }
    }
    expect(String(new Noted())).toBe("Noted(\n  one\n  two\n  (act): ReLU()\n)");
  });
});
