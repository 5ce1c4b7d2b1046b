import { allocate, allocateUnset, type DType, type TypedArray } from "./dtype.ts";
import type { Layout } from "./layout.ts";

let allocations = 0;

/** How many storages exist so far: a storage with a smaller id is older than this moment. */
export function storageClock(): number {
  return allocations;
}

/**
 * The bytes of one or several tensors: a typed array that the garbage collector owns, and a count of the in-place changes made to it.
 *
 * Views share a storage. A value saved for backward remembers the version at which it was saved, so that a later change is
 * found instead of silently giving a wrong gradient.
 */
export class Storage {
  readonly id = allocations++;
  readonly dtype: DType;
  readonly data: TypedArray;
  /** Grows with every in-place change. */
  version = 0;
  /** The operation that made the last in-place change, for error messages. */
  changedBy = "";
  /** Whether several tensors may share this storage. */
  viewed = false;

  constructor(dtype: DType, data: TypedArray) {
    this.dtype = dtype;
    this.data = data;
  }

  /** A zeroed storage. */
  static allocate(dtype: DType, length: number): Storage {
    return new Storage(dtype, allocate(dtype, length));
  }

  /** A storage of any values, for results that overwrite all of it. */
  static unset(dtype: DType, length: number): Storage {
    return new Storage(dtype, allocateUnset(dtype, length));
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
