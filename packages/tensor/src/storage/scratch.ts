/**
 * Memory for what lives no longer than a run of backward: results of gradient functions stand in linear memory, and are used again
 * as soon as no gradient on its way holds them.
 */
import { bytesOf, type DType } from "../dtype.ts";
import { capacity } from "./memory.ts";
import { IN_POOL, Storage } from "./storage.ts";

/** Smaller results are cheaper on the heap. */
const SMALLEST = 1024;

/** Storages to be used again, by dtype and length. */
const pool: Record<DType, Map<number, Storage[]>> = {
  float32: new Map(),
  float64: new Map(),
  int32: new Map(),
  bool: new Map(),
};
/** Whether results are allocated here; never while functions of the user's run, which may keep what they compute. */
let open = false;
/** What has been taken since it was last asked who holds what. */
const taken: Storage[] = [];

/** A storage for a result: scratch where it is open, else of the garbage collector's. */
export function resultStorage(dtype: DType, length: number): Storage {
  if (!open || bytesOf(dtype, length) < SMALLEST) return Storage.unset(dtype, length);
  const storage = fromPool(dtype, length) ?? makeRoom(dtype, length);
  if (storage === null) return Storage.unset(dtype, length);
  storage.scratch = true;
  taken.push(storage);
  return storage;
}

/** Calls a function of the library's with the scratch open; call {@link reclaim} when its result is held, or used up. */
export function inScratch<A extends readonly unknown[], T>(f: (...args: A) => T, ...args: A): T {
  open = true;
  try {
    return f(...args);
  } finally {
    open = false;
  }
}

/** Takes back what nobody holds. */
export function reclaim(): void {
  reclaimDownTo(0);
}

/** Calls a function of the library's that leaves behind nothing which anybody needs: its results are used again at once. */
export function discarding(f: () => void): void {
  const [before, mark] = [open, taken.length];
  open = true;
  try {
    f();
  } finally {
    open = before;
    reclaimDownTo(mark);
  }
}

function reclaimDownTo(mark: number): void {
  while (taken.length > mark) {
    const storage = taken.pop()!;
    if (storage.holders === 0) putBack(storage);
  }
}

/** Keeps a storage from being used again. */
export function hold(storage: Storage): void {
  storage.holders++;
}

/** The opposite of {@link hold}. */
export function letGo(storage: Storage): void {
  if (--storage.holders === 0) putBack(storage);
}

/** Bytes of storages that wait to be used again. */
export function scratchBytes(): number {
  let bytes = 0;
  for (const lengths of Object.values(pool))
    for (const list of lengths.values())
      for (const { address, data } of list) if (address >= 0) bytes += capacity(data.byteLength);
  return bytes;
}

function fromPool(dtype: DType, length: number): Storage | null {
  const list = pool[dtype].get(length);
  for (let storage = list?.pop(); storage !== undefined; storage = list!.pop())
    if (storage.address >= 0) return storage.recycle();
  return null;
}

function putBack(storage: Storage): void {
  if (!storage.scratch || storage.address < 0 || storage.holders === IN_POOL) return;
  storage.holders = IN_POOL;
  const lengths = pool[storage.dtype];
  const list = lengths.get(storage.data.length);
  if (list === undefined) lengths.set(storage.data.length, [storage]);
  else list.push(storage);
}

/** A new storage; if linear memory is full, after what waits in the pool has given up its place. */
function makeRoom(dtype: DType, length: number): Storage | null {
  const storage = Storage.inLinearMemory(dtype, length);
  if (storage !== null) return storage;
  for (const lengths of Object.values(pool)) {
    for (const list of lengths.values()) for (const unused of list) unused.abandon();
    lengths.clear();
  }
  return Storage.inLinearMemory(dtype, length);
}
