/** The computation graph as a picture: a box for each value, with its gradient. */
import type { Tensor } from "torchlet";
import { colors, figure, text, type Panel } from "../shared/figure.ts";
import { inputsOf, layOut, type Place } from "./layout.ts";

const BOX = { width: 118, height: 62 };
const STEP = { x: BOX.width + 18, y: BOX.height + 34 };

/** The graph of `output`, from top to bottom so that it fits a page. Its values are called by the names of `values`. */
export function drawGraph(output: Tensor, values: Readonly<Record<string, Tensor>>): string {
  return figure("A computation graph", [[graphPanel(output, values)]], {
    note: "Values are computed from the top down, gradients of the loss from the bottom up.",
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
    width: extent(({ row }) => row) * STEP.x + BOX.width,
    height: extent(({ column }) => column) * STEP.y + BOX.height,
    markup: [...edges, ...boxes].join("\n"),
  };
}

function box(name: string, x: Tensor, { column, row }: Place): string {
  const [left, top] = [row * STEP.x, column * STEP.y];
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

/** A line that leaves and arrives vertically. */
function edge(from: Place, to: Place): string {
  const [x1, y1] = [from.row * STEP.x + BOX.width / 2, from.column * STEP.y + BOX.height];
  const [x2, y2] = [to.row * STEP.x + BOX.width / 2, to.column * STEP.y];
  const bend = (y2 - y1) / 2;
  return `<path d="M${x1},${y1}C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}" fill="none" stroke="currentColor" stroke-opacity="0.5"/>`;
}
