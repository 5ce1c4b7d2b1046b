/** Backpropagation through a sigmoid network by formulas written out, beside the same by autograd. */
import type { Tensor } from "torchlet";
import { integer, path } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { changesByAutograd, changesByFormula, guide, randomProblem } from "./formulas.ts";
import { network, sigmoidAndSlope } from "./pictures.ts";

const program = {
  name: "sigmoid-backprop",
  about:
    "How much each weight of a sigmoid network shall change for the records it is shown: computed twice,\n" +
    "by error terms and the chain rule written out, and by backward() on ½ (y - output)².\n" +
    "Draws the sigmoid with its slope, and the network of the guide with its error terms.",
  flags: {
    inputs: integer("inputs of the network", 3, { min: 1 }),
    hidden: integer("neurons in the hidden layer", 2, { min: 1 }),
    records: integer("records whose changes are added up", 4, { min: 1 }),
    seed: integer("seed of the random weights and records", 1),
    out: path("folder for the pictures; left out, examples/output/sigmoid-backprop", "FOLDER"),
  },
};

await runProgram(program, ({ seed, inputs, hidden, records, out }) => {
  const problem = randomProblem(seed, inputs, hidden, records);
  const formula = changesByFormula(problem);
  const autograd = changesByAutograd(problem);

  console.log(row("change of weight", "by the formulas", "by autograd"));
  for (const key of ["inputHidden", "hiddenOutput"] as const) printColumns(key, formula[key], autograd[key]);

  const differences = [
    formula.inputHidden.sub(autograd.inputHidden),
    formula.hiddenOutput.sub(autograd.hiddenOutput),
  ];
  console.log(`\nlargest difference: ${Math.max(...differences.map((d) => d.abs().max().item()))}`);
  writePictures(out ?? outputFolder("sigmoid-backprop"), {
    "sigmoid.svg": sigmoidAndSlope(),
    "network.svg": network(guide.weights, guide.record),
  });
});

function printColumns(name: string, a: Tensor, b: Tensor): void {
  const [left, right] = [a.toTypedArray(), b.toTypedArray()];
  const columns = a.shape[1] ?? 1;
  left.forEach((value, i) => {
    const index = a.ndim === 2 ? `${Math.floor(i / columns)}, ${i % columns}` : `${i}`;
    console.log(row(`${name}[${index}]`, String(value), String(right[i])));
  });
}

function row(...[label, a, b]: [string, string, string]): string {
  return `${label.padEnd(20)}  ${a.padEnd(24)}  ${b}`;
}
