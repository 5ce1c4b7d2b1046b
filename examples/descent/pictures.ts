/** The way down a parabola, for several learning rates. */
import * as Plot from "@observablehq/plot";
import { colors, figure, plot, type Panel } from "../shared/figure.ts";
import { target, type Place } from "./descent.ts";

export interface Way {
  readonly lr: number;
  readonly places: readonly Place[];
}

const [LOW, HIGH] = [-1.5, 9.5];
const parabola = Array.from({ length: 111 }, (_, i) => LOW + (i * (HIGH - LOW)) / 110).map((x) => ({
  x,
  loss: (x - target) ** 2,
}));

export function waysDown(ways: readonly Way[]): string {
  return figure("Downhill on (x - 4)², step by step", [ways.map(panel)], {
    note: "Each point is a guess; each step goes against the slope, times the learning rate.",
  });
}

function panel({ lr, places }: Way): Panel {
  const inside = places.filter(({ x }) => x >= LOW && x <= HIGH);
  return plot(216, 250, {
    ...{ marginTop: 34, marginBottom: 36, marginLeft: 30, marginRight: 6 },
    x: { label: "x", labelAnchor: "center", labelArrow: "none", ticks: 4, domain: [LOW, HIGH] },
    y: { label: null, grid: true, ticks: 4, domain: [0, 30] },
    marks: [
      Plot.lineY(parabola, { x: "x", y: "loss", stroke: colors.gray }),
      Plot.line(inside, { x: "x", y: "loss", stroke: colors.orange, strokeOpacity: 0.6 }),
      Plot.dot(inside, { x: "x", y: "loss", r: 3.5, fill: colors.orange }),
      Plot.text([`learning rate ${lr}`], { frameAnchor: "top", dy: -24, fontWeight: "bold" }),
    ],
  });
}
