/**
 * Arrays for results, cut from slabs: outside of its own heap, an engine takes as long to make an array, however short, as to compute
 * some thousand numbers; to look at a part of a longer one takes it next to nothing.
 *
 * Nobody outside ever holds a piece, whose buffer would show the neighbours: {@link ownArray} comes before.
 */
import { bytesOf, type DType, type TypedArray } from "../dtype.ts";
import { allocate, allocateUnset, arrayOver } from "./arrays.ts";

/** Arrays of at most so many bytes stand on the engine's heap. The lengths of pieces are multiples of it. */
const GRAIN = 64;
/** Longer arrays hardly gain. */
const LONGEST = 65536;
/** Slabs are at least so long ... */
const SLAB = 16384;
/** ... unless fewer pieces do, or more are needed: whoever keeps a single piece keeps the others' bytes alive as well. */
const [FEWEST, MOST] = [8, 64];

interface Slab {
  readonly buffer: ArrayBufferLike;
  /** How many bytes are given out. */
  used: number;
}

/** The slabs from which pieces are cut, by how many grains these have. */
const slabs: (Slab | undefined)[] = [];

/** An array for `length` elements of any value. */
export function allocateResult(dtype: DType, length: number): TypedArray {
  const bytes = bytesOf(dtype, length);
  if (bytes <= GRAIN) return allocate(dtype, length);
  return bytes <= LONGEST ? cut(dtype, length, bytes) : allocateUnset(dtype, length);
}

function cut(dtype: DType, length: number, bytes: number): TypedArray {
  const size = sizeOf(bytes);
  let slab = slabs[size / GRAIN];
  if (slab === undefined || slab.used === slab.buffer.byteLength) {
    slab = { buffer: allocateUnset("bool", size * piecesOf(size)).buffer, used: 0 };
    slabs[size / GRAIN] = slab;
  }
  const offset = slab.used;
  slab.used += size;
  return arrayOver(slab.buffer, dtype, offset, length);
}

/** Four sizes to each power of two, so that there are few slabs, and at most a fifth of each is wasted. */
function sizeOf(bytes: number): number {
  const step = Math.max(GRAIN, (2 ** 29) >>> Math.clz32(bytes - 1));
  return Math.ceil(bytes / step) * step;
}

/** How many pieces of so many bytes a slab has. */
function piecesOf(size: number): number {
  return Math.min(MOST, Math.max(FEWEST, Math.floor(SLAB / size)));
}

/** The array itself, or a copy in place of a piece of a slab. */
export function ownArray(data: TypedArray): TypedArray {
  const { byteLength } = data;
  return byteLength > GRAIN && byteLength < data.buffer.byteLength ? data.slice() : data;
}
