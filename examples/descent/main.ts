/** Gradient descent finds the lowest point of a parabola, or jumps over it: the learning rate decides. */
import { integer, path } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { descend } from "./descent.ts";
import { waysDown, type Way } from "./pictures.ts";

const START = 0;
const RATES = [0.02, 0.1, 0.95];

const program = {
  name: "descent",
  about:
    "Which x makes (x - 4)² smallest? Gradient descent with three learning rates, in numbers and in a picture.",
  flags: {
    steps: integer("steps with each learning rate", 12, { min: 1 }),
    out: path("folder for the picture; left out, examples/output/descent", "FOLDER"),
  },
};

await runProgram(program, ({ steps, out }) => {
  const ways = RATES.map((lr): Way => ({ lr, places: [...descend(START, lr, steps)] }));
  for (const { lr, places } of ways) {
    console.log(`\nlearning rate ${lr}\n${row("step", "x", "(x - 4)²", "slope")}`);
    for (const { step, x, loss, slope } of places)
      console.log(row(String(step), x.toFixed(4), loss.toFixed(4), slope.toFixed(4)));
  }
  writePictures(out ?? outputFolder("descent"), { "ways-down.svg": waysDown(ways) });
});

function row(step: string, ...numbers: string[]): string {
  return step.padEnd(6) + numbers.map((value) => value.padStart(10)).join("");
}
