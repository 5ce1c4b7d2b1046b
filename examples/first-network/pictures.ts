/** What a model says between and beyond its examples, at some moments of its training. */
import * as Plot from "@observablehq/plot";
import { colors, figure, plot } from "../shared/figure.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the model said before a step. */
export interface Snapshot {
  readonly step: number;
  readonly curve: readonly Point[];
}

/** The examples as points, the answers as lines; the last of them is drawn strongest. */
export function fit(
  title: string,
  examples: readonly Point[],
  snapshots: readonly Snapshot[],
  { x, y }: { x: string; y: string },
): string {
  const last = snapshots.length - 1;
  const chart = plot(640, 340, {
    ...{ marginBottom: 42, marginLeft: 50, marginRight: 70 },
    x: { label: x, labelAnchor: "center", labelArrow: "none" },
    y: { label: y, labelArrow: "up", grid: true, ticks: 6 },
    marks: [
      ...snapshots.flatMap(({ step, curve }, i) => [
        Plot.lineY(curve, {
          ...{ x: "x", y: "y", strokeWidth: i === last ? 2.5 : 1.5, strokeOpacity: i === last ? 1 : 0.55 },
          stroke: colors.blue,
        }),
        Plot.text(curve.slice(-1), {
          ...{ x: "x", y: "y", dx: 6, textAnchor: "start", fill: "currentColor" },
          text: [`step ${step}`],
        }),
      ]),
      Plot.dot(examples, { x: "x", y: "y", r: 3.5, fill: colors.orange }),
    ],
  });
  return figure(title, [[chart]], {
    keys: [
      { color: colors.orange, label: "the examples" },
      { color: colors.blue, label: "what the network says" },
    ],
  });
}
