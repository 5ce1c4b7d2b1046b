/**
 * Sine and cosine of float32, by way of float64, and therefore at most 0.51 units in the last place from the truth: the steps of the
 * WebAssembly kernels (packages/kernels/assembly/trigonometric.ts) one number at a time, so that both give the same bits in every engine.
 */
import { cos, sin } from "../../math/index.ts";
import { ROUNDER } from "../../math/exact.ts";

/** From here on so many quarters of a turn are in a number that more digits of π are needed to take them away. */
const FAR = 2 ** 20;

/** 2 / π, and π/2 in two parts: multiples of the first are exact. */
const PER_QUARTER = 0.6366197723675814;
const QUARTER_HIGH = 1.5707963267341256;
const QUARTER_LOW = 6.077100506506192e-11;

export function sin32(x: number): number {
  return Math.abs(x) < FAR ? sine(x, 0) : sin(x);
}

export function cos32(x: number): number {
  return Math.abs(x) < FAR ? sine(x, 1) : cos(x);
}

/** The sine of `x + shift π/2`. */
function sine(x: number, shift: number): number {
  const quarters = x * PER_QUARTER + ROUNDER - ROUNDER;
  const r = x - quarters * QUARTER_HIGH - quarters * QUARTER_LOW;
  const turn = quarters + shift;
  const y = turn & 1 ? cosineOf(r * r) : r * sineOf(r * r);
  return turn & 2 ? -y : y;
}

/** `sin(r) / r` by powers of r², for r below π/4. */
function sineOf(z: number): number {
  const high = 2.7181133875450909e-6 * z + -1.9839311392631049e-4;
  return (high * (z * z) + (8.333329302050654e-3 * z + -0.16666666640771891)) * z + 1;
}

/** `cos(r)` by powers of r². */
function cosineOf(z: number): number {
  const high = 2.4383481439849142e-5 * z + -1.3886680733419081e-3;
  return (high * (z * z) + (4.1666620328066027e-2 * z + -0.49999999694216585)) * z + 1;
}
