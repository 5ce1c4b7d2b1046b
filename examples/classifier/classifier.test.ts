import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualSeed, randn } from "torchlet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleCommand, runExample } from "../shared/run.ts";
import { LogNetwork, Network } from "./network.ts";

describe("Network", () => {
  test("has the parameters of the text's layers, in PyTorch's names and layout", () => {
    const shapes = Object.entries(new Network().stateDict()).map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual([
      ["fc1.weight", [128, 784]],
      ["fc1.bias", [128]],
      ["fc2.weight", [64, 128]],
      ["fc2.bias", [64]],
      ["output.weight", [10, 64]],
      ["output.bias", [10]],
    ]);
  });

  test("gives probabilities that add up to 1, LogNetwork their logarithms", () => {
    manualSeed(1);
    const images = randn(3, 28, 28);
    const network = new Network().eval();
    const logNetwork = new LogNetwork().eval();
    logNetwork.loadStateDict(network.stateDict());
    const probabilities = network.forward(images);
    expect(probabilities.shape).toEqual([3, 10]);
    for (const sum of probabilities.sum(1).toTypedArray()) expect(sum).toBeCloseTo(1, 6);
    const difference = logNetwork.forward(images).exp().sub(probabilities).abs().max().item();
    expect(difference).toBeLessThan(1e-6);
  });
});

describe("pnpm example classifier", () => {
  const folder = mkdtempSync(join(tmpdir(), "classifier-"));
  const weights = join(folder, "weights.safetensors");
  const few = ["--out", folder, "--limit", "512", "--epochs", "2", "--batch-size", "32"];
  const lastLine = /^test accuracy: (\d+\.\d\d) % \(([\d.]+) epochs?, \d+\.\d s\)$/;
  let trained: ReturnType<typeof runExample>;
  beforeAll(() => {
    trained = runExample("classifier", ...few);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("reports every epoch, and closes with the test accuracy", () => {
    expect(trained.status).toBe(0);
    expect(trained.stdout).toMatch(
      /^epoch 2\/2: loss \d\.\d{4}, accuracy \d+\.\d\d %, [\d,]+ images\/s, test accuracy \d/m,
    );
    const [, accuracy, epochs] = lastLine.exec(trained.lines.at(-1))!;
    expect(Number(accuracy)).toBeGreaterThan(50);
    expect(epochs).toBe("2");
  });

  test("draws its pictures, and prints where they are", () => {
    for (const name of ["learning-curves", "misclassified", "confusion-matrix", "first-layer"]) {
      const picture = join(folder, `${name}.svg`);
      expect(trained.stdout).toContain(`picture: ${picture}`);
      expect(readFileSync(picture, "utf8")).toMatch(/^<svg xmlns=[^]*<\/svg>\n$/);
    }
  });

  test.each([
    ["--out", folder],
    ["--load", weights],
  ])("saves weights that give the same accuracy when they are tested with --eval %s", (...where) => {
    const accuracy = lastLine.exec(trained.lines.at(-1))?.[1];
    const { lines, status } = runExample("classifier", "--eval", "--quiet", ...where);
    expect(status).toBe(0);
    expect(lines.at(-1)).toMatch(new RegExp(`^test accuracy: ${accuracy} % \\([0-9.]+ s\\)$`));
  });

  test("ends when the loss is no number any more, and keeps the weights that were saved before", () => {
    const before = readFileSync(weights);
    const { stderr, status } = runExample("classifier", ...few, "--lr", "1e9");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^After \d+ steps the loss is not a number any more: a learning rate of 1000000000 is too large/m,
    );
    expect(readFileSync(weights)).toEqual(before);
  });

  test("prints nothing but the last line with --quiet", () => {
    const { lines, stderr } = runExample("classifier", ...few, "--epochs", "1", "--limit", "32", "--quiet");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(lastLine);
    expect(stderr).toBe("");
  });

  test("trains by the text's own recipe too, and says why it is slow", () => {
    const { stdout, lines } = runExample("classifier", ...few, "--limit", "64", "--recipe", "text");
    expect(stdout).toMatch(/learns slowly, for two reasons[^]*\n\nNetwork\(/);
    expect(stdout).toMatch(/^epoch 1\/2: loss -0\.\d{4}/m);
    expect(lines.at(-1)).toMatch(lastLine);
  });

  test.each([
    ["missing", null, /weights .*nowhere.safetensors cannot be loaded: there is no such file; train first/],
    [
      "damaged",
      new Uint8Array(1000).fill(7),
      /cannot be loaded: \[decodeSafetensors\] the header's length is given as/,
    ],
  ])("refuses %s weights before it trains, and leaves the saved ones alone", (_, content, message) => {
    const file = join(folder, "nowhere.safetensors");
    if (content !== null) writeFileSync(file, content);
    const before = readFileSync(weights);
    const { status, stderr, stdout } = runExample("classifier", ...few, "--load", file);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
    expect(readFileSync(weights).equals(before)).toBe(true);
  });

  test("Ctrl-C ends the training with weights and a last line", async () => {
    const out = join(folder, "interrupted");
    const [command, args, options] = exampleCommand("classifier", "--epochs", "1000", "--out", out);
    const child = spawn(command, args, options);
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (stdout === "") child.kill("SIGINT");
      stdout += String(chunk);
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += String(chunk);
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("Stopped early; what was reached is kept.");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(lastLine);
    expect(existsSync(join(out, "weights.safetensors"))).toBe(true);
  });
});
