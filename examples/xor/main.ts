/**
 * A two-layer network learns XOR by gradients written out by hand, as in NumPy, without autograd.
 *
 * Prints the step and the loss of each step, then the predictions and the weights.
 */
import { setPrintOptions, type Tensor } from "torchlet";
import { decimal, integer } from "../shared/flags.ts";
import { runProgram } from "../shared/program.ts";
import { initialWeights, predict, train, tutorial, x, y } from "./network.ts";

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
  },
};

await runProgram(program, (settings) => {
  const weights = initialWeights(settings);
  let hRelu = x.mm(weights.w1).clampMin(0);
  for (const values of train(weights, settings)) {
    console.log(`${values.step} ${values.loss}`);
    hRelu = values.hRelu;
  }

  setPrintOptions({ precision: 8, sciMode: false });
  show("predictions", predict(x, weights));
  show("what they should be", y);
  show("w1", weights.w1);
  show("w2", weights.w2);
  show("h_relu in the last step", hRelu);
});

function show(title: string, value: Tensor): void {
  console.log(`\n${title}`);
  console.log(value);
}
