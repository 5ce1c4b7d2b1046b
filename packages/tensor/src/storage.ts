import { allocate, allocateUnset, arrayOver, bytesOf, type DType, type TypedArray } from "./dtype.ts";
import type { Layout } from "./layout.ts";
import { allocateBlock, freeBlock, linearMemory } from "./memory.ts";
import { allocateResult, ownArray } from "./slabs.ts";

/** Kernels use smaller operands on the heap. */
const WORTH_A_BLOCK = 256;

let allocations = 0;

/** How many storages exist so far: a storage with a smaller id is older than this moment. */
export function storageClock(): number {
  return allocations;
}

/** Blocks come back here when the garbage collector has found their storages; it never does so inside a synchronous loop. */
const abandoned = new FinalizationRegistry<{ address: number; bytes: number }>(({ address, bytes }) =>
  freeBlock(address, bytes),
);

/**
 * The bytes of one or several tensors, and a count of the in-place changes made to them.
 *
 * Views share a storage. A value saved for backward remembers the version at which it was saved, so that a later change is
 * found instead of silently giving a wrong gradient.
 *
 * The bytes belong to the garbage collector, or stand in linear memory where kernels use them in place: those of parameters, of what
 * optimizers remember, and of gradients while backward runs. Nobody outside ever holds an array over linear memory: before bytes are
 * handed out they are moved to the garbage collector.
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
    if (address === null) return null;
    const storage = new Storage(dtype, arrayOver(linearMemory()!.buffer, dtype, address, length), false);
    storage.#standAt(address, bytes);
    return storage;
  }

  /** Moves the bytes into linear memory, for those that stay long and are used often; unless somebody holds the array, or there is no room. */
  settle(): void {
    const { dtype, data } = this;
    if (this.#exposed || this.address >= 0 || data.byteLength < WORTH_A_BLOCK) return;
    const address = allocateBlock(data.byteLength);
    if (address === null) return;
    this.data = arrayOver(linearMemory()!.buffer, dtype, address, data.length);
    this.data.set(data);
    this.#standAt(address, data.byteLength);
  }

  /** Moves the bytes out of linear memory, to the garbage collector. */
  moveOut(): void {
    if (this.address < 0) return;
    const moved = allocateUnset(this.dtype, this.data.length);
    moved.set(this.data);
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
    abandoned.unregister(this);
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

  #standAt(address: number, bytes: number): void {
    this.address = address;
    abandoned.register(this, { address, bytes }, this);
  }
}

/** What kernels see of a tensor: storage and layout, no gradient and no methods. */
export interface Operand {
  readonly storage: Storage;
  readonly layout: Layout;
}
