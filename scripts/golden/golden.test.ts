/** Every op of the project's golden data: values, gradients and errors as PyTorch's, and gradients as calculus has them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { gradcheck, gradgradcheck, type Differentiable } from "../../packages/tensor/src/index.ts";
import { calls } from "./calls.ts";
import { opFiles, readOp } from "./format.ts";
import { gradChecked } from "./grad-checked.ts";
import { asList, decodeCall, replayOp } from "./replay.ts";

const ops = ["visible", "more"]
  .map((name) => fileURLToPath(new URL(`../../packages/tensor/test/golden/${name}`, import.meta.url)))
  .flatMap((folder) => opFiles(folder).map(readOp));

describe("agrees with PyTorch on values, gradients and errors:", () => {
  test.each(ops.map((op) => [op.op, op] as const))("%s", (_, op) => {
    const failures = replayOp(op).filter((o) => o.status === "failed");
    expect(failures.map((o) => `${o.id}: ${o.reason}`)).toEqual([]);
  });
});

describe("has the first and second gradients that finite differences show:", () => {
  const checked = ops.flatMap((op) => op.samples.filter(gradChecked).slice(0, 4).map((s) => [s.id, op.op, s] as const));
  test.each(checked)("%s", (_, op, sample) => {
    const { tensors } = decodeCall(sample);
    const f: Differentiable = (...inputs) => asList(calls[op]!(decodeCall(sample, inputs)));
    gradcheck(f, tensors);
    gradgradcheck(f, tensors);
  });
});

describe("pnpm golden", () => {
  const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(
      process.execPath,
      ["--conditions=@torchlet/source", "--import", import.meta.resolve("tsx"), "scripts/golden.ts", ...args],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8" },
    );

  const folder = (name: string, content: string): string => {
    const dir = mkdtempSync(join(tmpdir(), "golden-"));
    writeFileSync(join(dir, name), content);
    return dir;
  };

  const sum = (d: number): string =>
    JSON.stringify({
      op: "sum",
      samples: [
        { id: "s", dtype: "f64", args: [{ t: "f64", s: [2], d: [1, 2] }], kw: {}, out: { t: "f64", s: [], d: [d] } },
      ],
    });

  test("ends with the totals, and with status 0 if everything passed", () => {
    const { status, stdout } = run(folder("sum.json", sum(3)));
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("1 passed, 0 failed, 0 skipped");
    expect(status).toBe(0);
  });

  test("says what differs and fails if a value is wrong", () => {
    const { status, stdout } = run(folder("sum.json", sum(4)), "--verbose");
    expect(stdout).toContain("element 0 is 3, expected 4");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 1 failed, 0 skipped");
    expect(status).toBe(1);
  });

  test("names an op that does not exist as skipped", () => {
    const { status, stdout } = run(folder("frob.json", sum(3).replace("sum", "frob")));
    expect(stdout).toContain("there is no frob");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("0 passed, 0 failed, 1 skipped");
    expect(status).toBe(0);
  });

  test.each([
    ["a folder that does not exist", () => ["/no/such/folder"], "There is no folder"],
    ["a file that is no JSON", () => [folder("x.json", "{")], "cannot be read"],
    ["a file of another kind", () => [folder("x.json", "[]")], 'it has no "op"'],
    ["an op that is not in the folder", () => [folder("sum.json", sum(3)), "--op", "frob"], "There is no op frob"],
    ["an unknown flag", () => ["--frob"], "--frob"],
  ])("complains about %s", (_, args, message) => {
    const { status, stderr } = run(...args());
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });

  test("explains itself", () => {
    expect(run("--help").stdout).toContain("--verbose");
  });
});
