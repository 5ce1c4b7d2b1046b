/**
 * Tensors as text, in PyTorch's form: what to show (the edges of what is too long), how to write the numbers (one style and one
 * width for the whole tensor), where to break the lines, and what to say at the end.
 */
import { exponential, fixed } from "./print/decimal.ts";
import { getPrintOptions, withChanges, type PrintOptions } from "./print/options.ts";

export { getPrintOptions, setPrintOptions, type PrintOptions } from "./print/options.ts";

/** What {@link formatTensor} needs to know of a tensor. */
export interface Printable {
  /** The size of each dimension; `[]` for a single number. */
  readonly shape: readonly number[];
  /** The type of the elements. */
  readonly dtype: "float32" | "float64" | "int32" | "bool";
  /** Whether gradients are wanted for it; printed for leaves. */
  readonly requiresGrad: boolean;
  /** The name of the op that made it, if a graph recorded one: `"mul"` is printed as `gradFn=<Mul>`. */
  readonly gradFnName: string | null;
  /** The element at a full index, for bools 0 or 1. The index is only lent for the call and changes afterwards. */
  valueAt(index: readonly number[]): number;
}

/**
 * Writes a tensor as PyTorch prints it, digit for digit, with torchlet's names at the end: `dtype=float64`, `size=[0, 3]`,
 * `requiresGrad=true`, `gradFn=<Mul>`.
 *
 * - All numbers of a tensor share one style. Floats that are all whole are written `1.`; the others get `precision` digits, and
 *   scientific notation where the largest is more than 1000 times the smallest (zeros and non-finite numbers aside), above 1e8, or
 *   (unless all are whole) where the smallest is below 1e-4. Bools are `true` and `false`.
 * - The dtype is shown where the numbers do not tell: for float64, and for every empty tensor that is not float32. float32, bool and
 *   int32 are not mentioned: int32 is torchlet's default for integers, as int64 is PyTorch's.
 * - With more than `threshold` elements only `edgeitems` at both ends of each dimension are shown, and only these are read.
 * - Where `sciMode` overrules the style, the columns keep the width of the style that was overruled, as in PyTorch.
 *
 * @param x - the tensor, or anything that can tell its shape and its elements
 * @param options - overrides {@link setPrintOptions} for this call
 * @throws ValueError if an option has an impossible value or is unknown.
 */
export function formatTensor(x: Printable, options: Partial<PrintOptions> = {}): string {
  const settings = withChanges("formatTensor", getPrintOptions(), options);
  const count = x.shape.reduce((product, size) => product * size, 1);
  const body = count === 0 ? "[]" : formatElements(x, count > settings.threshold, settings);
  return appendNotes(PREFIX + body, notes(x, count === 0), settings.linewidth);
}

const PREFIX = "tensor(";

// ---- the elements

/** Stands for what a summary leaves out. */
const GAP = null;

function formatElements(x: Printable, summarize: boolean, options: PrintOptions): string {
  const { edgeitems, linewidth } = options;
  const positions = x.shape.map((size) => shownPositions(size, summarize ? edgeitems : Infinity));
  const values = readValues(x, positions);
  const { write, width } = chooseStyle(values, x.dtype, options);
  const cells = values.map((value) => write(value).padStart(width));
  return layOut(cells, positions, width, linewidth);
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

  return block(0, PREFIX.length);
}

// ---- the numbers

/** How every number of one tensor is written, and the width to which it is padded on the left. */
interface Style {
  write: (value: number) => string;
  width: number;
}

function chooseStyle(values: readonly number[], dtype: Printable["dtype"], options: PrintOptions): Style {
  if (dtype === "bool") return aligned(values, (value) => (value === 0 ? "false" : "true"));
  if (dtype === "int32") return aligned(values, String);
  return chooseFloatStyle(values, options);
}

function chooseFloatStyle(values: readonly number[], { precision, sciMode }: PrintOptions): Style {
  // As in PyTorch, zeros, nan and inf have no say, not even in the width: `[1., nan]` is not padded to `[ 1., nan]`.
  const telling = values.filter((value) => Number.isFinite(value) && value !== 0);
  if (telling.length === 0) return { write: writeWhole, width: 1 };

  let min = Infinity;
  let max = 0;
  for (const value of telling) {
    min = Math.min(min, Math.abs(value));
    max = Math.max(max, Math.abs(value));
  }
  const whole = telling.every(Number.isInteger);
  const scientific = max / min > 1000 || max > 1e8 || (!whole && min < 1e-4);

  const writeScientific = (value: number): string => exponential(value, precision);
  const writePlain = whole ? writeWhole : (value: number): string => fixed(value, precision);
  const { width } = aligned(telling, scientific ? writeScientific : writePlain);
  return { write: (sciMode ?? scientific) ? writeScientific : writePlain, width };
}

/** A float without a fraction: the point at the end tells it from an integer. */
function writeWhole(value: number): string {
  return fixed(value, 0) + (Number.isFinite(value) ? "." : "");
}

/** The style `write` with the width of the longest of the values. */
function aligned(values: readonly number[], write: (value: number) => string): Style {
  return { write, width: values.reduce((width, value) => Math.max(width, write(value).length), 1) };
}

// ---- the notes at the end

function notes(x: Printable, empty: boolean): string[] {
  const found: string[] = [];
  // `[]` alone means shape [0] and float32; elements tell the shape, and apart from float64 also the dtype.
  if (empty && x.shape.length !== 1) found.push(`size=[${x.shape.join(", ")}]`);
  if (x.dtype === "float64" || (empty && x.dtype !== "float32")) found.push(`dtype=${x.dtype}`);
  if (x.gradFnName !== null)
    found.push(`gradFn=<${x.gradFnName.charAt(0).toUpperCase()}${x.gradFnName.slice(1)}>`);
  else if (x.requiresGrad) found.push("requiresGrad=true");
  return found;
}

/** Puts each note behind the text, or on a new line where it would stick out. */
function appendNotes(text: string, found: readonly string[], linewidth: number): string {
  let result = text;
  let used = text.length - text.lastIndexOf("\n") + 1; // with room for the closing parenthesis and for PyTorch's caution
  for (const note of found) {
    if (used + note.length + 2 > linewidth) {
      result += `,\n${" ".repeat(PREFIX.length)}${note}`;
      used = PREFIX.length + note.length;
    } else {
      result += `, ${note}`;
      used += note.length + 2;
    }
  }
  return `${result})`;
}
