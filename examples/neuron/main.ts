/** One neuron with the sigmoid written out, on the numbers that PyTorch draws for the same seed. */
import { integer } from "../shared/flags.ts";
import { runProgram } from "../shared/program.ts";
import { neuron } from "./neuron.ts";

const program = {
  name: "neuron",
  about:
    "y = sigmoid(features · weights + bias) for five inputs, with the numbers of torch.manual_seed(SEED).\n" +
    "PyTorch prints the same features and the same y.",
  flags: { seed: integer("seed of PyTorch's random numbers", 7) },
};

await runProgram(program, ({ seed }) => {
  for (const [name, value] of Object.entries(neuron(seed))) console.log(`${name.padEnd(8)} =`, value);
});
