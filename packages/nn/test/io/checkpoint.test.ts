import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Generator, tensor } from "@torchlet/tensor";
import { decodeCheckpoint, decodeSafetensors, encodeCheckpoint, encodeSafetensors } from "../../src/index.ts";

function train(...args: string[]): string[] {
  const program = fileURLToPath(new URL("programs/training.ts", import.meta.url));
  const flags = ["--conditions=@torchlet/source", "--import", import.meta.resolve("tsx"), program];
  return execFileSync(process.execPath, [...flags, ...args], { encoding: "utf8" })
    .trim()
    .split("\n");
}

test("a run that is saved and continued in a fresh process gives the losses of the run that was not interrupted, to the last bit", () => {
  const file = join(mkdtempSync(join(tmpdir(), "checkpoint-")), "run.safetensors");
  const whole = train("0", "12", "", "");
  expect([...train("0", "5", "", file), ...train("5", "12", file, "")]).toEqual(whole);
});

describe("a checkpoint", () => {
  test("holds tensors anywhere in plain data, and numbers that JSON cannot hold", () => {
    const x = tensor([1.5, -2], { dtype: "float64" });
    const value = {
      list: [x, { deep: tensor([true]) }],
      best: Infinity,
      nan: NaN,
      zero: -0,
      text: "a",
      none: null,
      yes: true,
    };
    const back = decodeCheckpoint<typeof value>(encodeCheckpoint(value));
    expect({ ...back, list: null }).toEqual({ ...value, list: null });
    const [y, { deep }] = back.list as [typeof x, { deep: typeof x }];
    expect([y.dtype, y.toArray(), deep.toArray()]).toEqual(["float64", [1.5, -2], [true]]);
  });

  test("names its tensors by their path, so that other tools find them", () => {
    const bytes = encodeCheckpoint({ model: { "fc1.weight": tensor([1]) }, moments: [tensor([2])] });
    expect(Object.keys(decodeSafetensors(bytes).tensors)).toEqual(["model/fc1.weight", "moments/0"]);
  });

  test("keeps two tensors apart whose paths read the same", () => {
    const back = decodeCheckpoint<Record<string, { toArray(): unknown }>>(
      encodeCheckpoint({ "a/b": tensor([1]), a: { b: tensor([2]) } }),
    );
    expect(back["a/b"]!.toArray()).toEqual([1]);
  });

  test.each([
    ["run/made is a Date", { run: { made: new Date(0) } }],
    ["f is a function", { f: () => 1 }],
    ["generator is a Generator", { generator: new Generator(1) }],
    ["names that start with $", { a: { $tensor: "x" } }],
  ])("refuses what it cannot store: %s", (message, value) => {
    expect(() => encodeCheckpoint(value)).toThrow(message);
  });

  test("keeps tensors apart whose path reads like the number given to another", () => {
    const value = { "a/b": tensor(0), "a/b#2": tensor(1), a: { b: tensor(2) } };
    const read = decodeCheckpoint<typeof value>(encodeCheckpoint(value));
    expect([read["a/b"].item(), read["a/b#2"].item(), read.a.b.item()]).toEqual([0, 1, 2]);
  });

  test("says so when a file holds tensors but no checkpoint", () => {
    expect(() => decodeCheckpoint(encodeSafetensors({ x: tensor([1]) }))).toThrow(
      "no checkpoint; read it with decodeSafetensors",
    );
  });
});
