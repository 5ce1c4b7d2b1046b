/** How the neuron learns, in pictures. */
import * as Plot from "@observablehq/plot";
import { colors, figure, plot } from "../shared/figure.ts";
import { lossPanel } from "../shared/loss.ts";
import type { Moment } from "./neuron.ts";

/** The moments whose place on the sigmoid is marked. */
const MARKED = [0, 1, 2, 3, 5, 10, 30, 100];

const sigmoid = Array.from({ length: 101 }, (_, i) => -5 + i / 10).map((h) => ({
  h,
  y: 1 / (1 + Math.exp(-h)),
}));

/** The neuron's way up its sigmoid, and its error: both slow down where the curve is flat. */
export function learning(moments: readonly Moment[]): string {
  const marked = moments.filter(({ step }) => MARKED.includes(step));
  const way = plot(330, 300, {
    marginBottom: 42,
    x: { label: "h", labelAnchor: "center", labelArrow: "none" },
    y: { label: "y = sigmoid(h)", labelArrow: "up", grid: true, ticks: 5, domain: [0, 1] },
    marks: [
      Plot.lineY(sigmoid, { x: "h", y: "y", stroke: colors.gray }),
      Plot.dot(marked, { x: "h", y: "y", fill: colors.orange, r: 4 }),
      Plot.text(marked, {
        ...{ x: "h", y: "y", text: "step", dx: 8, dy: 10, textAnchor: "start" },
        fill: "currentColor",
      }),
    ],
  });
  const errors = lossPanel(
    moments.map(({ loss }) => loss),
    330,
    300,
  );
  return figure("One neuron learns to say 1", [[way, errors]], {
    note: "Left, where it stands on its sigmoid after so many steps; right, its error (y - 1)².",
  });
}
