/** The computation graph of a small expression, with values and gradients, as a picture and as text. */
import { toDot, toMermaid } from "torchlet";
import { path } from "../shared/flags.ts";
import { outputFolder, writePictures } from "../shared/output.ts";
import { runProgram } from "../shared/program.ts";
import { expression } from "./expression.ts";
import { drawGraph } from "./picture.ts";

const program = {
  name: "graph",
  about:
    "Computes the loss of one neuron and its gradients, prints both for every value on the way, and draws the graph:\n" +
    "as a picture (SVG), as Mermaid text for Markdown pages, and as DOT text for Graphviz.",
  flags: { out: path("folder for the pictures; left out, examples/output/graph", "FOLDER") },
};

await runProgram(program, ({ out }) => {
  const values = expression();
  console.log(row("", "value", "gradient"));
  for (const [name, x] of Object.entries(values))
    console.log(row(name, x.item().toFixed(4), x.grad?.item().toFixed(4) ?? ""));

  const options = { names: Object.entries(values), values: true, direction: "LR" } as const;
  const mermaid = toMermaid(values.loss!, options);
  console.log(`\n${mermaid}`);
  writePictures(out ?? outputFolder("graph"), {
    "graph.svg": drawGraph(values.loss!, values),
    "graph.mmd": mermaid,
    "graph.dot": toDot(values.loss!, options),
  });
});

function row(...[name, value, gradient]: [string, string, string]): string {
  return `${name.padEnd(8)}${value.padStart(10)}${gradient.padStart(12)}`;
}
