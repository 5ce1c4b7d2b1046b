/** Curves in the terminal. */
import { plot } from "asciichart";

/** Beside the curve stand the numbers. */
const MARGIN = 12;
const WIDEST = 64;
const HEIGHT = 12;

/** Draws values from left to right as a curve of characters, with a title above; what is no finite number is left out. */
export function drawChart(title: string, values: readonly number[]): string {
  const drawable = thinOut(values.filter(Number.isFinite));
  const digits = digitsFor(Math.max(...drawable) - Math.min(...drawable));
  const format = (value: number): string => value.toFixed(digits).padStart(8);
  return drawable.length === 0
    ? `${title}: nothing to draw`
    : `${title}\n${plot(drawable, { height: HEIGHT, format })}`;
}

/** So many digits behind the point, 2 to 8, that ticks over `range` differ. */
function digitsFor(range: number): number {
  return range > 0 ? Math.min(8, Math.max(2, Math.ceil(-Math.log10(range / HEIGHT)))) : 2;
}

/** As many means of neighbours as a terminal has columns. */
function thinOut(values: readonly number[]): number[] {
  const columns = Math.max(
    8,
    Math.min(WIDEST, (process.stdout.isTTY ? process.stdout.columns : 80) - MARGIN),
  );
  const size = Math.max(1, values.length / columns);
  return Array.from({ length: Math.min(values.length, columns) }, (_, i) =>
    mean(values.slice(Math.floor(i * size), Math.max(Math.floor(i * size) + 1, Math.floor((i + 1) * size)))),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
