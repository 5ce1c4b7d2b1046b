/** The run in pictures: the falling loss, and what the network says between the rows it has seen. */
import { cat, zeros } from "torchlet";
import { figure } from "../shared/figure.ts";
import { lossPanel } from "../shared/loss.ts";
import { surfaceInputs, surfaceKeys, surfacePanel, surfaceRows } from "../shared/surface.ts";
import { predict, type Weights } from "./network.ts";

/** The weights before a step. */
export interface Snapshot {
  readonly step: number;
  readonly weights: Weights;
}

/** The loss of each step, on a logarithmic scale. */
export function lossCurve(losses: readonly number[]): string {
  return figure("XOR by hand: the sum of squared errors", [[lossPanel(losses)]]);
}

/** What it should say; the fourth combination is not among the text's rows. */
const targets = [
  { a: 0, b: 0, label: "0" },
  { a: 1, b: 0, label: "1" },
  { a: 0, b: 1, label: "1" },
  { a: 1, b: 1, label: "?" },
];

/** What the network says for every pair of inputs (the third being 0), at some moments of the training. */
export function decisionSurface(snapshots: readonly Snapshot[]): string {
  const pairs = surfaceInputs("float64");
  const inputs = cat([pairs, zeros([pairs.size(0), 1], { dtype: "float64" })], 1);
  const panels = snapshots.map(({ step, weights }) =>
    surfacePanel(`step ${step}`, predict(inputs, weights), targets),
  );
  return figure("XOR by hand: what the network says, as it learns", surfaceRows(panels), {
    note: "In the circles what it should say; ? is not among the rows it is shown.",
    keys: surfaceKeys,
  });
}
