import type { TypedArray } from "../../../dtype.ts";
import { lineOf, type Line, type Sort } from "./line.ts";

/** Runs of this length are sorted by insertion. */
const RUN = 16;

/** Sorts up to `most` numbers by merging sorted runs of 16, 32, 64, ... of them. */
export function mergeSort(most: number): Sort {
  const spare = lineOf(most);
  return (n, line) => {
    for (let start = 0; start < n; start += RUN) insertAll(line, start, Math.min(start + RUN, n));
    let [from, to] = [line, spare];
    for (let length = RUN; length < n; length *= 2) {
      for (let start = 0; start < n; start += 2 * length)
        merge(from, to, start, Math.min(start + length, n), Math.min(start + 2 * length, n));
      [from, to] = [to, from];
    }
    return from.order;
  };
}

/** Sorts by insertion what stands from `start` to `end`. */
function insertAll(line: Line, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) insert(line, start, i, line.keys[i]!, line.order[i]!);
}

/** Inserts a number among the sorted ones from `start` to `end`, behind those that equal it; what stands at `end` is overwritten. */
function insert({ keys, order }: Line, start: number, end: number, key: number, place: number): void {
  let at = end;
  for (; at > start && keys[at - 1]! > key; at--) {
    keys[at] = keys[at - 1]!;
    order[at] = order[at - 1]!;
  }
  keys[at] = key;
  order[at] = place;
}

/** Merges the sorted runs from `start` to `middle` and from there to `end`. */
function merge(from: Line, to: Line, start: number, middle: number, end: number): void {
  const { keys, order } = from;
  const { keys: newKeys, order: newOrder } = to;
  for (let i = start, j = middle, at = start; at < end; at++) {
    const k = j === end || (i < middle && keys[i]! <= keys[j]!) ? i++ : j++;
    newKeys[at] = keys[k]!;
    newOrder[at] = order[k]!;
  }
}

/**
 * Finds the `k` smallest of `n` numbers, or with a `sign` of -1 the largest, without sorting the others, and puts where they stand to
 * the beginning of the line's order. Gives up and returns false where a number is NaN.
 */
export function selectFirst(
  line: Line,
  k: number,
  x: TypedArray,
  start: number,
  n: number,
  step: number,
  sign: 1 | -1,
): boolean {
  let bound = Infinity;
  for (let j = 0, at = start; j < n; j++, at += step) {
    const key = sign * x[at]!;
    if (key >= bound && j >= k) continue;
    if (key !== key) return false;
    insert(line, 0, Math.min(j, k - 1), key, j);
    if (j >= k - 1) bound = line.keys[k - 1]!;
  }
  return true;
}
