/**
 * A two-layer network learns XOR by gradients written out by hand, as in NumPy, without autograd.
 *
 * Prints the step and the loss of each step, then the predictions and the weights, and draws both in pictures.
 */
import { setPrintOptions, type Tensor } from "torchlet";
import { drawChart } from "../shared/chart.ts";
import { decimal, integer, path, toggle } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { snapshotSteps } from "../shared/surface.ts";
import { copyOf, initialWeights, predict, train, tutorial, x, y } from "./network.ts";
import { decisionSurface, lossCurve, type Snapshot } from "./pictures.ts";

const program = {
  name: "xor",
  about:
    "A network of 3 inputs, a hidden layer and 1 output learns four rows by gradients written out by hand.\n" +
    "Without flags it repeats the tutorial's run, digit for digit.",
  flags: {
    hidden: integer("neurons in the hidden layer", tutorial.hidden, { min: 1 }),
    lr: decimal("learning rate", tutorial.lr),
    steps: integer("steps of gradient descent", tutorial.steps),
    seed: integer("seed of NumPy's random numbers, for the initial weights", tutorial.seed),
    plot: toggle("draw the loss in the terminal too"),
    out: path("folder for the pictures; left out, examples/output/xor", "FOLDER"),
  },
};

await runProgram(program, ({ plot, out, ...settings }) => {
  const weights = initialWeights(settings);
  const losses: number[] = [];
  const snapshots: Snapshot[] = [];
  const moments = snapshotSteps(settings.steps);
  const look = (step: number): void => {
    if (moments.includes(step)) snapshots.push({ step, weights: copyOf(weights) });
  };

  let hRelu = x.mm(weights.w1).clampMin(0);
  for (const values of train(weights, settings)) {
    console.log(`${values.step} ${values.loss}`);
    look(values.step);
    losses.push(values.loss);
    hRelu = values.hRelu;
  }
  look(settings.steps);

  setPrintOptions({ precision: 8, sciMode: false });
  show("predictions", predict(x, weights));
  show("what they should be", y);
  show("w1", weights.w1);
  show("w2", weights.w2);
  show("h_relu in the last step", hRelu);

  if (plot) console.log(`\n${drawChart("log10 of the loss, step by step", losses.map(Math.log10))}`);
  const folder = out ?? outputFolder("xor");
  writePictures(folder, {
    "loss.svg": lossCurve(losses),
    "decision-surface.svg": decisionSurface(snapshots),
  });
});

function show(title: string, value: Tensor): void {
  console.log(`\n${title}`);
  console.log(value);
}
