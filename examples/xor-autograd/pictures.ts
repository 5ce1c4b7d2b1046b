/** How the Module learns the XOR table, in pictures. */
import type { Tensor } from "torchlet";
import { figure } from "../shared/figure.ts";
import { lossPanel } from "../shared/loss.ts";
import { surfaceKeys, surfacePanel, surfaceRows } from "../shared/surface.ts";

/** What the network said for every pair of inputs before a step. */
export interface Snapshot {
  readonly step: number;
  readonly answers: Tensor;
}

export function lossCurve(losses: readonly number[]): string {
  return figure("XOR by a Module: the mean of the squared errors", [[lossPanel(losses)]]);
}

const targets = [
  { a: 0, b: 0, label: "0" },
  { a: 1, b: 0, label: "1" },
  { a: 0, b: 1, label: "1" },
  { a: 1, b: 1, label: "0" },
];

export function decisionSurface(snapshots: readonly Snapshot[]): string {
  const panels = snapshots.map(({ step, answers }) => surfacePanel(`step ${step}`, answers, targets));
  return figure("XOR by a Module: what the network says, as it learns", surfaceRows(panels), {
    note: "In the circles what it should say. Only these four pairs are ever shown to it.",
    keys: surfaceKeys,
  });
}
