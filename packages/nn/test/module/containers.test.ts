import { IndexError, ones, tensor, ValueError, type Tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import {
  Flatten,
  Identity,
  Linear,
  Module,
  ModuleDict,
  ModuleList,
  ReLU,
  Sequential,
} from "../../src/index.ts";

class Add extends Module {
  readonly amount: number;
  constructor(amount: number) {
    super();
    this.amount = amount;
  }
  override forward(x: Tensor): Tensor {
    return x.add(this.amount);
  }
}

class Times extends Module {
  readonly factor: number;
  constructor(factor: number) {
    super();
    this.factor = factor;
  }
  override forward(x: Tensor): Tensor {
    return x.mul(this.factor);
  }
}

describe("Sequential", () => {
  test("applies its layers in order", () => {
    expect(new Sequential(new Add(1), new Times(10)).forward(tensor(2)).item()).toBe(30);
    expect(new Sequential({ second: new Times(10), first: new Add(1) }).forward(tensor(2)).item()).toBe(21);
  });

  test("without layers returns its input", () => {
    const x = ones(2);
    expect(new Sequential().forward(x)).toBe(x);
  });

  test("names layers by position or by the keys given", () => {
    expect(Object.keys(new Sequential(new ReLU(), new Linear(1, 1)).stateDict())).toEqual([
      "1.weight",
      "1.bias",
    ]);
    expect(Object.keys(new Sequential({ fc: new Linear(1, 1) }).stateDict())).toEqual([
      "fc.weight",
      "fc.bias",
    ]);
  });

  test("applies a layer that appears twice twice, and yields its parameters once", () => {
    const layer = new Linear(1, 1);
    const model = new Sequential(layer, new ReLU(), layer);
    expect([...model]).toEqual([layer, model.at(1), layer]);
    expect([...model.parameters()].length).toBe(2);
    expect(model.length).toBe(3);
  });

  test("gives its layers by position, also from the end", () => {
    const [a, b] = [new Identity(), new Flatten()];
    const model = new Sequential(a).append(b);
    expect([model.at(0), model.at(-1)]).toEqual([a, b]);
    expect(() => model.at(2)).toThrow(IndexError);
    expect(() => model.at(-3)).toThrow("[Sequential] no module at index -3; there are 2");
    expect(() => model.at(0.5)).toThrow(IndexError);
  });

  test("refuses names that are paths, empty, or taken", () => {
    for (const name of ["a.b", "", "forward", "train", "training", "length"])
      expect(() => new Sequential({ [name]: new ReLU() }), name).toThrow(ValueError);
  });

  test("refuses a class or a function in the place of the only layer", () => {
    for (const wrong of [Linear, (x: Tensor) => x.relu(), undefined, null, 3])
      expect(() => new Sequential(wrong as never)).toThrow(/"0" must be a module, got/);
  });

  test("refuses what is no module", () => {
    expect(() => new Sequential(new ReLU(), null as unknown as ReLU)).toThrow(ValueError);
  });
});

describe("ModuleList", () => {
  test("is found with its parameters, and iterates", () => {
    const list = new ModuleList([new Linear(1, 2), new Linear(2, 3)]);
    expect(Object.keys(list.stateDict())).toEqual(["0.weight", "0.bias", "1.weight", "1.bias"]);
    expect(Array.from(list, (m) => m.outFeatures)).toEqual([2, 3]);
  });

  test("append, extend and insert keep the order beyond ten elements", () => {
    const list = new ModuleList<Times>();
    for (let i = 0; i < 11; i++) list.append(new Times(i));
    list.extend([new Times(11), new Times(12)]).insert(2, new Times(99));
    expect(Array.from(list, (m) => m.factor)).toEqual([0, 1, 99, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(list.length).toBe(14);
    expect(() => list.insert(15, new Times(0))).toThrow(IndexError);
  });

  test("has no forward of its own", () => {
    const list = new ModuleList([new ReLU()]) as ModuleList & { forward(x: Tensor): Tensor };
    expect(() => list.forward(ones(1))).toThrow(/required "forward"/);
  });
});

describe("ModuleDict", () => {
  test("holds modules by name", () => {
    const dict = new ModuleDict<Add | Times>({ plus: new Add(1) }).set("times", new Times(3));
    expect([dict.size, dict.has("plus"), dict.has("minus"), dict.has("training")]).toEqual([
      2,
      true,
      false,
      false,
    ]);
    expect([...dict.keys()]).toEqual(["plus", "times"]);
    expect(dict.get("times").forward(tensor(5)).item()).toBe(15);
    expect(Array.from(dict, ([name, m]) => [name, m.constructor.name])).toEqual([
      ["plus", "Add"],
      ["times", "Times"],
    ]);
    expect([...dict.values()].length).toBe(2);
  });

  test("replaces and deletes", () => {
    const dict = new ModuleDict({ a: new Linear(1, 1) });
    dict.set("a", new Linear(2, 2));
    expect(dict.get("a").inFeatures).toBe(2);
    expect([dict.delete("a"), dict.delete("a"), dict.size]).toEqual([true, false, 0]);
    expect([...dict.parameters()]).toEqual([]);
  });

  test("says which names there are when one is missing", () => {
    expect(() => new ModuleDict({ a: new ReLU(), b: new ReLU() }).get("c")).toThrow(
      /no module named "c"; there are: a, b/,
    );
  });

  test("refuses names that modules use themselves", () => {
    expect(() => new ModuleDict({ get: new ReLU() })).toThrow(/"get" is taken/);
    expect(() => new ModuleDict({ training: new ReLU() })).toThrow(/"training" is taken/);
  });
});
