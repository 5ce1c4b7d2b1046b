/**
 * Four xoshiro128++ generators side by side: 256 words of 32 bits at a time.
 *
 * D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Transactions on Mathematical
 * Software 47 (2021); https://prng.di.unimi.it/xoshiro128plusplus.c. Each has a period of 2^128 - 1 and passes all
 * known statistical tests. Only 32-bit additions, shifts and exclusive ors: the same bits everywhere, and four lanes
 * are one SIMD vector (wasm-fill.ts makes use of that).
 *
 * Word 4k + l of the stream is word k of lane l.
 */

import { checkPosition, checkWords } from "./engine.ts";

/** How many words are made together, here and in WebAssembly. */
const BLOCK = 256;

/** A stream of 32-bit words. */
export class Xoshiro128x4 {
  /** The current block of words and the lanes, as bytes. */
  readonly bytes = new Uint8Array(4 * (BLOCK + 32));
  /** The current block of words, as signed integers. */
  readonly block = new Int32Array(this.bytes.buffer, 0, BLOCK);
  /** How many words of the block have been used. */
  position = 0;
  /** The lanes after the current block, word k of lane l at 4k + l; from 16 on those before it. */
  private readonly lanes = new Int32Array(this.bytes.buffer, 4 * BLOCK);

  /** Takes 16 words: four for each lane. */
  constructor(lanes: Int32Array) {
    this.lanes.set(turned(lanes));
    // The one state that xoshiro cannot leave.
    for (let l = 0; l < 4; l++) {
      if ([0, 4, 8, 12].every((k) => this.lanes[k + l] === 0)) this.lanes[l] = 1;
    }
    this.refill();
  }

  /** The next word as a signed integer. */
  int(): number {
    if (this.position === BLOCK) this.refill();
    return this.block[this.position++]!;
  }

  /** The next word, 0 ... 2^32 - 1. */
  next(): number {
    return this.int() >>> 0;
  }

  /** The next 53 bits as a number in [0, 1). */
  double(): number {
    const high = this.int() >>> 5;
    return (high * 67108864 + (this.int() >>> 6)) / 9007199254740992;
  }

  /** The lanes before the current block, four words each, and how many of the block's 256 words have been used. */
  getState(): { lanes: number[]; position: number } {
    return { lanes: turned(this.lanes.subarray(16)).map((word) => word >>> 0), position: this.position };
  }

  /** Continues from a saved state; throws and changes nothing if it is malformed. */
  setState(op: string, lanes: unknown, position: unknown): void {
    checkWords(op, "lanes", lanes, 16);
    checkPosition(op, position, BLOCK);
    this.lanes.set(turned(lanes));
    this.refill();
    this.position = position;
  }

  /** Makes the next 256 words. */
  refill(): void {
    const { block, lanes } = this;
    lanes.copyWithin(16, 0, 16);
    let a0 = lanes[0]!;
    let a1 = lanes[4]!;
    let a2 = lanes[8]!;
    let a3 = lanes[12]!;
    let b0 = lanes[1]!;
    let b1 = lanes[5]!;
    let b2 = lanes[9]!;
    let b3 = lanes[13]!;
    let c0 = lanes[2]!;
    let c1 = lanes[6]!;
    let c2 = lanes[10]!;
    let c3 = lanes[14]!;
    let d0 = lanes[3]!;
    let d1 = lanes[7]!;
    let d2 = lanes[11]!;
    let d3 = lanes[15]!;
    for (let i = 0; i < BLOCK; i += 4) {
      let sum = (a0 + a3) | 0;
      block[i] = (((sum << 7) | (sum >>> 25)) + a0) | 0;
      let t = a1 << 9;
      a2 ^= a0;
      a3 ^= a1;
      a1 ^= a2;
      a0 ^= a3;
      a2 ^= t;
      a3 = (a3 << 11) | (a3 >>> 21);

      sum = (b0 + b3) | 0;
      block[i + 1] = (((sum << 7) | (sum >>> 25)) + b0) | 0;
      t = b1 << 9;
      b2 ^= b0;
      b3 ^= b1;
      b1 ^= b2;
      b0 ^= b3;
      b2 ^= t;
      b3 = (b3 << 11) | (b3 >>> 21);

      sum = (c0 + c3) | 0;
      block[i + 2] = (((sum << 7) | (sum >>> 25)) + c0) | 0;
      t = c1 << 9;
      c2 ^= c0;
      c3 ^= c1;
      c1 ^= c2;
      c0 ^= c3;
      c2 ^= t;
      c3 = (c3 << 11) | (c3 >>> 21);

      sum = (d0 + d3) | 0;
      block[i + 3] = (((sum << 7) | (sum >>> 25)) + d0) | 0;
      t = d1 << 9;
      d2 ^= d0;
      d3 ^= d1;
      d1 ^= d2;
      d0 ^= d3;
      d2 ^= t;
      d3 = (d3 << 11) | (d3 >>> 21);
    }
    lanes[0] = a0;
    lanes[4] = a1;
    lanes[8] = a2;
    lanes[12] = a3;
    lanes[1] = b0;
    lanes[5] = b1;
    lanes[9] = b2;
    lanes[13] = b3;
    lanes[2] = c0;
    lanes[6] = c1;
    lanes[10] = c2;
    lanes[14] = c3;
    lanes[3] = d0;
    lanes[7] = d1;
    lanes[11] = d2;
    lanes[15] = d3;
    this.position = 0;
  }
}

/** The 16 words of the lanes, lane after lane, as word after word of all lanes; and back. */
function turned(words: ArrayLike<number>): number[] {
  return Array.from({ length: 16 }, (_, i) => words[(i % 4) * 4 + (i >> 2)]!);
}
