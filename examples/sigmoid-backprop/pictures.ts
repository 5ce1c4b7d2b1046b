/** Backpropagation in pictures: the slope of the sigmoid, and a network with the error terms that travel back through it. */
import * as Plot from "@observablehq/plot";
import type { Tensor } from "torchlet";
import { colors, figure, plot, text, type Panel } from "../shared/figure.ts";
import { errorTerms, type Record, type Weights } from "./formulas.ts";

const curve = Array.from({ length: 121 }, (_, i) => -6 + i / 10).map((z) => {
  const s = 1 / (1 + Math.exp(-z));
  return { z, s, slope: s * (1 - s) };
});

export function sigmoidAndSlope(): string {
  const chart = plot(640, 280, {
    marginBottom: 42,
    x: { label: "z", labelAnchor: "center", labelArrow: "none" },
    y: { label: null, grid: true, ticks: 5, domain: [0, 1] },
    marks: [
      Plot.lineY(curve, { x: "z", y: "s", stroke: colors.blue, strokeWidth: 2 }),
      Plot.lineY(curve, { x: "z", y: "slope", stroke: colors.orange, strokeWidth: 2 }),
    ],
  });
  return figure("The sigmoid, and its slope", [[chart]], {
    note: "The slope is never above 1/4, and almost 0 where the sigmoid is sure of itself.",
    keys: [
      { color: colors.blue, label: "s = sigmoid(z)" },
      { color: colors.orange, label: "s (1 - s)" },
    ],
  });
}

const BOX = { width: 116, height: 62 };
const STEP = { x: 262, y: 112 };

/** The network with the values and error terms of one record; each line shows its weight and how much that shall change. */
export function network(weights: Weights, record: Record): string {
  return figure("Values go to the right, error terms come back", [[networkPanel(weights, record)]], {
    note: "On each line its weight, and the change that the error terms ask for.",
    keys: [
      { color: colors.blue, label: "value, weight" },
      { color: colors.orange, label: "error term, change" },
    ],
  });
}

function networkPanel(weights: Weights, { x, y }: Record): Panel {
  const { hiddenOutputs, output, hiddenErrorTerm, outputErrorTerm } = errorTerms(weights, { x, y });
  const [inputs, hidden] = [numbers(x), numbers(hiddenOutputs)];
  const [hiddenTerms, [outputTerm]] = [numbers(hiddenErrorTerm), numbers(outputErrorTerm)];
  const rows = Math.max(inputs.length, hidden.length);
  const place = (column: number, row: number, count: number): Place => ({
    x: column * STEP.x,
    y: (row + (rows - count) / 2) * STEP.y,
  });
  const places = {
    inputs: inputs.map((_, i) => place(0, i, inputs.length)),
    hidden: hidden.map((_, j) => place(1, j, hidden.length)),
    output: place(2, 0, 1),
  };
  const edges = [
    ...inputs.flatMap((input, i) =>
      hidden.map((_, j) => ({
        ...{ from: places.inputs[i]!, to: places.hidden[j]!, part: 0.3 },
        ...{ weight: weights.inputHidden.at(i, j).item(), change: hiddenTerms[j]! * input },
      })),
    ),
    ...hidden.map((value, j) => ({
      ...{ from: places.hidden[j]!, to: places.output, part: 0.5 },
      ...{ weight: weights.hiddenOutput.at(j).item(), change: outputTerm! * value },
    })),
  ];
  return {
    width: 2 * STEP.x + BOX.width,
    height: (rows - 1) * STEP.y + BOX.height,
    markup: [
      ...edges.map(line),
      ...edges.map(label),
      ...inputs.map((value, i) => box(places.inputs[i]!, `x${subscript(i)}`, value)),
      ...hidden.map((value, j) => box(places.hidden[j]!, `h${subscript(j)}`, value, hiddenTerms[j])),
      box(places.output, `ŷ, should be ${y.item()}`, output.item(), outputTerm),
    ].join("\n"),
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function box({ x, y }: Place, name: string, value: number, term?: number): string {
  const written = (at: number, content: string, attributes: string): string =>
    text(x + BOX.width / 2, y + at, content, `text-anchor="middle" ${attributes}`);
  return [
    `<rect class="paper" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" stroke="currentColor" stroke-opacity="0.5"/>`,
    written(19, name, 'font-weight="600"'),
    written(37, value.toFixed(4), 'class="blue"'),
    written(54, term === undefined ? "" : term.toFixed(5), 'class="orange"'),
  ].join("");
}

/** A line from box to box; its weight and change stand at a part of the way. */
interface Edge {
  readonly from: Place;
  readonly to: Place;
  readonly part: number;
  readonly weight: number;
  readonly change: number;
}

function ends({ from, to }: Edge): [x1: number, y1: number, x2: number, y2: number] {
  return [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
}

function line(edge: Edge): string {
  const [x1, y1, x2, y2] = ends(edge);
  return `<path d="M${x1},${y1}L${x2},${y2}" stroke="currentColor" stroke-opacity="0.3"/>`;
}

function label(edge: Edge): string {
  const [x1, y1, x2, y2] = ends(edge);
  const { part, weight, change } = edge;
  const [x, y] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
  const written = (dy: number, content: string, color: string): string =>
    text(x, y + dy, content, `text-anchor="middle" class="${color} outlined"`);
  return (
    written(-2, String(weight), "blue") +
    written(11, `${change < 0 ? "" : "+"}${change.toFixed(5)}`, "orange")
  );
}

function numbers(values: Tensor): number[] {
  return Array.from(values.toTypedArray(), Number);
}

function subscript(i: number): string {
  return String(i).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]!);
}
