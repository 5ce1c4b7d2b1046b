import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runInFolder } from "../shared/run.ts";
import { expression } from "./expression.ts";
import { layOut } from "./layout.ts";

describe("the expression", () => {
  const values = expression();

  // By PyTorch in float64.
  test.each([
    ["x1", 1, -0.02720811964279009],
    ["w1", 0.5, -0.05441623928558018],
    ["x2", -2, 0.013604059821395046],
    ["w2", -0.25, 0.10883247857116037],
    ["sum", 1, -0.05441623928558018],
    ["y", 0.8175744761936437, -0.3648510476127127],
    ["loss", 0.033279071736023486, 1],
  ])("%s has PyTorch's value %d and gradient %d", (name, value, gradient) => {
    expect(values[name]!.item()).toBeCloseTo(value, 14);
    expect(values[name]!.grad!.item()).toBeCloseTo(gradient, 14);
  });

  test("is laid out with every result right of its inputs, and leaves in rows of their own", () => {
    const places = layOut(values.loss!.node!);
    const at = (name: string) => places.get(values[name]!.node!)!;
    expect(places.size).toBe(Object.keys(values).length);
    expect([at("x1"), at("w1"), at("p1")]).toEqual([
      { column: 0, row: 0 },
      { column: 0, row: 1 },
      { column: 1, row: 0.5 },
    ]);
    expect([at("b").column, at("h").column, at("loss").column]).toEqual([2, 3, 6]);
    expect(new Set(["x1", "w1", "x2", "w2", "b"].map((name) => at(name).row)).size).toBe(5);
  });
});

test("pnpm example graph prints values and gradients, and writes picture, Mermaid and DOT text", () => {
  runInFolder("graph", [], ({ status, stdout, folder }) => {
    expect(status).toBe(0);
    expect(stdout).toMatch(/^w2 +-0\.2500 +0\.1088$/m);
    expect(stdout).toContain("flowchart LR");
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    expect(read("graph.svg")).toContain(">y = sigmoid</text>");
    expect(read("graph.mmd")).toMatch(/^flowchart LR/);
    expect(read("graph.dot")).toMatch(/^digraph/);
  });
});
