import { bytesOf, type DType, type TypedArray } from "../dtype.ts";
import type { Layout } from "../layout.ts";
import { allocate, allocateUnset, arrayOver } from "./arrays.ts";
import { allocateBlock, blockBytes, freeBlock, linearMemory, raiseLimit } from "./memory.ts";
import { allocateResult, ownArray } from "./slabs.ts";
import { copyElements } from "./transfer.ts";

/** In place of the number of holders: it waits to be used again. */
export const IN_POOL = -1;
/** What is copied so often is no passing result of a training step. */
const OFTEN = 8;
/** Kernels use smaller operands on the heap. */
const WORTH_A_BLOCK = 256;

let allocations = 0;

/** How many storages exist so far: a storage with a smaller id is older than this moment. */
export function storageClock(): number {
  return allocations;
}

/**
 * Every storage in linear memory. It keeps them alive, for a while: {@link relieve} says how long. (Finalizers would not do: they never
 * run inside a synchronous loop.)
 */
const residents = new Set<Storage>();
/** Bytes that have moved into linear memory for the first time since it was last full. */
let arrived = 0;
/** Whether there was no room since then. */
let crowded = false;

/**
 * Makes room in linear memory. If it has filled with newcomers, everything moves out: what is dead is then collected, what is in use
 * comes back with the next step of its optimizer. If not, what is in use needs more.
 */
function relieve(): void {
  if (arrived < blockBytes().allowed / 4) raiseLimit();
  else
    for (const storage of residents) {
      if (storage.holders === IN_POOL) storage.abandon();
      else storage.moveOut();
    }
  arrived = 0;
  crowded = false;
}

/** A block, after room has been made for it; null if even so there is none. */
function allocateRelieved(bytes: number): number | null {
  relieve();
  return allocateBlock(bytes);
}

/**
 * The bytes of one or several tensors, and a count of the in-place changes made to them.
 *
 * Views share a storage. A value saved for backward remembers the version at which it was saved, so that a later change is
 * found instead of silently giving a wrong gradient.
 *
 * The bytes belong to the garbage collector, or stand in linear memory where kernels use them in place: those of parameters, of what
 * optimizers remember, of gradients while backward runs, and whatever else kernels use again and again. Nobody outside ever holds an
 * array over linear memory: before bytes are handed out they are moved to the garbage collector.
 */
export class Storage {
  id = allocations++;
  readonly dtype: DType;
  /** The elements. Another array after the bytes have moved: never keep it. */
  data: TypedArray;
  /** Where the elements stand in linear memory, in bytes; -1 if they belong to the garbage collector. */
  address = -1;
  /** Grows with every in-place change. */
  version = 0;
  /** The operation that made the last in-place change, for error messages. */
  changedBy = "";
  /** Whether several tensors may share this storage. */
  viewed = false;
  /** How many gradients on their way, or leaves, hold this storage; see scratch.ts. */
  holders = 0;
  /** Whether it came from scratch memory, and goes back there when nobody holds it any more. */
  scratch = false;
  #exposed: boolean;
  /** How often kernels have copied it. */
  #uses = 0;
  /** Whether it was in linear memory before. */
  #known = false;

  /** A storage over an array that others may hold; `exposed` says whether they do. */
  constructor(dtype: DType, data: TypedArray, exposed = true) {
    this.dtype = dtype;
    this.data = data;
    this.#exposed = exposed;
  }

  /** A zeroed storage. */
  static allocate(dtype: DType, length: number): Storage {
    return new Storage(dtype, allocate(dtype, length), false);
  }

  /** A storage of any values, for results that overwrite all of it. */
  static unset(dtype: DType, length: number): Storage {
    return new Storage(dtype, allocateResult(dtype, length), false);
  }

  /** A storage of any values in linear memory; null if there is no room. */
  static inLinearMemory(dtype: DType, length: number): Storage | null {
    const bytes = bytesOf(dtype, length);
    const address = allocateBlock(bytes);
    crowded ||= address === null;
    if (address === null) return null;
    const storage = new Storage(dtype, arrayOver(linearMemory()!.buffer, dtype, address, length), false);
    storage.address = address;
    residents.add(storage);
    return storage;
  }

  /**
   * Moves the bytes into linear memory, for those that stay long and are used often; unless somebody holds the array, or there is no
   * room. Returns whether they have moved. Storages may move out here, so no array over one may be at hand.
   */
  settle(): boolean {
    if (crowded) relieve();
    return this.address < 0 && this.#mayMoveIn() && this.#moveIn();
  }

  /**
   * Notes that a kernel is about to copy the bytes into linear memory. After some times they move there, if there is room. Storages may
   * move out here, so no array over one may be at hand.
   */
  noteUse(): void {
    if (this.address < 0 && ++this.#uses === OFTEN && this.#mayMoveIn()) this.#moveIn();
  }

  #mayMoveIn(): boolean {
    return !this.#exposed && this.data.byteLength >= WORTH_A_BLOCK;
  }

  #moveIn(): boolean {
    const { dtype, data } = this;
    const address = allocateBlock(data.byteLength) ?? allocateRelieved(data.byteLength);
    if (address === null) return false;
    this.data = arrayOver(linearMemory()!.buffer, dtype, address, data.length);
    copyElements(this.data, 0, data, 0, data.length);
    this.address = address;
    residents.add(this);
    if (!this.#known) arrived += data.byteLength;
    this.#known = true;
    return true;
  }

  /** Moves the bytes out of linear memory, to the garbage collector. */
  moveOut(): void {
    if (this.address < 0) return;
    const moved = allocateUnset(this.dtype, this.data.length);
    copyElements(moved, 0, this.data, 0, moved.length);
    this.abandon();
    this.data = moved;
  }

  /** The elements, for somebody outside: from now on the array stays the same. */
  expose(): TypedArray {
    this.moveOut();
    if (!this.#exposed) this.data = ownArray(this.data);
    this.#exposed = true;
    return this.data;
  }

  /** Gives up the bytes, which nobody needs any more. */
  abandon(): void {
    if (this.address < 0) return;
    residents.delete(this);
    this.#uses = 0;
    freeBlock(this.address, this.data.byteLength);
    this.address = -1;
    this.data = allocate(this.dtype, 0);
  }

  /** Begins another life: whoever still holds a value of the last one finds it changed. */
  recycle(): this {
    this.id = allocations++;
    this.holders = 0;
    this.touch("the next backward");
    this.viewed = false;
    return this;
  }

  /** Notes an in-place change. */
  touch(op: string): void {
    this.version++;
    this.changedBy = op;
  }
}

/** What kernels see of a tensor: storage and layout, no gradient and no methods. */
export interface Operand {
  readonly storage: Storage;
  readonly layout: Layout;
}
