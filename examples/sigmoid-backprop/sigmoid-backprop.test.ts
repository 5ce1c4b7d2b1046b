import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPicture, runInFolder } from "../shared/run.ts";
import { changesByAutograd, changesByFormula, errorTerms, guide, randomProblem } from "./formulas.ts";

interface Golden {
  seed: number;
  inputs: number;
  hidden: number;
  records: number;
  inputHidden: number[][];
  hiddenOutput: number[];
}
const golden = JSON.parse(readFileSync(new URL("golden/changes.json", import.meta.url), "utf8")) as Golden[];

describe.each(golden)(
  "backpropagation with seed $seed, $inputs inputs, $hidden hidden, $records records",
  (run) => {
    const problem = randomProblem(run.seed, run.inputs, run.hidden, run.records);

    test.each([
      ["the formulas", changesByFormula],
      ["autograd", changesByAutograd],
    ])("by %s gives NumPy's numbers", (_, compute) => {
      const { inputHidden, hiddenOutput } = compute(problem);
      const expected = [...run.inputHidden.flat(), ...run.hiddenOutput];
      const actual = [...inputHidden.toTypedArray(), ...hiddenOutput.toTypedArray()];
      expect(actual.length).toBe(expected.length);
      actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 14));
    });
  },
);

test("the guide's network has its error terms", () => {
  // By pencil: delta = (0.6 - 0.48497) 0.48497 (1 - 0.48497), and delta v h (1 - h) behind it.
  const { output, outputErrorTerm, hiddenErrorTerm } = errorTerms(guide.weights, guide.record);
  expect(output.item()).toBeCloseTo(0.48497, 5);
  expect(outputErrorTerm.item()).toBeCloseTo(0.028731, 5);
  const [first, second] = hiddenErrorTerm.toTypedArray();
  expect(first).toBeCloseTo(0.028731 * 0.1 * 0.5597 * 0.4403, 6);
  expect(second).toBeCloseTo(0.028731 * -0.3 * 0.387 * 0.613, 6);
});

test("pnpm example sigmoid-backprop prints both columns and how far they are apart, and draws pictures", () => {
  runInFolder("sigmoid-backprop", [], ({ lines, status, folder }) => {
    expect(status).toBe(0);
    expect(lines[0]).toMatch(/by the formulas +by autograd/);
    expect(lines).toHaveLength(1 + 3 * 2 + 2 + 2 + 3);
    const [, formula, autograd] = /^inputHidden\[0, 0\] +(\S+) +(\S+)$/.exec(lines[1]!)!;
    expect(Number(formula)).toBeCloseTo(golden[0]!.inputHidden[0]![0]!, 14);
    expect(Number(autograd)).toBeCloseTo(golden[0]!.inputHidden[0]![0]!, 14);
    expect(Number(/largest difference: (.*)/.exec(lines[10]!)![1])).toBeLessThan(1e-15);
    expect(lines.slice(-2)).toEqual(
      ["sigmoid.svg", "network.svg"].map((name) => `picture: ${join(folder, name)}`),
    );
    const picture = readPicture(folder, "network.svg");
    for (const value of ["0.4850", "0.02873", "+0.01608", "-0.00102"])
      expect(picture).toContain(`>${value}</text>`);
  });
});
