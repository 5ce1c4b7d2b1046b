import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readPicture, runExample } from "../shared/run.ts";
import { initialWeights, predict, train, x, type Settings } from "./network.ts";

interface Run extends Settings {
  losses: number[];
  w1: number[][];
  w2: number[][];
  hRelu: number[][];
  predictions: number[][];
}
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8"));
const text = read("text") as Run;
const variants = read("variants") as Run[];

describe("the XOR network by hand", () => {
  test.each([{ name: "the text", run: text }, ...variants.map((run) => ({ name: "NumPy", run }))])(
    "gives every loss and weight of $name's run to the last digit with hidden $run.hidden, lr $run.lr, seed $run.seed",
    ({ run }) => {
      const weights = initialWeights(run);
      const steps = [...train(weights, run)];
      expect(steps.map(({ loss }) => loss)).toEqual(run.losses);
      expect(steps[steps.length - 1]!.hRelu.toArray()).toEqual(run.hRelu);
      expect(weights.w1.toArray()).toEqual(run.w1);
      expect(weights.w2.toArray()).toEqual(run.w2);
    },
  );

  test("predicts what the text prints, eight digits after the point", () => {
    const weights = initialWeights(text);
    for (const _ of train(weights, text));
    const predictions = [...predict(x, weights).toTypedArray()];
    expect(predictions.map((p) => Number(p.toFixed(8)))).toEqual([0, 0.99992661, 1.00007337, 0]);
  });
});

describe("pnpm example xor", () => {
  const folder = mkdtempSync(join(tmpdir(), "xor-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("prints the text's 500 lines, then predictions and weights with the text's digits", () => {
    const { lines, stdout, status } = runExample("xor", "--out", folder);
    expect(status).toBe(0);
    expect(lines.slice(0, 500)).toEqual(text.losses.map((loss, step) => `${step} ${loss}`));
    expect(lines[0]).toBe("0 10.65792615907139");
    for (const digits of [
      "0.99992661",
      "1.00007337",
      "-0.20401151",
      "1.01392285",
      "0.98634069",
      "1.01377258",
    ])
      expect(stdout).toContain(digits);
  });

  test("takes width, learning rate, steps and seed from its flags", () => {
    const run = variants.find(({ hidden }) => hidden === 5)!;
    const flags = ["--hidden", "5", "--lr", "0.02", "--steps", "200", "--seed", "1", "--out", folder];
    expect(runExample("xor", ...flags).lines.slice(0, 200)).toEqual(
      run.losses.map((loss, step) => `${step} ${loss}`),
    );
  });

  test("draws the loss in the terminal with --plot, and pictures whose paths it prints", () => {
    const { stdout } = runExample("xor", "--steps", "20", "--plot", "--out", folder);
    expect(stdout).toMatch(/log10 of the loss, step by step\n +1\.03 ┼/); // log10(10.6579)
    for (const name of ["loss.svg", "decision-surface.svg"]) {
      expect(stdout).toContain(`picture: ${join(folder, name)}`);
      readPicture(folder, name);
    }
  });

  test("explains its flags, and refuses unknown ones with exit status 2", () => {
    expect(runExample("xor", "--help").stdout).toMatch(/--hidden N .*\(default: 2\)/);
    const { status, stderr, stdout } = runExample("xor", "--hiden", "3");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^There is no flag --hiden; did you mean --hidden\?/);
  });
});
