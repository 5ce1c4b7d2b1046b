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
  for (let i = start + 1; i < end; i++) insert(line, start, i, i);
}

/** Moves number `i` to its place in the sorted numbers from `start` to `end`, behind those that equal it; the last one moves to `end`. */
function insert({ keys, order }: Line, start: number, end: number, i: number): void {
  const key = keys[i]!;
  const place = order[i]!;
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

/** Moves the `k` smallest of `n` numbers to the beginning, sorted; returns where they stood. */
export function selectSmallest(k: number, n: number, line: Line): Int32Array {
  const sorted = Math.min(k, n);
  insertAll(line, 0, sorted);
  for (let i = sorted; i < n; i++)
    if (sorted > 0 && line.keys[i]! < line.keys[sorted - 1]!) insert(line, 0, sorted - 1, i);
  return line.order;
}
