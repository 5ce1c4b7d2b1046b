/**
 * The XOR tutorial's run by backward(), and true XOR by a Module, MSELoss and SGD.
 *
 * The flags are those of the tutorial; the Module takes a seed of its own. It is drawn in pictures as it learns.
 */
import { manualSeed, noGrad } from "torchlet";
import { drawChart } from "../shared/chart.ts";
import { decimal, integer, path, toggle } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { snapshotSteps, surfaceInputs } from "../shared/surface.ts";
import { initialWeights, predict, tutorial, x } from "../xor/network.ts";
import { trainByAutograd } from "./by-autograd.ts";
import { inputs, targets, trainModule, XorNetwork } from "./module.ts";
import { decisionSurface, lossCurve, type Snapshot } from "./pictures.ts";

const MODULE_STEPS = 300;

const program = {
  name: "xor-autograd",
  about:
    "First the run of `pnpm example xor` with gradients by backward(): the same losses to the last digit.\n" +
    "Then a Module that learns all four rows of the XOR table with MSELoss and SGD, drawn in pictures.",
  flags: {
    hidden: integer("neurons in the hidden layer of the first", tutorial.hidden, { min: 1 }),
    lr: decimal("learning rate of the first", tutorial.lr),
    steps: integer("steps of the first", tutorial.steps),
    seed: integer("seed of NumPy's random numbers, for the first", tutorial.seed),
    moduleSeed: integer("seed of PyTorch's random numbers, for the Module", 0),
    plot: toggle("draw the Module's loss in the terminal too"),
    out: path("folder for the pictures; left out, examples/output/xor-autograd", "FOLDER"),
  },
};

await runProgram(program, ({ moduleSeed, plot, out, ...settings }) => {
  const weights = initialWeights(settings);
  for (const { step, loss } of trainByAutograd(weights, settings)) console.log(`${step} ${loss}`);
  console.log("\npredictions");
  console.log(noGrad(() => predict(x, weights)));

  const { losses, snapshots } = learnTable(moduleSeed);
  if (plot) console.log(`\n${drawChart("log10 of the loss, step by step", losses.map(Math.log10))}`);
  writePictures(out ?? outputFolder("xor-autograd"), {
    "loss.svg": lossCurve(losses),
    "decision-surface.svg": decisionSurface(snapshots),
  });
});

/** Trains the Module on the XOR table, and says what it answers at some moments. */
function learnTable(seed: number): { losses: number[]; snapshots: Snapshot[] } {
  manualSeed(seed, { engine: "torch" });
  const model = new XorNetwork();
  console.log("\nThe XOR table, learned by");
  console.log(model);

  const losses: number[] = [];
  const snapshots: Snapshot[] = [];
  const moments = snapshotSteps(MODULE_STEPS);
  const everywhere = surfaceInputs("float32");
  const look = (step: number): void => {
    if (moments.includes(step)) snapshots.push({ step, answers: noGrad(() => model.forward(everywhere)) });
  };
  for (const { step, loss } of trainModule(model, MODULE_STEPS)) {
    if (step % 50 === 0 || step === MODULE_STEPS - 1) console.log(`${step} ${loss}`);
    look(step);
    losses.push(loss);
  }
  look(MODULE_STEPS);

  console.log("\npredictions, and what they should be");
  console.log(noGrad(() => model.forward(inputs)));
  console.log(targets);
  return { losses, snapshots };
}
