/** The computation graph as a picture: a box for each value, with its gradient. */
import type { Tensor } from "torchlet";
import { colors, figure, text, type Panel } from "../shared/figure.ts";
import { inputsOf, layOut, type Place } from "./layout.ts";

const BOX = { width: 118, height: 62 };
const STEP = { x: BOX.width + 44, y: BOX.height + 18 };

/** The graph of `output`, whose values are called by the names of `values`. */
export function drawGraph(output: Tensor, values: Readonly<Record<string, Tensor>>): string {
  return figure("A computation graph", [[graphPanel(output, values)]], {
    note: "Values are computed from left to right, gradients of the loss from right to left.",
    keys: [
      { color: colors.blue, label: "value" },
      { color: colors.orange, label: "gradient" },
    ],
  });
}

function graphPanel(output: Tensor, values: Readonly<Record<string, Tensor>>): Panel {
  const places = layOut(output.node!);
  const boxes = Object.entries(values).map(([name, x]) => box(name, x, places.get(x.node!)!));
  const edges = [...places].flatMap(([node, to]) =>
    inputsOf(node).map((input) => edge(places.get(input)!, to)),
  );
  const extent = (size: (place: Place) => number): number => Math.max(...[...places.values()].map(size));
  return {
    width: extent(({ column }) => column) * STEP.x + BOX.width,
    height: extent(({ row }) => row) * STEP.y + BOX.height,
    markup: [...edges, ...boxes].join("\n"),
  };
}

function box(name: string, x: Tensor, { column, row }: Place): string {
  const [left, top] = [column * STEP.x, row * STEP.y];
  const outline = `width="${BOX.width}" height="${BOX.height}" rx="${x.isLeaf ? 20 : 6}" stroke="currentColor"`;
  const middle = left + BOX.width / 2;
  const line = (at: number, content: string, attributes: string): string =>
    text(middle, top + at, content, `text-anchor="middle" ${attributes}`);
  return [
    `<rect x="${left}" y="${top}" ${outline} fill="none" stroke-opacity="0.5"/>`,
    line(18, x.isLeaf ? name : `${name} = ${x.node!.name}`, 'font-weight="600"'),
    line(36, format(x), 'class="blue"'),
    line(53, x.grad === null ? "" : format(x.grad), 'class="orange"'),
  ].join("");
}

function format(x: Tensor): string {
  return x.item().toFixed(4);
}

/** A line that leaves and arrives horizontally. */
function edge(from: Place, to: Place): string {
  const [x1, y1] = [from.column * STEP.x + BOX.width, from.row * STEP.y + BOX.height / 2];
  const [x2, y2] = [to.column * STEP.x, to.row * STEP.y + BOX.height / 2];
  const bend = (x2 - x1) / 2;
  return `<path d="M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}" fill="none" stroke="currentColor" stroke-opacity="0.5"/>`;
}
