import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

const lawful = {
  "packages/kernels/src/index.ts": "export const wasm = 1;",
  "packages/tensor/src/kernels/matmul.ts": 'export { wasm } from "../../../kernels/src/index.ts";',
  "packages/tensor/src/layout.ts": "export const layout = 1;",
  "packages/tensor/src/tensor.ts": 'import { layout } from "./layout.ts";\nexport const tensor = layout;',
  "packages/tensor/src/index.ts": 'export { tensor } from "./tensor.ts";',
  "packages/nn/src/index.ts":
    'import { tensor } from "../../tensor/src/index.ts";\nexport const linear = tensor;',
  "packages/tensor/src/kernels/index.ts": 'export { wasm } from "./matmul.ts";',
  "packages/blas/src/kernels.ts": 'export { wasm } from "../../tensor/src/kernels/index.ts";',
  "packages/torchlet/src/index.ts": 'export * as nn from "../../nn/src/index.ts";',
  // Types may refer to each other.
  "packages/tensor/src/node.ts": 'import type { Op } from "./op.ts";\nexport interface Node { op: Op }',
  "packages/tensor/src/op.ts": 'import type { Node } from "./node.ts";\nexport interface Op { node: Node }',
  // The other half of the cycle below, which is reported once.
  "packages/nn/src/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;',
};

const violations = [
  ["no-cycles", "packages/nn/src/a.ts", 'import { b } from "./b.ts";\nexport const a = () => b;'],
  [
    "floor-1-knows-no-tensor",
    "packages/tensor/src/kernels/loops.ts",
    'export type { Node } from "../node.ts";',
  ],
  [
    "layer-of-kernels",
    "packages/kernels/src/gemm.ts",
    'export { layout } from "../../tensor/src/layout.ts";',
  ],
  ["layer-of-tensor", "packages/tensor/src/init.ts", 'export { linear } from "../../nn/src/index.ts";'],
  ["layer-of-nn", "packages/nn/src/module.ts", 'export * from "../../tensor/src/layout.ts";'],
  ["layer-of-torchlet", "packages/torchlet/src/all.ts", 'export * from "../../tensor/src/tensor.ts";'],
  ["layer-of-blas", "packages/blas/src/index.ts", 'export * from "../../nn/src/index.ts";'],
  ["packages-run-in-browsers", "packages/tensor/src/print.ts", 'export { inspect } from "node:util";'],
  ["packages-import-what-they-declare", "packages/nn/src/data.ts", 'export { globSync } from "tinyglobby";'],
  ["everything-resolves", "packages/nn/src/optim.ts", 'export { sgd } from "no-such-package";'],
] as const;

/** For each file, the rules that it breaks. */
const broken = new Map<string, string[]>();

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "torchlet-layering-"));
  try {
    const files = [...Object.entries(lawful), ...violations.map(([, path, text]) => [path, text] as const)];
    for (const [path, text] of [
      ["tsconfig.json", "{}"] as const,
      ["package.json", "{}"] as const,
      ...files,
    ]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    const bin = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    const args = ["--config", join(root, ".dependency-cruiser.mjs"), "--output-type", "json", "packages"];
    const output = execFileSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
    const { summary } = JSON.parse(output) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    for (const { from, rule } of summary.violations)
      broken.set(from, [...(broken.get(from) ?? []), rule.name]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(violations)("%s: broken by %s", (rule, path) => {
  expect(broken.get(path)).toEqual([rule]);
});

test("lawful files break no rule", () => {
  expect(Object.keys(lawful).filter((path) => broken.has(path))).toEqual([]);
});
