import { readFileSync } from "node:fs";
import type { Tensor } from "torchlet";
import { describe, expect, test } from "vitest";
import { runExample } from "../shared/run.ts";
import { ___, check, type BlankName, type Exercise } from "./check.ts";
import { passes as exercise } from "./exercise.ts";
import { passes as solution } from "./solution.ts";

const names = ["h", "yPred", "gradW2", "gradHRelu", "gradW1"];
const problems = (passes: Exercise) => check(passes).map(({ problem }) => problem);

type Wrong = (right: Tensor) => Tensor | typeof ___;

/** The solution with another answer in one place. */
function withMistake(at: BlankName, wrong: Wrong): Exercise {
  return (x, y, w1, w2, answer) => {
    solution(x, y, w1, w2, (name, compute) =>
      answer(name, name === at ? () => wrong(compute() as Tensor) : compute),
    );
  };
}

describe("the exercise", () => {
  test("says of every blank that it is still blank, and what it asks for", () => {
    const verdicts = check(exercise);
    expect(verdicts.map(({ name }) => name)).toEqual(names);
    for (const { problem } of verdicts) expect(problem).toMatch(/^is still blank. Hint: .*\[4, /);
  });

  test("differs from the solution in the blanks alone", () => {
    const body = (file: string): string => {
      const source = readFileSync(new URL(file, import.meta.url), "utf8");
      return source.slice(source.indexOf("export function"));
    };
    expect(body("solution.ts").replace(/(answer\("\w+", \(\) => ).*\);/g, "$1___);")).toBe(
      body("exercise.ts"),
    );
  });

  test("finds nothing wrong with the solution", () => {
    expect(problems(solution)).toEqual([null, null, null, null, null]);
  });

  test.each([
    ["a wrong shape", (right: Tensor) => right.t(), "has the shape [1, 2], and should have [2, 1]. "],
    [
      "wrong values",
      (right: Tensor) => right.neg(),
      "has the right shape, but other values than it should. ",
    ],
    ["an answer that throws", (right: Tensor) => right.mm(right), "could not be computed. "],
    ["a blank", () => ___, "is still blank. "],
    ["no tensor", () => 3 as unknown as Tensor, "is not a tensor yet, but number. "],
  ] satisfies [string, Wrong, string][])(
    "judges %s where it was made, and the other blanks on their own",
    (_, wrong, message) => {
      const verdicts = check(withMistake("gradW2", wrong));
      const wrongOnes = verdicts.filter(({ problem }) => problem !== null);
      expect(wrongOnes.map(({ name }) => name)).toEqual(["gradW2"]);
      expect(wrongOnes[0]!.problem).toContain(message);
    },
  );

  test("shows wrong values beside the right ones", () => {
    const { problem } = check(withMistake("h", (right) => right.mul(2)))[0]!;
    expect(problem).toMatch(/yours:\ntensor\(\[\[ 0\.0000, {2}0\.0000\][^]*the right ones:\ntensor/);
  });
});

describe("pnpm example xor-exercise", () => {
  test("is kind about blanks that are left", () => {
    const { status, stdout } = runExample("xor-exercise");
    expect(status).toBe(0);
    expect(stdout).toContain("… h is still blank. Hint: the hidden layer:");
    expect(stdout).toContain("0 of 5 are right. Keep going!");
  });

  test("runs the solution with --solution, and shows what the network has learned", () => {
    const { status, stdout } = runExample("xor-exercise", "--solution");
    expect(status).toBe(0);
    expect(stdout).toContain("✓ gradW1 is right.");
    expect(stdout).toContain("[0.9999],\n        [1.0001]");
  });
});
