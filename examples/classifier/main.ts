/**
 * The 784-128-64-10 classifier learns the 60,000 handwritten digits of MNIST.
 *
 * Its network is in network.ts. Weights and pictures go to examples/output/classifier/.
 */
import { dirname, join } from "node:path";
import { manualSeed } from "torchlet";
import { choice, decimal, integer, path, toggle, type FlagValues } from "../shared/flags.ts";
import { watchInterrupt } from "../shared/interrupt.ts";
import { readDigits, type Digits } from "../shared/mnist.ts";
import { outputFolder, prepareFolder, shown, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { noProgress, showProgress } from "../shared/progress.ts";
import { loadWeights, saveWeights } from "../shared/weights.ts";
import type { Network } from "./network.ts";
import { drawPictures, terminalCharts } from "./pictures.ts";
import { recipes } from "./recipes.ts";
import { percent, runSession, type Session } from "./session.ts";
import { evaluate } from "./train.ts";

const program = {
  name: "classifier",
  about:
    "Trains the digit classifier on MNIST, tests it on 10,000 digits it has not seen, and saves its weights.\n" +
    "Ctrl-C ends the training early and keeps what was reached; a second Ctrl-C ends at once.",
  flags: {
    epochs: integer("how often every digit is shown", 5, { min: 1 }),
    batchSize: integer("digits in a step", 128, { min: 1 }),
    lr: decimal("learning rate; left out, the recipe's own", null),
    momentum: decimal("momentum; left out, the recipe's own", null),
    recipe: choice("log-softmax, or the text's softmax with a small learning rate", ["right", "text"]),
    seed: integer("seed of weights, order and dropout", 1),
    limit: integer("train with the first N digits only", 60000, { min: 1 }),
    load: path("begin with the weights of this file", "FILE"),
    eval: toggle("only test, with the weights of --load or those saved last"),
    out: path("folder for weights and pictures; left out, examples/output/classifier", "FOLDER"),
    plot: toggle("draw the curves in the terminal too"),
    quiet: toggle("print the last line only, and draw no pictures"),
  },
};

interface Run {
  readonly flags: FlagValues<(typeof program)["flags"]>;
  readonly model: Network;
  readonly test: Digits;
  /** The file for the model's weights. */
  readonly weights: string;
  readonly say: (text: string) => void;
}

await runProgram(program, async (flags) => {
  const folder = flags.out ?? outputFolder("classifier");
  const weights = join(folder, "weights.safetensors");
  const say = (text: string): void => {
    if (!flags.quiet) console.log(text);
  };
  manualSeed(flags.seed);
  const model = new recipes[flags.recipe].network();
  if (flags.load !== null || flags.eval) loadWeights(flags.load ?? weights, model);
  if (flags.eval) say(`testing the weights of ${shown(flags.load ?? weights)}`);

  const start = performance.now();
  const test = readDigits("test");
  const session = flags.eval ? null : await learn({ flags, model, test, weights, say });
  const evaluation = session?.evaluations.at(-1) ?? { epochs: 0, ...evaluate(model, test) };
  const seconds = (performance.now() - start) / 1000;

  if (session && flags.plot) say(terminalCharts(session));
  if (!flags.quiet) writePictures(folder, drawPictures(model, test, evaluation, session));
  const epochs = Number(evaluation.epochs.toFixed(2));
  const trained = session === null ? "" : `${epochs} ${epochs === 1 ? "epoch" : "epochs"}, `;
  say("");
  console.log(`test accuracy: ${percent(evaluation.accuracy)} (${trained}${seconds.toFixed(1)} s)`);
});

/** Trains the model, and leaves its weights in the file. */
async function learn({ flags, model, test, weights, say }: Run): Promise<Session> {
  const recipe = recipes[flags.recipe];
  const digits = readDigits("train").first(flags.limit);
  prepareFolder(dirname(weights));

  const stopped = watchInterrupt();
  if (recipe.note !== null) say(`${recipe.note}\n`);
  say(`${String(model)}\n`);
  const session = await runSession(model, {
    digits,
    test,
    stopped,
    say,
    epochs: flags.epochs,
    batchSize: flags.batchSize,
    lr: flags.lr ?? recipe.lr,
    momentum: flags.momentum ?? recipe.momentum,
    decay: recipe.decay,
    showProgress: flags.quiet ? () => noProgress : showProgress,
    save: () => {
      saveWeights(weights, model, { recipe: flags.recipe, seed: String(flags.seed) });
    },
  });
  if (stopped()) say("\nStopped early; what was reached is kept.");
  say(`\nweights: ${shown(weights)}`);
  return session;
}
