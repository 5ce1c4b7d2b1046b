/**
 * Normal random numbers by the ziggurat method, with 256 layers.
 *
 * G. Marsaglia and W. W. Tsang, "The ziggurat method for generating random variables", Journal of Statistical Software
 * 5 (2000). The layer comes from other bits of the word than the position within it, as J. A. Doornik asks for in "An
 * improved ziggurat method to generate normal random samples" (2005).
 *
 * The tables are computed with square roots and the logarithm of math/log.ts: the same in every JavaScript engine.
 */

import { log } from "../math/log.ts";
import type { Xoshiro128x4 } from "./xoshiro.ts";

const LAYERS = 256;
/** Where the tail begins, the area of a layer, and exp(-r² / 2): the solution for 256 layers, computed to 60 digits. */
const R = 3.654152885361009;
const AREA = 0.004928673233974655;
const F_R = 0.0012602859304985975;

interface Tables {
  /** Layer i reaches from 0 to x[i]; all of it up to x[i + 1] lies under the curve. */
  readonly x: Float64Array;
  /** exp(-x[i]² / 2) */
  readonly f: Float64Array;
  /** x[i] / 2^23, for 24 bits with a sign. */
  readonly x24: Float64Array;
}

let tables: Tables | undefined;

function makeTables(): Tables {
  const x = new Float64Array(LAYERS + 1);
  const f = new Float64Array(LAYERS + 1);
  x[0] = AREA / F_R;
  x[1] = R;
  f[1] = F_R;
  for (let i = 2; i < LAYERS; i++) {
    f[i] = f[i - 1]! + AREA / x[i - 1]!;
    x[i] = Math.sqrt(-2 * log(f[i]!));
  }
  f[LAYERS] = 1;
  return { x, f, x24: x.map((v) => v / 2 ** 23) };
}

/** Fills with normals of 24 bits from one word each. */
export function normal24(words: Xoshiro128x4, out: Float32Array, mean: number, std: number): void {
  const { x, x24 } = (tables ??= makeTables());
  const { block } = words;
  for (let i = 0; i < out.length;) {
    if (words.position === block.length) words.refill();
    const shift = words.position - i;
    const stop = Math.min(out.length, block.length - shift);
    let layer = 0;
    let value = 0;
    for (; i < stop; i++) {
      const word = block[i + shift]!;
      layer = word & 255;
      value = ((word >> 8) + 0.5) * x24[layer]!;
      if (Math.abs(value) >= x[layer + 1]!) break;
      out[i] = mean + std * value;
    }
    words.position = i + shift;
    if (i === stop) continue;
    words.position++;
    value = edge(words, layer, value);
    if (value === value) out[i++] = mean + std * value;
  }
}

/** Fills with normals of 53 bits from two words each. */
export function normal53(words: Xoshiro128x4, out: Float64Array, mean: number, std: number): void {
  const { x, x24 } = (tables ??= makeTables());
  for (let i = 0; i < out.length; i++) {
    let value = NaN;
    do {
      const word = words.int();
      const layer = word & 255;
      const fraction = ((words.int() >>> 3) + 0.5) / 2 ** 29;
      value = ((word >> 8) + fraction) * x24[layer]!;
      if (Math.abs(value) >= x[layer + 1]!) value = edge(words, layer, value);
    } while (value !== value);
    out[i] = mean + std * value;
  }
}

/** What becomes of one candidate of a hundred, beyond the part of its layer that lies under the curve: NaN to draw again. */
function edge(words: Xoshiro128x4, layer: number, value: number): number {
  if (layer === 0) {
    // The tail: G. Marsaglia, "Generating a variable from the tail of the normal distribution", Technometrics 6 (1964).
    let beyond: number;
    let y: number;
    do {
      beyond = -log(1 - words.double()) / R;
      y = -log(1 - words.double());
    } while (y + y < beyond * beyond);
    return value < 0 ? -R - beyond : R + beyond;
  }
  const { f } = (tables ??= makeTables());
  const height = f[layer]! + words.double() * (f[layer + 1]! - f[layer]!);
  return log(height) < -0.5 * value * value ? value : NaN;
}
