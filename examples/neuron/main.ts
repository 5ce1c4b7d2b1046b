/** One neuron with the sigmoid written out, on the numbers that PyTorch draws for the same seed. */
import { drawChart } from "../shared/chart.ts";
import { integer, path, toggle } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { neuron, teach } from "./neuron.ts";
import { learning } from "./pictures.ts";

const STEPS = 100;

const program = {
  name: "neuron",
  about:
    "y = sigmoid(features · weights + bias) for five inputs, with the numbers of torch.manual_seed(SEED).\n" +
    "PyTorch prints the same features and the same y. Then the neuron learns to say 1, which is drawn in a picture.",
  flags: {
    seed: integer("seed of PyTorch's random numbers", 7),
    plot: toggle("draw the error in the terminal too"),
    out: path("folder for the picture; left out, examples/output/neuron", "FOLDER"),
  },
};

await runProgram(program, ({ seed, plot, out }) => {
  const values = neuron(seed);
  for (const [name, value] of Object.entries(values)) console.log(`${name.padEnd(8)} =`, value);

  const moments = [...teach(values, STEPS)];
  const errors = moments.map(({ loss }) => loss);
  if (plot) console.log(`\n${drawChart("error, step by step", errors)}`);
  writePictures(out ?? outputFolder("neuron"), { "learning.svg": learning(moments) });
});
