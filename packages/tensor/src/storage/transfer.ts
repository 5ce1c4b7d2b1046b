/** Runs of elements moved between arrays, or written to them: where linear memory takes part, too. */
import type { TypedArray } from "../dtype.ts";
import { isShared } from "./memory.ts";

type FillBytes = (this: Uint8Array, source: Uint8Array) => Uint8Array;

const { Buffer, Deno } = globalThis as { Buffer?: { prototype: { fill: FillBytes } }; Deno?: unknown };

/**
 * In Node: overwrites bytes with others, again and again until all are overwritten. Where one of the arrays is shared with threads,
 * engines let `set` and `fill` go word by word, which takes four to seven times as long; a buffer that is filled with bytes takes them
 * in one go. (Deno's buffers take them one by one.)
 */
const fillBytes = isShared && Deno === undefined ? Buffer?.prototype.fill : undefined;

/** Fewer bytes are copied, or filled with one value, faster word by word. */
const [WORTH_COPYING, WORTH_FILLING] = [4096, 2048];

/** Copies `n` elements from `start` on to where `at` is, between arrays of one kind over different buffers. */
export function copyElements(to: TypedArray, at: number, from: TypedArray, start: number, n: number): void {
  const size = to.BYTES_PER_ELEMENT;
  if (fillBytes === undefined || n * size < WORTH_COPYING)
    to.set(n === from.length ? from : from.subarray(start, start + n), at);
  else fillBytes.call(bytesOver(to, at, n), bytesOver(from, start, n));
}

/** Copies the same `count` elements again and again, until there are `n`. */
export function repeatElements(
  to: TypedArray,
  at: number,
  from: TypedArray,
  start: number,
  count: number,
  n: number,
): void {
  if (fillBytes !== undefined && n * to.BYTES_PER_ELEMENT >= WORTH_COPYING) {
    fillBytes.call(bytesOver(to, at, n), bytesOver(from, start, count));
    return;
  }
  copyElements(to, at, from, start, count);
  for (let filled = count; filled < n; filled *= 2)
    to.copyWithin(at + filled, at, at + Math.min(filled, n - filled));
}

/** Sets `n` elements from `at` on to `value`. */
export function fillElements(to: TypedArray, at: number, value: number, n: number): void {
  if (fillBytes === undefined || n * to.BYTES_PER_ELEMENT < WORTH_FILLING) to.fill(value, at, at + n);
  else {
    to[at] = value;
    fillBytes.call(bytesOver(to, at + 1, n - 1), bytesOver(to, at, 1));
  }
}

function bytesOver(
  { buffer, byteOffset, BYTES_PER_ELEMENT: size }: TypedArray,
  start: number,
  n: number,
): Uint8Array {
  return new Uint8Array(buffer, byteOffset + start * size, n * size);
}
