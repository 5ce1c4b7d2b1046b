/** The two models of the guide "Getting started" learn a line and a curve, and are drawn while they do. */
import type { Tensor } from "torchlet";
import { drawChart } from "../shared/chart.ts";
import { integer, path, toggle } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { answers, line, train, wave, type Task } from "./models.ts";
import { fit, type Snapshot } from "./pictures.ts";

const STEPS = 500;

const program = {
  name: "first-network",
  about:
    "A line learns to turn Celsius into Fahrenheit from six examples; a network of sixteen numbers learns sin(x) from fifty.",
  flags: {
    seed: integer("seed of the initial weights", 1),
    plot: toggle("draw the losses in the terminal too"),
    out: path("folder for the pictures; left out, examples/output/first-network", "FOLDER"),
  },
};

await runProgram(program, ({ seed, plot, out }) => {
  const lineTask = line(seed);
  const lineRun = learn("a line", lineTask, [-1, 4], [0, 1, STEPS], plot);
  const waveTask = wave(seed);
  const waveRun = learn("a curve", waveTask, [-4.5, 4.5], [0, 20, 100, STEPS], plot);

  writePictures(out ?? outputFolder("first-network"), {
    "line.svg": fit("A line through six examples", examples(lineTask), lineRun, {
      x: "Celsius / 10",
      y: "Fahrenheit",
    }),
    "wave.svg": fit("A network of sixteen tanh learns sin(x)", examples(waveTask), waveRun, {
      x: "x",
      y: "sin(x)",
    }),
  });
});

/** Trains, prints some losses, and keeps what the model said before the steps in `moments`. */
function learn(
  name: string,
  task: Task,
  [low, high]: readonly [number, number],
  moments: readonly number[],
  plot: boolean,
): Snapshot[] {
  const losses: number[] = [];
  const snapshots: Snapshot[] = [];
  console.log(`${name}: step and loss`);
  for (const { step, loss } of train(task, STEPS)) {
    losses.push(loss);
    if (step % 100 === 0) console.log(`${step} ${loss}`);
    if (moments.includes(step)) snapshots.push({ step, curve: answers(task, low, high) });
  }
  if (plot) console.log(`\n${drawChart("log10 of the loss, step by step", losses.map(Math.log10))}\n`);
  return snapshots;
}

function examples({ x, y }: { x: Tensor; y: Tensor }): { x: number; y: number }[] {
  return Array.from(x.data, (at, i) => ({ x: at, y: y.data[i]! }));
}
