import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runExample } from "../shared/run.ts";
import { changesByAutograd, changesByFormula, randomProblem } from "./formulas.ts";

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

test("pnpm example sigmoid-backprop prints both columns and how far they are apart", () => {
  const { lines, status } = runExample("sigmoid-backprop");
  expect(status).toBe(0);
  expect(lines[0]).toMatch(/by the formulas +by autograd/);
  expect(lines).toHaveLength(1 + 3 * 2 + 2 + 2);
  const [, formula, autograd] = /^inputHidden\[0, 0\] +(\S+) +(\S+)$/.exec(lines[1]!)!;
  expect(Number(formula)).toBeCloseTo(golden[0]!.inputHidden[0]![0]!, 14);
  expect(Number(autograd)).toBeCloseTo(golden[0]!.inputHidden[0]![0]!, 14);
  expect(Number(/largest difference: (.*)/.exec(lines.at(-1))![1])).toBeLessThan(1e-15);
});
