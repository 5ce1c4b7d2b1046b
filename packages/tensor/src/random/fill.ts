/** Words as uniform numbers and as zeros and ones: the loops that many draws at once go through. */

import type { FloatArray } from "./engine.ts";
import type { Xoshiro128x4 } from "./xoshiro.ts";

/** Fills arrays from a stream of words. Whoever does it, values and what is left of the stream are the same. */
export interface Fill {
  /** One word an element: `low` plus 24 bits of it, scaled. Where rounding would reach `high`, the sample is `low`. */
  uniform24(words: Xoshiro128x4, out: Float32Array, low: number, high: number): void;
  /** Two words an element: `low` plus 53 bits of them, scaled; else the same. */
  uniform53(words: Xoshiro128x4, out: Float64Array, low: number, high: number): void;
  /** One word an element: 1 where it is below `p 2^32`, else 0. */
  bernoulli(words: Xoshiro128x4, out: FloatArray | Int32Array | Uint8Array, p: number): void;
}

/** Loops in JavaScript. */
export const plainFill: Fill = {
  uniform24(words, out, low, high) {
    const { block } = words;
    const unit = (high - low) / 2 ** 24;
    const from = Math.fround(low);
    const end = Math.fround(high);
    for (let i = 0; i < out.length;) {
      if (words.position === block.length) words.refill();
      const shift = words.position - i;
      const stop = Math.min(out.length, block.length - shift);
      for (; i < stop; i++) {
        const value = Math.fround(low + (block[i + shift]! >>> 8) * unit);
        out[i] = value < end ? value : from;
      }
      words.position = stop + shift;
    }
  },

  uniform53(words, out, low, high) {
    const range = high - low;
    for (let i = 0; i < out.length; i++) {
      const value = low + words.double() * range;
      out[i] = value < high ? value : low;
    }
  },

  bernoulli(words, out, p) {
    const { block } = words;
    const limit = p * 2 ** 32;
    for (let i = 0; i < out.length;) {
      if (words.position === block.length) words.refill();
      const shift = words.position - i;
      const stop = Math.min(out.length, block.length - shift);
      for (; i < stop; i++) out[i] = block[i + shift]! >>> 0 < limit ? 1 : 0;
      words.position = stop + shift;
    }
  },
};
