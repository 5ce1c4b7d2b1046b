/**
 * The Mersenne Twister MT19937, from which NumPy's RandomState and PyTorch's CPU generator draw.
 *
 * M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
 * generator", ACM Transactions on Modeling and Computer Simulation 8 (1998); seeding as in their mt19937ar (2002).
 */

import { checkPosition, checkWords } from "./engine.ts";

const N = 624;
const M = 397;

/** A stream of 32-bit words, made 624 at a time. */
export class Mt19937 {
  /** The state that made the current words. */
  private key: Int32Array;
  /** The current words, tempered, as signed integers. */
  private readonly tempered: Int32Array;
  private position: number;

  constructor(seed: number) {
    this.key = new Int32Array(N);
    this.tempered = new Int32Array(N);
    this.key[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = this.key[i - 1]!;
      this.key[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
    this.position = N;
  }

  /** The next word, 0 ... 2^32 - 1. */
  next(): number {
    if (this.position === N) this.refill();
    return this.tempered[this.position++]! >>> 0;
  }

  /** The state as NumPy counts it: 624 words, and how many of the words they made have been used. */
  getState(): { key: number[]; position: number } {
    return { key: Array.from(this.key, (word) => word >>> 0), position: this.position };
  }

  /** Continues from a saved state; throws and changes nothing if it is malformed. */
  setState(op: string, key: unknown, position: unknown): void {
    checkWords(op, "key", key, N);
    checkPosition(op, position, N);
    this.key = Int32Array.from(key);
    this.position = position;
    this.temper();
  }

  private refill(): void {
    const key = this.key;
    let i = 0;
    for (; i < N - M; i++) key[i] = key[i + M]! ^ twist(key[i]!, key[i + 1]!);
    for (; i < N - 1; i++) key[i] = key[i + M - N]! ^ twist(key[i]!, key[i + 1]!);
    key[N - 1] = key[M - 1]! ^ twist(key[N - 1]!, key[0]!);
    this.temper();
    this.position = 0;
  }

  private temper(): void {
    const key = this.key;
    const tempered = this.tempered;
    for (let i = 0; i < N; i++) {
      let y = key[i]!;
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      tempered[i] = y ^ (y >>> 18);
    }
  }
}

function twist(u: number, v: number): number {
  return (((u & 0x80000000) | (v & 0x7fffffff)) >>> 1) ^ (-(v & 1) & 0x9908b0df);
}
