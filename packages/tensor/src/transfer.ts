import { isShared } from "./memory.ts";
import type { TypedArray } from "./dtype.ts";

type CopyBytes = (this: Uint8Array, source: Uint8Array) => Uint8Array;

/**
 * In Node: overwrites bytes with others, in one go. Where one of the arrays is shared with threads, engines let `set` copy word by word,
 * which takes four to seven times as long; a buffer that is filled with bytes takes them as they are.
 */
const copyBytes = isShared
  ? (globalThis as { Buffer?: { prototype: { fill: CopyBytes } } }).Buffer?.prototype.fill
  : undefined;

/** Fewer bytes are copied faster word by word. */
const WORTH_A_CALL = 4096;

/** Copies `n` elements from `start` on to where `at` is, between arrays of one kind over different buffers. */
export function copyElements(to: TypedArray, at: number, from: TypedArray, start: number, n: number): void {
  const size = to.BYTES_PER_ELEMENT;
  if (copyBytes === undefined || n * size < WORTH_A_CALL)
    to.set(n === from.length ? from : from.subarray(start, start + n), at);
  else copyBytes.call(bytesOver(to, at * size, n * size), bytesOver(from, start * size, n * size));
}

function bytesOver({ buffer, byteOffset }: TypedArray, start: number, length: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + start, length);
}
