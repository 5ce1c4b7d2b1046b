/** What a network with two inputs says for every pair of them, as a part of a picture. */
import * as Plot from "@observablehq/plot";
import { linspace, stack, type Tensor } from "torchlet";
import { colors, plot, type Panel } from "./figure.ts";

/** A pair of inputs that the network is shown, and what it should say. */
export interface Target {
  readonly a: number;
  readonly b: number;
  readonly label: string;
}

const GRID = 41;
const [LOW, HIGH] = [-0.5, 1.5];

/** What the colours stand for. */
export const surfaceKeys = [
  { color: colors.blue, label: "0 or less" },
  { color: colors.orange, label: "1 or more" },
];

/** The pairs to ask the network for, row by row from the bottom: shape [41 · 41, 2]. */
export function surfaceInputs(dtype: "float32" | "float64"): Tensor {
  const axis = linspace(LOW, HIGH, GRID, { dtype });
  const a = axis.expand(GRID, GRID).reshape(-1);
  const b = axis.unsqueeze(1).expand(GRID, GRID).reshape(-1);
  return stack([a, b], 1);
}

/** The answers to {@link surfaceInputs} as colours, and in circles what they should be. */
export function surfacePanel(title: string, answers: Tensor, targets: readonly Target[]): Panel {
  const field = Plot.contour(Array.from(answers.clamp(0, 1).data), {
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

/** Panels in rows that fit a page. */
export function surfaceRows(panels: readonly Panel[]): Panel[][] {
  return [panels.slice(0, 3), panels.slice(3)].filter((row) => row.length > 0);
}

/** The steps to look at: the first, the last, and some between, more of them early, where most happens. */
export function snapshotSteps(steps: number): number[] {
  return [0, 0.1, 0.2, 0.3, 0.5, 1].map((part) => Math.round(part * steps));
}
