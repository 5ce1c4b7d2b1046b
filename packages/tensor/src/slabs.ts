/**
 * Small arrays for results, cut from slabs: outside of its own heap, an engine takes several times as long to make an array of so few
 * bytes as to look at a part of a longer one.
 *
 * Nobody outside ever holds a piece, whose buffer would show the neighbours: {@link ownArray} comes before.
 */
import { allocate, allocateUnset, arrayOver } from "./arrays.ts";
import { bytesOf, type DType, type TypedArray } from "./dtype.ts";

/** Arrays of at most so many bytes stand on the engine's heap. The lengths of pieces are multiples of it. */
const GRAIN = 64;
/** Longer arrays hardly gain. */
const LONGEST = 2048;
/** Whoever keeps a single piece keeps at most so many times its bytes alive. */
const PIECES = 16;

interface Slab {
  readonly buffer: ArrayBufferLike;
  /** How many bytes are given out. */
  used: number;
}

/** The slab from which pieces of so many grains are cut. */
const slabs: (Slab | undefined)[] = [];

/** An array for `length` elements of any value. */
export function allocateResult(dtype: DType, length: number): TypedArray {
  const bytes = bytesOf(dtype, length);
  if (bytes <= GRAIN) return allocate(dtype, length);
  return bytes <= LONGEST ? cut(dtype, length, bytes) : allocateUnset(dtype, length);
}

function cut(dtype: DType, length: number, bytes: number): TypedArray {
  const grains = Math.ceil(bytes / GRAIN);
  let slab = slabs[grains];
  if (slab === undefined || slab.used === slab.buffer.byteLength) {
    slab = { buffer: allocateUnset("bool", grains * GRAIN * PIECES).buffer, used: 0 };
    slabs[grains] = slab;
  }
  const offset = slab.used;
  slab.used += grains * GRAIN;
  return arrayOver(slab.buffer, dtype, offset, length);
}

/** The array itself, or a copy in place of a piece of a slab. */
export function ownArray(data: TypedArray): TypedArray {
  const { byteLength } = data;
  return byteLength > GRAIN && byteLength < data.buffer.byteLength ? data.slice() : data;
}
