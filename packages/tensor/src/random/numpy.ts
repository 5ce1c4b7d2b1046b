/**
 * The values of NumPy's `numpy.random.RandomState`, whose stream NumPy has frozen.
 *
 * All draws are float64, as NumPy's are; a Float32Array takes them rounded (`.astype(np.float32)`).
 */

import { ValueError } from "../errors.ts";
import { log } from "../math/log.ts";
import type { EngineState, FloatArray, NumpyState, RandomEngine } from "./engine.ts";
import { checkCachedNormal, seed32 } from "./engine.ts";
import { Mt19937 } from "./mt19937.ts";

/** NumPy's RandomState. A normal is the nearest double where NumPy's C library is off by a unit in the last place (1 of 2,000). */
export class NumpyEngine implements RandomEngine {
  readonly name = "numpy";
  private readonly words: Mt19937;
  private cachedNormal: number | null = null;

  constructor(seed: number | string) {
    this.words = new Mt19937(seed32(seed));
  }

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

  /** `rand() < p`. */
  bernoulli(out: FloatArray | Int32Array | Uint8Array, p: number): void {
    for (let i = 0; i < out.length; i++) out[i] = this.double() < p ? 1 : 0;
  }

  /** `rand(n) < p`. */
  bernoulliEach(out: FloatArray | Int32Array | Uint8Array, p: FloatArray): void {
    for (let i = 0; i < out.length; i++) out[i] = this.double() < p[i]! ? 1 : 0;
  }

  /** `RandomState.permutation(n)`: Fisher and Yates from the end. */
  permutation(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.upTo(i);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }

  /** `RandomState.randint(2**32)`. */
  drawSeed(): number {
    return this.words.next();
  }

  getState(): NumpyState {
    return { engine: "numpy", ...this.words.getState(), cachedNormal: this.cachedNormal };
  }

  setState(state: EngineState): void {
    const op = "setState";
    if (state.engine !== "numpy")
      throw new ValueError(op, `a state of engine "${state.engine}" does not fit engine "numpy"`);
    checkCachedNormal(op, state.cachedNormal);
    this.words.setState(op, state.key, state.position);
    this.cachedNormal = state.cachedNormal;
  }

  private double(): number {
    const high = this.words.next() >>> 5;
    const low = this.words.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  private gauss(): number {
    if (this.cachedNormal !== null) {
      const cached = this.cachedNormal;
      this.cachedNormal = null;
      return cached;
    }
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
