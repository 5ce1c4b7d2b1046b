/** The loss of each step as a curve. */
import UPlot from "uplot";
import { color, onThemeChange } from "../theme.ts";

/** With more points than this, every second one is dropped. */
const MOST = 1000;
/** A logarithmic scale has no 0. */
const LEAST = 1e-8;
const HEIGHT = 320;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a const enum, which isolated modules cannot name
const LOGARITHMIC = 3 as UPlot.Scale.Distr;

export class LossCurve {
  readonly #plot: UPlot;
  #steps: number[] = [];
  #losses: number[] = [];
  #seen = 0;
  /** Every how many steps one is kept. */
  #stride = 1;

  constructor(box: HTMLElement) {
    this.#plot = new UPlot(options(box.clientWidth), [[], []], box);
    new ResizeObserver(() => this.#plot.setSize({ width: box.clientWidth, height: HEIGHT })).observe(box);
    onThemeChange(() => this.#plot.redraw());
  }

  clear(): void {
    this.#steps = [];
    this.#losses = [];
    this.#seen = 0;
    this.#stride = 1;
  }

  add(losses: readonly number[]): void {
    for (const loss of losses) {
      if (this.#seen % this.#stride === 0) {
        this.#steps.push(this.#seen);
        this.#losses.push(Math.max(loss, LEAST));
      }
      this.#seen++;
      if (this.#steps.length > MOST) this.#thin();
    }
    this.#plot.setData([this.#steps, this.#losses]);
  }

  #thin(): void {
    this.#stride *= 2;
    this.#steps = this.#steps.filter((_, i) => i % 2 === 0);
    this.#losses = this.#losses.filter((_, i) => i % 2 === 0);
  }
}

function options(width: number): UPlot.Options {
  const axis: UPlot.Axis = {
    stroke: () => color("muted"),
    grid: { stroke: () => color("line"), width: 1 },
    ticks: { stroke: () => color("line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { distr: LOGARITHMIC } },
    axes: [
      { ...axis, label: "step", labelSize: 22, labelFont: "12px system-ui, sans-serif" },
      { ...axis, size: 62, values: (_, losses) => losses.map(lossLabel) },
    ],
    series: [{}, { stroke: () => color("blue"), width: 2, points: { show: false } }],
  };
}

/** uPlot passes null for the lines of a logarithmic scale that shall have no label. */
function lossLabel(loss: number | null): string {
  if (loss === null) return "";
  return loss < 0.001 ? loss.toExponential() : String(loss);
}
