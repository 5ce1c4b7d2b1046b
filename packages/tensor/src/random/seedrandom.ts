/**
 * torchlet's own stream: seedrandom turns any number or string into 16 words, four xoshiro128++ generators make the
 * rest. The same bits in Node and in every browser.
 *
 * A float32 takes one word, a float64 two.
 */

import {
  checkEngine,
  shuffledFromEnd,
  type EngineState,
  type FloatArray,
  type RandomEngine,
  type SeedrandomState,
} from "./engine.ts";
import type { Fill } from "./fill.ts";
import { seedWords } from "./seed-words.ts";
import { wasmFill } from "./wasm-fill.ts";
import { Xoshiro128x4 } from "./xoshiro.ts";
import { normal24, normal53 } from "./ziggurat.ts";

/** The default engine. */
export class SeedrandomEngine implements RandomEngine {
  readonly name = "seedrandom";
  private readonly words: Xoshiro128x4;
  private readonly fill: Fill;

  constructor(seed: number | string, fill = wasmFill()) {
    this.fill = fill;
    this.words = new Xoshiro128x4(Int32Array.from({ length: 16 }, seedWords(String(seed))));
  }

  /** Multiples of 2^-24 or 2^-53, scaled. Where rounding would reach `high`, the sample is `low`. */
  uniform(out: FloatArray, low: number, high: number): void {
    if (out instanceof Float32Array) this.fill.uniform24(this.words, out, low, high);
    else this.fill.uniform53(this.words, out, low, high);
  }

  normal(out: FloatArray, mean: number, std: number): void {
    if (out instanceof Float32Array) normal24(this.words, out, mean, std);
    else normal53(this.words, out, mean, std);
  }

  integers(out: Int32Array | FloatArray, low: number, high: number): void {
    const range = high - low;
    if (range <= 2 ** 32) for (let i = 0; i < out.length; i++) out[i] = low + this.below(range);
    else for (let i = 0; i < out.length; i++) out[i] = low + this.belowWide(range);
  }

  /** One word an element: the probability is rounded up to a multiple of 2^-32. */
  bernoulli(out: FloatArray | Int32Array | Uint8Array, p: number): void {
    this.fill.bernoulli(this.words, out, p);
  }

  bernoulliEach(out: FloatArray | Int32Array | Uint8Array, p: FloatArray): void {
    for (let i = 0; i < out.length; i++) out[i] = this.words.next() < p[i]! * 2 ** 32 ? 1 : 0;
  }

  /** Fisher and Yates from the end. */
  permutation(n: number): Int32Array {
    return shuffledFromEnd(n, (last) => this.below(last + 1));
  }

  drawSeed(): number {
    return this.words.next();
  }

  getState(): SeedrandomState {
    return { engine: "seedrandom", ...this.words.getState() };
  }

  setState(state: EngineState): void {
    const { lanes, position } = checkEngine(state, this.name);
    this.words.setState("setState", lanes, position);
  }

  /**
   * An integer below `range`, at most 2^32, without bias: the upper half of a word times the range.
   *
   * D. Lemire, "Fast random integer generation in an interval", ACM Transactions on Modeling and Computer Simulation
   * 29 (2019). The 64-bit product is put together from two of at most 48 bits.
   */
  private below(range: number): number {
    for (;;) {
      const word = this.words.int();
      const p = (word & 0xffff) * range;
      const carry = Math.floor(p / 65536);
      const q = (word >>> 16) * range + carry;
      const high = Math.floor(q / 65536);
      const low = (q - high * 65536) * 65536 + (p - carry * 65536);
      if (low >= range || low >= 2 ** 32 % range) return high;
    }
  }

  /** The same for ranges up to 2^53: 53 bits modulo the range, drawn again where they would favour small values. */
  private belowWide(range: number): number {
    const limit = 2 ** 53 - (2 ** 53 % range);
    for (;;) {
      const value = (this.words.next() >>> 11) * 2 ** 32 + this.words.next();
      if (value < limit) return value % range;
    }
  }
}
