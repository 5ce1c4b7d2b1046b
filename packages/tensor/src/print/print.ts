/** Tensors as text, in PyTorch's form. */
import { formatElements } from "./elements.ts";
import { appendNotes, notes } from "./notes.ts";
import { getPrintOptions, withChanges, type PrintOptions } from "./options.ts";
import type { Printable } from "./printable.ts";

const PREFIX = "tensor(";

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
  const body = count === 0 ? "[]" : formatElements(x, count > settings.threshold, PREFIX.length, settings);
  return appendNotes(PREFIX + body, notes(x, count === 0), PREFIX.length, settings.linewidth);
}
