import { lineOf, type Line, type Sort } from "./line.ts";

const BITS = 11;
const BUCKETS = 1 << BITS;
const DIGITS = 3;

/** Sorts up to `most` 32-bit numbers, floating-point ones or integers, digit by digit from the last: into buckets, which keep the order. */
export function radixSort(most: number, float: boolean): Sort {
  const floats = new Float32Array(most);
  const bits = new Int32Array(floats.buffer);
  const numbers = [bits, new Int32Array(most)] as const;
  const spare = lineOf(most).order;
  const counts = new Int32Array(DIGITS * BUCKETS);
  return (n, line) => {
    if (float) orderedBits(n, line, floats, bits);
    else for (let i = 0; i < n; i++) bits[i] = line.keys[i]! ^ 0x80000000;
    countDigits(n, bits, counts);
    const orders = [line.order, spare] as const;
    let from: 0 | 1 = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const start = digit * BUCKETS;
      const shift = digit * BITS;
      // Nothing moves where all numbers have the digit in common.
      if (n === 0 || counts[start + ((bits[0]! >>> shift) & (BUCKETS - 1))] === n) continue;
      const to: 0 | 1 = from === 0 ? 1 : 0;
      startsOf(counts, start);
      distribute(n, shift, counts, start, numbers[from], numbers[to], orders[from], orders[to]);
      from = to;
    }
    return orders[from];
  };
}

/** Bits of float32 that are in the order of the numbers: negative ones are turned round, -0 is 0. `bits` and `floats` are the same memory. */
function orderedBits(n: number, { keys }: Line, floats: Float32Array, bits: Int32Array): void {
  for (let i = 0; i < n; i++) floats[i] = keys[i]! + 0;
  for (let i = 0; i < n; i++) bits[i]! ^= (bits[i]! >> 31) | 0x80000000;
}

/** Counts how often each digit occurs at each place. */
function countDigits(n: number, numbers: Int32Array, counts: Int32Array): void {
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    const x = numbers[i]!;
    counts[x & (BUCKETS - 1)]!++;
    counts[BUCKETS + ((x >>> BITS) & (BUCKETS - 1))]!++;
    counts[2 * BUCKETS + (x >>> (2 * BITS))]!++;
  }
}

/** Replaces the counts of the digits at one place, from `start` on, by where the numbers go that have them. */
function startsOf(counts: Int32Array, start: number): void {
  let sum = 0;
  for (let b = start; b < start + BUCKETS; b++) {
    const count = counts[b]!;
    counts[b] = sum;
    sum += count;
  }
}

/** Puts every number, and where it stood, behind those whose digit is smaller. */
function distribute(
  n: number,
  shift: number,
  places: Int32Array,
  start: number,
  from: Int32Array,
  to: Int32Array,
  order: Int32Array,
  newOrder: Int32Array,
): void {
  for (let i = 0; i < n; i++) {
    const x = from[i]!;
    const at = places[start + ((x >>> shift) & (BUCKETS - 1))]!++;
    to[at] = x;
    newOrder[at] = order[i]!;
  }
}
