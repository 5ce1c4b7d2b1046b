/** The run in pictures: the falling loss, and what the network says between the rows it has seen. */
import * as Plot from "@observablehq/plot";
import { linspace, stack, zeros } from "torchlet";
import { colors, figure, plot, type Panel } from "../shared/figure.ts";
import { predict, type Weights } from "./network.ts";

/** The weights before a step. */
export interface Snapshot {
  readonly step: number;
  readonly weights: Weights;
}

/** The steps to look at: the first, the last, and some between, more of them early, where most happens. */
export function snapshotSteps(steps: number): number[] {
  return [0, 0.1, 0.2, 0.4, 1].map((part) => Math.round(part * steps));
}

/** The loss of each step, on a logarithmic scale. */
export function lossCurve(losses: readonly number[]): string {
  const curve = plot(660, 340, {
    marginLeft: 60,
    marginBottom: 42,
    x: { label: "step", labelAnchor: "center", labelArrow: "none" },
    y: {
      type: "log",
      label: "loss (logarithmic)",
      labelArrow: "up",
      grid: true,
      ticks: 6,
      tickFormat: powerOfTen,
    },
    marks: [Plot.lineY(losses, { stroke: colors.blue, strokeWidth: 2 })],
  });
  return figure("XOR by hand: the sum of squared errors", [[curve]]);
}

function powerOfTen(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(exponent) <= 2) return String(value);
  return `10${String(exponent).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻")}`;
}

/** What the network says for every pair of inputs (the third being 0), at some moments of the training. */
export function decisionSurface(snapshots: readonly Snapshot[]): string {
  return figure("XOR by hand: what the network says, as it learns", [snapshots.map(surface)], {
    note: "In the circles what it should say; ? is not among the rows it is shown.",
    keys: [
      { color: colors.blue, label: "0 or less" },
      { color: colors.orange, label: "1 or more" },
    ],
  });
}

const GRID = 41;
const [LOW, HIGH] = [-0.5, 1.5];

/** What it should say; the fourth combination is not among the text's rows. */
const targets = [
  { a: 0, b: 0, label: "0" },
  { a: 1, b: 0, label: "1" },
  { a: 0, b: 1, label: "1" },
  { a: 1, b: 1, label: "?" },
];

function surface({ step, weights }: Snapshot): Panel {
  const title = `step ${step}`;
  const field = Plot.contour(Array.from(predictGrid(weights)), {
    ...{ width: GRID, height: GRID, x1: LOW, y1: LOW, x2: HIGH, y2: HIGH },
    fill: Plot.identity,
    thresholds: Array.from({ length: 11 }, (_, i) => i / 11), // from 0 on, so that all is filled
  });
  return plot(190, 210, {
    ...{ marginLeft: 34, marginRight: 4, marginTop: 26, marginBottom: 34 },
    x: { label: "first input", ticks: [0, 1], tickFormat: "d", labelAnchor: "center", labelArrow: "none" },
    y: { label: "second input", ticks: [0, 1], tickFormat: "d", labelAnchor: "center", labelArrow: "none" },
    color: {
      type: "linear",
      domain: [0, 0.5, 1],
      range: [colors.blue, "#f4f1ea", colors.orange],
      clamp: true,
    },
    marks: [
      field,
      Plot.dot(targets, { x: "a", y: "b", r: 9, fill: "white", stroke: "#1f2328" }),
      Plot.text(targets, { x: "a", y: "b", text: "label", fill: "#1f2328", fontWeight: "bold" }),
      Plot.text([title], { frameAnchor: "top", dy: -18, fontWeight: "bold" }),
    ],
  });
}

/** The predictions for a grid of inputs, row by row from the bottom, none below 0 or above 1. */
function predictGrid(weights: Weights): Iterable<number> {
  const axis = linspace(LOW, HIGH, GRID, { dtype: "float64" });
  const a = axis.expand(GRID, GRID).reshape(-1);
  const b = axis.unsqueeze(1).expand(GRID, GRID).reshape(-1);
  const inputs = stack([a, b, zeros([GRID * GRID], { dtype: "float64" })], 1);
  return predict(inputs, weights).clamp(0, 1).data;
}
