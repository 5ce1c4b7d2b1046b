/**
 * The linear memory of WebAssembly: where kernels compute, and where tensors stand whose lifetime is known or long.
 *
 * Its first bytes are the kernels' workspace; behind it stand blocks. It is reserved once, because a memory that grows detaches the
 * arrays over it; pages that nothing has touched cost nothing. When it is full there are no more blocks, and tensors stand on the heap.
 */
import type { Memory } from "@torchlet/kernels";

const MEGABYTE = 2 ** 20;
const PAGE = 65536;
/** The first that can be had is taken: phones have less address space to give away. */
const SIZES = [512, 256, 128, 64];
/** Where blocks begin. */
const BLOCKS = 32 * MEGABYTE;
/** What vectors may write behind the end of a block's contents. */
const MARGIN = 64;

let opened: Memory | null | undefined;

/** The linear memory, reserved at the first use; null where there is no WebAssembly. */
export function linearMemory(): Memory | null {
  return opened === undefined ? (opened = reserve()) : opened;
}

/** Node's own modules, where this is Node. A page cannot share memory with threads, unless its server sends special headers. */
const { process } = globalThis as { process?: { getBuiltinModule?: unknown } };

/** Whether the memory can be shared with threads. */
export const isShared = process?.getBuiltinModule !== undefined;

function reserve(): WebAssembly.Memory | null {
  for (const size of SIZES) {
    const pages = (size * MEGABYTE) / PAGE;
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isShared });
    } catch {
      // Not so much, or none at all.
    }
  }
  return null;
}

/** Blocks given back, by capacity: addresses. */
const free = new Map<number, number[]>();
/** Behind the last block, and where those begin that stay for ever. */
let top = BLOCKS;
let end = Infinity;
/** How far blocks may reach. It grows when what is in use all the time needs more. */
let limit = BLOCKS + 32 * MEGABYTE;
let used = 0;

/** A block for so many bytes, at a multiple of 64, with {@link MARGIN} to spare; null if there is none within the limit. */
export function allocateBlock(bytes: number): number | null {
  const size = capacity(bytes);
  const address = free.get(size)?.pop() ?? bump(size);
  if (address !== null) used += size;
  return address;
}

/** Gives a block back that was allocated for so many bytes; its capacity follows from them. */
export function freeBlock(address: number, bytes: number): void {
  const size = capacity(bytes);
  const list = free.get(size);
  if (list === undefined) free.set(size, [address]);
  else list.push(address);
  used -= size;
  if (used === 0) {
    free.clear();
    top = BLOCKS;
  }
}

/** A block that is never given back; null if there is no room. */
export function allocateForever(bytes: number): number | null {
  const memory = linearMemory();
  if (memory === null) return null;
  const address = Math.min(end, memory.buffer.byteLength) - capacity(bytes);
  if (address < top) return null;
  end = address;
  return address;
}

/** Lets blocks reach twice as far, as long as there is memory. */
export function raiseLimit(): void {
  limit = Math.min(BLOCKS + 2 * (limit - BLOCKS), linearMemory()?.buffer.byteLength ?? 0);
}

/** Bytes of linear memory: all, those that blocks may take, in blocks, and in blocks that were given back. */
export function blockBytes(): { reserved: number; allowed: number; used: number; free: number } {
  const reserved = opened?.buffer.byteLength ?? 0;
  return { reserved, allowed: limit - BLOCKS, used, free: top - BLOCKS - used };
}

function bump(size: number): number | null {
  const memory = linearMemory();
  if (memory === null || top + size > Math.min(limit, end, memory.buffer.byteLength)) return null;
  const address = top;
  top += size;
  return address;
}

/** Four capacities to each power of two, so that a block that was given back soon fits again, and at most a fifth is wasted. */
export function capacity(bytes: number): number {
  const needed = bytes + MARGIN;
  const step = Math.max(64, (2 ** 29) >>> Math.clz32(needed));
  return Math.ceil(needed / step) * step;
}
