/**
 * The values of NumPy's `numpy.random.RandomState`, whose stream NumPy has frozen.
 *
 * All draws are float64, as NumPy's are; a Float32Array takes them rounded (`.astype(np.float32)`).
 */

import { log } from "../math/log.ts";
import { shuffledFromEnd, type FloatArray, type NumpyState, type RandomEngine } from "./engine.ts";
import { MersenneEngine } from "./mersenne-engine.ts";

/** NumPy's RandomState. A normal is the nearest double where NumPy's C library is off by a unit in the last place (1 of 2,000). */
export class NumpyEngine extends MersenneEngine<NumpyState> implements RandomEngine {
  readonly name = "numpy";

  /** `RandomState.uniform(low, high)`, with 0 and 1 `rand()`. */
  uniform(out: FloatArray, low: number, high: number): void {
    const range = high - low;
    for (let i = 0; i < out.length; i++) out[i] = low + range * this.double();
  }

  /** `RandomState.normal(mean, std)`, with 0 and 1 `randn()`: Marsaglia's polar method, the second of each pair kept for later. */
  normal(out: FloatArray, mean: number, std: number): void {
    for (let i = 0; i < out.length; i++) out[i] = mean + std * this.gauss();
  }

  /** `RandomState.randint(low, high)`: words cut to the bits of the largest value, drawn again while too large. */
  integers(out: Int32Array | FloatArray, low: number, high: number): void {
    const last = high - low - 1;
    for (let i = 0; i < out.length; i++) out[i] = low + this.upTo(last);
  }

  /** `RandomState.permutation(n)`: Fisher and Yates from the end. */
  permutation(n: number): Int32Array {
    return shuffledFromEnd(n, (last) => this.upTo(last));
  }

  /** `RandomState.randint(2**32)`. */
  drawSeed(): number {
    return this.words.next();
  }

  protected double(): number {
    const high = this.words.next() >>> 5;
    const low = this.words.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  protected drawPair(): number {
    let x1: number;
    let x2: number;
    let r2: number;
    do {
      x1 = 2 * this.double() - 1;
      x2 = 2 * this.double() - 1;
      r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * log(r2)) / r2);
    this.cachedNormal = f * x1;
    return f * x2;
  }

  /** An integer from 0 to `last` inclusive. */
  private upTo(last: number): number {
    if (last === 0) return 0;
    if (last < 2 ** 32) {
      const mask = 0xffffffff >>> Math.clz32(last);
      let value: number;
      do value = (this.words.next() & mask) >>> 0;
      while (value > last);
      return value;
    }
    const mask = 0xffffffff >>> Math.clz32(last / 2 ** 32);
    let value: number;
    do value = ((this.words.next() & mask) >>> 0) * 2 ** 32 + this.words.next();
    while (value > last);
    return value;
  }
}
