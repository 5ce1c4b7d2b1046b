/** The fills of fill.ts in WebAssembly SIMD, four lanes at a time, with the same bits. */

import { RESERVED } from "@torchlet/kernels";
import { elements, workspace, type Workspace } from "../kernels/wasm/workspace.ts";
import { copyElements } from "../storage/transfer.ts";
import { plainFill, type Fill } from "./fill.ts";
import type { Xoshiro128x4 } from "./xoshiro.ts";

/** Below so many elements JavaScript is faster, because of the copies into linear memory and out of it. */
const MEASURED = 128;
/** So many words are used up together: they stay in the first-level cache. */
const PIECE = 4096;

/** Where results stand in linear memory, in bytes: up to four for each word, and what vectors write behind them. */
const OUT = RESERVED;
/** Where the words stand that are next; in front of them there is room for those of the same block that are used. */
const WORDS = OUT + 4 * PIECE + 128 + 1024;

/** Fills by WebAssembly where it is there and at least `threshold` elements are wanted. */
export function wasmFill(threshold = MEASURED): Fill {
  const open = (n: number): Workspace | null => (n >= threshold ? workspace() : null);
  return {
    uniform24(words, out, low, high) {
      const w = open(out.length);
      const unit = (high - low) / 2 ** 24;
      if (w === null) plainFill.uniform24(words, out, low, high);
      else inPieces(w, words, 1, out, (n) => w.run.uniform32(OUT, WORDS, n, low, unit, high));
    },

    uniform53(words, out, low, high) {
      const w = open(out.length);
      if (w === null) plainFill.uniform53(words, out, low, high);
      else inPieces(w, words, 2, out, (n) => w.run.uniform64(OUT, WORDS, n, low, high - low, high));
    },

    bernoulli(words, out, p) {
      const w = p > 0 ? open(out.length) : null;
      const last = Math.ceil(p * 2 ** 32) - 1; // a word is below p 2^32 if it is at most this
      if (w !== null && out instanceof Uint8Array)
        inPieces(w, words, 1, out, (n) => w.run.bernoulli8(OUT, WORDS, n, last));
      else if (w !== null && out instanceof Float32Array)
        inPieces(w, words, 1, out, (n) => w.run.bernoulli32(OUT, WORDS, n, last));
      else plainFill.bernoulli(words, out, p);
    },
  };
}

/** Fills `out` piece by piece: `make` turns words into `n` elements, `each` words into every one. */
function inPieces(
  w: Workspace,
  words: Xoshiro128x4,
  each: 1 | 2,
  out: Float32Array | Float64Array | Uint8Array,
  make: (n: number) => void,
): void {
  const results = elements(w, out);
  const first = OUT / out.BYTES_PER_ELEMENT;
  for (let done = 0; done < out.length;) {
    const n = Math.min(PIECE / each, out.length - done);
    take(w, words, n * each);
    make(n);
    copyElements(out, done, results, first, n);
    done += n;
  }
}

/** Puts the next `n` words at WORDS: what is left of the block, and behind it, where the lanes come to stand, new blocks. */
function take({ bool: memory, run }: Workspace, words: Xoshiro128x4, n: number): void {
  const { bytes, block, position } = words;
  memory.set(bytes, WORDS - 4 * position);
  const left = block.length - position;
  const blocks = Math.ceil((n - left) / block.length);
  words.position += n - blocks * block.length;
  if (n <= left) return;
  const start = WORDS + 4 * left;
  run.xoshiro(start, blocks);
  const last = start + (blocks - 1) * block.byteLength;
  bytes.set(memory.subarray(last, last + bytes.length));
}
