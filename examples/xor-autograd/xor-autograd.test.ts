import { readFileSync } from "node:fs";
import { join } from "node:path";
import { manualSeed, noGrad } from "torchlet";
import { describe, expect, test } from "vitest";
import { readPicture, runInFolder } from "../shared/run.ts";
import { initialWeights, tutorial } from "../xor/network.ts";
import { trainByAutograd } from "./by-autograd.ts";
import { inputs, trainModule, XorNetwork } from "./module.ts";

const text = JSON.parse(readFileSync(new URL("../xor/golden/text.json", import.meta.url), "utf8")) as {
  losses: number[];
  w1: number[][];
  w2: number[][];
};

test("backward gives the text's 500 losses and final weights to the last digit", () => {
  const weights = initialWeights(tutorial);
  expect([...trainByAutograd(weights, tutorial)].map(({ loss }) => loss)).toEqual(text.losses);
  expect(weights.w1.toArray()).toEqual(text.w1);
  expect(weights.w2.toArray()).toEqual(text.w2);
});

describe("the Module", () => {
  test.each([83832, 0, 1, 2, 3])("learns the XOR table from seed %i", (seed) => {
    manualSeed(seed);
    const model = new XorNetwork();
    for (const _ of trainModule(model, 300));
    const predictions = noGrad(() => model.forward(inputs));
    expect(predictions.round().add(0).toArray()).toEqual([[0], [1], [1], [0]]);
  });
});

test("pnpm example xor-autograd prints both runs and their predictions, and draws pictures", () => {
  runInFolder("xor-autograd", ["--steps", "3", "--plot"], ({ lines, stdout, status, folder }) => {
    expect(status).toBe(0);
    expect(lines.slice(0, 3)).toEqual(text.losses.slice(0, 3).map((loss, step) => `${step} ${loss}`));
    expect(stdout).toContain("(hidden): Linear(inFeatures=2, outFeatures=8, bias=true)");
    // PyTorch with the same seed prints 0.9026699662208557, and 0.0027878035325556993 after fifty steps.
    expect(lines).toContain("0 0.9026699662208557");
    expect(Number(/^50 (.*)$/m.exec(stdout)![1])).toBeCloseTo(0.0027878035325556993, 7);
    expect(stdout).toMatch(/299 \d/);
    expect(stdout).toContain("log10 of the loss, step by step");
    for (const name of ["loss.svg", "decision-surface.svg"]) {
      expect(stdout).toContain(`picture: ${join(folder, name)}`);
      readPicture(folder, name);
    }
  });
});
