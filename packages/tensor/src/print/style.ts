/** How the numbers of a tensor are written: all in one style. */
import type { DType } from "../dtype.ts";
import { exponential, fixed } from "./decimal.ts";
import type { PrintOptions } from "./options.ts";

/** How every number of one tensor is written, and the width to which it is padded on the left. */
export interface Style {
  write: (value: number) => string;
  width: number;
}

/** The style of all the numbers that are shown. */
export function chooseStyle(values: readonly number[], dtype: DType, options: PrintOptions): Style {
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
