/** A loss that falls, as a part of a picture. */
import * as Plot from "@observablehq/plot";
import { colors, plot, type Panel } from "./figure.ts";

/** The loss of each step, on a logarithmic scale. */
export function lossPanel(losses: readonly number[], width = 660, height = 340): Panel {
  return plot(width, height, {
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
}

function powerOfTen(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Math.abs(exponent) <= 2) return String(value);
  return `10${String(exponent).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻")}`;
}
