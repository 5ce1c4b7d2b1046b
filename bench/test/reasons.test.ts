import { expect, test } from "vitest";
import type { Section } from "../src/page.ts";
import { reasons } from "../src/reasons.ts";

function section(title: string, times: Record<string, number>): Section {
  const results = Object.entries(times).map(([row, torchlet]) => {
    return { row, torchlet, node: "20", threads: 1, provider: "wasm", peers: {} };
  });
  return { title, outcome: { results, versions: {} } };
}

test("what stands in the way is said in the figures of the run", () => {
  const text = reasons([
    section("Node 20", {
      "add, 8 K elements": 2.5,
      "add, 8 K elements, kernel alone": 0.75,
      "add, 1 M elements": 272,
      "add, 1 M elements, kernel alone": 131,
      "exp, 8 K elements, kernel alone": 5.2,
      "XOR step": 5.15,
    }),
    // 268,435,456 multiplications and additions
    section("Node 20, products on one thread", { "matmul, 512": 4473.9 }),
    section("Node 20, with BLAS, products on one thread", { "matmul, 512": 2147.5 }),
  ]);
  expect(text).toContain('"matmul, 512" at 60 GFLOP/s');
  expect(text).toContain("125 GFLOP/s with `@torchlet/blas`");
  expect(text).toContain('"add, 8 K elements" takes 2.50 µs, the WebAssembly in it 0.75 µs');
  expect(text).not.toContain("NaN");
});
