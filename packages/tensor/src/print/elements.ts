/** The elements of a tensor: which of them to show, and where to break the lines. */
import type { PrintOptions } from "./options.ts";
import type { Printable } from "./printable.ts";
import { chooseStyle } from "./style.ts";

/** Stands for what a summary leaves out. */
const GAP = null;

/** The elements in brackets; lines after the first start `indent` characters further to the right. */
export function formatElements(
  x: Printable,
  summarize: boolean,
  indent: number,
  options: PrintOptions,
): string {
  const { edgeitems, linewidth } = options;
  const positions = x.shape.map((size) => shownPositions(size, summarize ? edgeitems : Infinity));
  const values = readValues(x, positions);
  const { write, width } = chooseStyle(values, x.dtype, options);
  const cells = values.map((value) => write(value).padStart(width));
  return layOut(cells, positions, indent, width, linewidth);
}

/** The positions along a dimension that are shown, with one `GAP` for those in the middle that are not. */
function shownPositions(size: number, edgeitems: number): readonly (number | typeof GAP)[] {
  if (size <= 2 * edgeitems) return Array.from({ length: size }, (_, i) => i);
  const head = Array.from({ length: edgeitems }, (_, i) => i);
  return [...head, GAP, ...head.map((i) => size - edgeitems + i)];
}

/** The elements at the shown positions, in the order in which they are printed. */
function readValues(x: Printable, positions: readonly (readonly (number | typeof GAP)[])[]): number[] {
  const values: number[] = [];
  const index: number[] = x.shape.map(() => 0);
  function visit(dim: number): void {
    const along = positions[dim];
    if (along === undefined) {
      values.push(x.valueAt(index));
      return;
    }
    for (const position of along) {
      if (position === GAP) continue;
      index[dim] = position;
      visit(dim + 1);
    }
  }
  visit(0);
  return values;
}

/** Brackets, commas, line breaks and indentation around the cells. */
function layOut(
  cells: readonly string[],
  positions: readonly (readonly (number | typeof GAP)[])[],
  start: number,
  width: number,
  linewidth: number,
): string {
  let next = 0;
  const nextCell = (): string => cells[next++] ?? "";

  function row(along: readonly (number | typeof GAP)[], indent: number): string {
    const texts = along.map((position) => (position === GAP ? " ..." : nextCell()));
    const perLine = Math.max(1, Math.floor((linewidth - indent) / (width + ", ".length)));
    const lines: string[] = [];
    for (let start = 0; start < texts.length; start += perLine) {
      lines.push(texts.slice(start, start + perLine).join(", "));
    }
    return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
  }

  function block(dim: number, indent: number): string {
    const along = positions[dim];
    if (along === undefined) return nextCell();
    const below = positions.length - 1 - dim;
    if (below === 0) return row(along, indent);
    const parts = along.map((position) => (position === GAP ? "..." : block(dim + 1, indent + 1)));
    return `[${parts.join(`,${"\n".repeat(below)}${" ".repeat(indent + 1)}`)}]`;
  }

  return block(0, start);
}
