import { grad, ones, tensor, toDot, toMermaid, zeros, type Tensor } from "@torchlet/tensor";
import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

function linear(): { loss: Tensor; names: [string, Tensor][] } {
  const weight = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { requiresGrad: true },
  );
  const bias = tensor([0.5, -0.25], { requiresGrad: true });
  const x = tensor([[1, 1]]);
  const loss = x.mm(weight.t()).add(bias.unsqueeze(0)).tanh();
  return {
    loss,
    names: [
      ["fc.weight", weight],
      ["fc.bias", bias],
    ],
  };
}

describe("toMermaid", () => {
  it("writes one box per operation and leaf, and one arrow per use, in the order of computation", () => {
    const { loss, names } = linear();
    expect(toMermaid(loss, { names, direction: "LR" })).toBe(
      `flowchart LR
  n0(["fc.weight<br>[2, 2] float32"])
  n1(["fc.bias<br>[2] float32"])
  n2["transpose<br>[2, 2] float32"]
  n3["matmul<br>[1, 2] float32"]
  n4["unsqueeze<br>[1, 2] float32"]
  n5["add<br>[1, 2] float32"]
  n6["tanh<br>[1, 2] float32"]
  n0 --> n2
  n2 --> n3
  n1 --> n4
  n3 --> n5
  n4 --> n5
  n5 --> n6
`,
    );
  });

  it("draws an operand that is used twice with two arrows, and several outputs together", () => {
    const x = tensor(3, { dtype: "float64", requiresGrad: true });
    const y = x.mul(x);
    expect(toMermaid([y, x.neg()])).toBe(
      `flowchart TD
  n0(["leaf<br>[] float64"])
  n1["mul<br>[] float64"]
  n2["neg<br>[] float64"]
  n0 --> n1
  n0 --> n1
  n0 --> n2
`,
    );
  });

  it("escapes names", () => {
    const x = tensor(1, { requiresGrad: true });
    const name = 'a "quoted" #1 <b> `c` & \\d';
    expect(toMermaid(x, { names: [[name, x]] }).split("\n")[1]).toBe(
      '  n0(["a #34;quoted#34; #35;1 #60;b#62; #96;c#96; #38; #92;d<br>[] float32"])',
    );
  });

  it("of a tensor without history is an empty chart", () => {
    expect(toMermaid(zeros(2))).toBe("flowchart TD\n");
  });
});

describe("toDot", () => {
  it("writes the same graph in DOT, on request with the values of leaves and outputs", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const big = zeros([9], { requiresGrad: true });
    const y = x.mul(2).sum().add(big.sum());
    expect(toDot(y, { names: [["x", x]], values: true })).toBe(
      String.raw`digraph torchlet {
  rankdir=TB;
  node [shape=box];
  n0 [label="x\n[2] float32\n[1, 2]", shape=ellipse];
  n1 [label="leaf\n[9] float32", shape=ellipse];
  n2 [label="mul\n[2] float32"];
  n3 [label="sum\n[] float32"];
  n4 [label="sum\n[] float32"];
  n5 [label="add\n[] float32\n6"];
  n0 -> n2;
  n2 -> n3;
  n1 -> n4;
  n3 -> n5;
  n4 -> n5;
}
`,
    );
  });

  it("escapes names", () => {
    const x = tensor(1, { requiresGrad: true });
    expect(toDot(x, { names: [['a "b" \\c\nd', x]] }).split("\n")[3]).toBe(
      String.raw`  n0 [label="a \"b\" \\c\nd\n[] float32", shape=ellipse];`,
    );
  });

  it.skipIf(spawnSync("dot", ["-V"]).error)("is understood by Graphviz", () => {
    const { loss } = linear();
    const names = [['a "b" \\c\nd', loss]] as [string, Tensor][];
    const svg = execFileSync("dot", ["-Tsvg"], {
      input: toDot(loss, { names, values: true }),
      encoding: "utf8",
    });
    expect(svg.match(/class="node"/g)).toHaveLength(7);
    expect(svg.match(/class="edge"/g)).toHaveLength(6);
  });
});

it("cannot be drawn once backward has freed it, and keeps nothing alive", () => {
  const w = ones([2], { requiresGrad: true });
  const y = w.exp().sum();
  y.backward();
  expect(() => toMermaid(y)).toThrow(/backward has freed the graph of sum; draw it before/);
  expect(() => toDot(y)).toThrow(/retainGraph: true/);
  expect(y.gradFn?.parents).toEqual([]);
  expect(() => y.backward()).toThrow(/already used by an earlier backward/);
  expect(() => grad(y, [w])).toThrow(/already used by an earlier backward/);

  const z = w.exp().sum();
  z.backward({ retainGraph: true });
  expect(toMermaid(z)).toContain("n1 --> n2");
});
