/** An exercise: fill in the five blanks of the XOR network, and learn which are still wrong. */
import type { Tensor } from "torchlet";
import { toggle } from "../shared/flags.ts";
import { runProgram } from "../shared/program.ts";
import { initialWeights, predict, tutorial, x, y } from "../xor/network.ts";
import { check, type Answer, type Exercise } from "./check.ts";
import { passes as exercise } from "./exercise.ts";
import { passes as solution } from "./solution.ts";

const program = {
  name: "xor-exercise",
  about:
    "Open examples/xor-exercise/exercise.ts, fill in a blank, and run this again. The solution is in solution.ts beside it.\n" +
    "The exit status is 0 whether or not blanks are left: an unfinished exercise is no failure.",
  flags: { solution: toggle("run the solution instead of your answers") },
};

await runProgram(program, (flags) => {
  const passes = flags.solution ? solution : exercise;
  const verdicts = check(passes);
  for (const { name, problem } of verdicts)
    console.log(problem === null ? `✓ ${name} is right.` : `… ${name} ${problem.replaceAll("\n", "\n    ")}`);

  const left = verdicts.filter(({ problem }) => problem !== null).length;
  if (left > 0) console.log(`\n${verdicts.length - left} of ${verdicts.length} are right. Keep going!`);
  else showLearning(passes);
});

/** What the filled-in exercise is good for. */
function showLearning(passes: Exercise): void {
  const weights = initialWeights(tutorial);
  const take: Answer = (_name, compute) => compute() as Tensor; // no blank is left
  console.log("\nAll are right! The network should say");
  console.log(y);
  console.log("It said");
  console.log(predict(x, weights));
  for (let step = 0; step < tutorial.steps; step++) passes(x, y, weights.w1, weights.w2, take);
  console.log(`and after ${tutorial.steps} steps with your gradients it says`);
  console.log(predict(x, weights));
}
