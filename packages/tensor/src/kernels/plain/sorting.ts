import { isFloatingPoint, type TypedArray } from "../../dtype.ts";
import type { Operand } from "../../storage/storage.ts";
import { withoutDim } from "../lines.ts";
import { forEachRow } from "../loops.ts";
import { mergeSort, selectFirst } from "./sorting/compare.ts";
import { lineOf, type Line } from "./sorting/line.ts";
import { radixSort } from "./sorting/radix.ts";

/** Up to so many first elements are chosen one by one, without sorting the rest. */
const FEW = 16;
/** From so many elements on digits are faster than comparisons. */
const MANY = 256;

/**
 * Writes, along `dim`, where the elements stand that come first, second, ... when sorted, as many of them as `out` has room for. Equal
 * ones keep their order; NaN counts as the largest number.
 */
export function argsort(out: Operand, x: Operand, dim: number, descending: boolean): void {
  if (out.layout.numel === 0) return;
  const n = x.layout.shape[dim] ?? 1;
  const wanted = out.layout.shape[dim] ?? 1;
  const [outStep, step] = [out.layout.strides[dim] ?? 0, x.layout.strides[dim] ?? 0];
  const float = isFloatingPoint(x.storage.dtype);
  const sort = n >= MANY && x.storage.dtype !== "float64" ? radixSort(n, float) : mergeSort(n);
  const [line, nans] = [lineOf(n), new Int32Array(n)];
  const [o, X] = [out.storage.data as Int32Array, x.storage.data];
  forEachRow([withoutDim(out.layout, dim), withoutDim(x.layout, dim)], (m, [o0, x0], [os, xs]) => {
    for (let i = 0; i < m; i++) {
      const [to, from] = [o0! + i * os!, x0! + i * xs!];
      if (wanted <= FEW && selectFirst(line, wanted, X, from, n, step, descending ? -1 : 1)) {
        write(o, to, outStep, wanted, line.order, n, 0, nans);
        continue;
      }
      const numbers = read(line, nans, n, X, from, step);
      if (descending) negate(line.keys, numbers, float);
      write(o, to, outStep, wanted, sort(numbers, line), numbers, descending ? n - numbers : 0, nans);
    }
  });
}

/** Reads `n` elements: numbers to `line`, and where there are none to `nans`. Returns how many numbers there are. */
function read(
  { keys, order }: Line,
  nans: Int32Array,
  n: number,
  X: TypedArray,
  start: number,
  step: number,
): number {
  let numbers = 0;
  for (let j = 0, at = start; j < n; j++, at += step) {
    const value = X[at]!;
    if (value === value) {
      keys[numbers] = value;
      order[numbers++] = j;
    } else nans[j - numbers] = j;
  }
  return numbers;
}

/** Turns the order round: of integers by their complement, since -(-2³¹) is no int32. */
function negate(keys: Float64Array, n: number, float: boolean): void {
  for (let i = 0; i < n; i++) keys[i] = float ? -keys[i]! : ~keys[i]!;
}

/** Writes where the first `wanted` elements stand: `numbers` of them in their order, the NaNs before or behind those. */
function write(
  o: Int32Array,
  start: number,
  step: number,
  wanted: number,
  order: Int32Array,
  numbers: number,
  first: number,
  nans: Int32Array,
): void {
  for (let j = 0, at = start; j < wanted; j++, at += step) {
    const rank = j - first;
    o[at] = rank < 0 ? nans[j]! : rank < numbers ? order[rank]! : nans[rank - numbers]!;
  }
}
