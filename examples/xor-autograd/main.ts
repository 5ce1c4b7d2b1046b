/**
 * The XOR tutorial's run by backward(), and true XOR by a Module, MSELoss and SGD.
 *
 * The flags are those of the tutorial; the Module takes only the seed.
 */
import { manualSeed, noGrad } from "torchlet";
import { decimal, integer } from "../shared/flags.ts";
import { runProgram } from "../shared/program.ts";
import { initialWeights, predict, tutorial, x } from "../xor/network.ts";
import { trainByAutograd } from "./by-autograd.ts";
import { inputs, targets, trainModule, XorNetwork } from "./module.ts";

const MODULE_STEPS = 300;

const program = {
  name: "xor-autograd",
  about:
    "First the run of `pnpm example xor` with gradients by backward(): the same losses to the last digit.\n" +
    "Then a Module that learns all four rows of the XOR table with MSELoss and SGD.",
  flags: {
    hidden: integer("neurons in the hidden layer of the first", tutorial.hidden, { min: 1 }),
    lr: decimal("learning rate of the first", tutorial.lr),
    steps: integer("steps of the first", tutorial.steps),
    seed: integer("seed of the initial weights of both", tutorial.seed),
  },
};

await runProgram(program, (settings) => {
  const weights = initialWeights(settings);
  for (const { step, loss } of trainByAutograd(weights, settings)) console.log(`${step} ${loss}`);
  console.log("\npredictions");
  console.log(noGrad(() => predict(x, weights)));

  manualSeed(settings.seed, { engine: "seedrandom" });
  const model = new XorNetwork();
  console.log("\nThe XOR table, learned by");
  console.log(model);
  for (const { step, loss } of trainModule(model, MODULE_STEPS))
    if (step % 50 === 0 || step === MODULE_STEPS - 1) console.log(`${step} ${loss}`);
  console.log("\npredictions, and what they should be");
  console.log(noGrad(() => model.forward(inputs)));
  console.log(targets);
});
