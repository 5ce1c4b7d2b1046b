/** The arrays behind storages, and where their bytes come from. */
import { bytesOf, type DType, type TypedArray } from "../dtype.ts";
import { ValueError } from "../errors.ts";

/** The `length` elements that begin at byte `offset` of `buffer`. */
export function arrayOver(buffer: ArrayBufferLike, dtype: DType, offset: number, length: number): TypedArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(buffer as ArrayBuffer, offset, length);
    case "float64":
      return new Float64Array(buffer as ArrayBuffer, offset, length);
    case "int32":
      return new Int32Array(buffer as ArrayBuffer, offset, length);
    case "bool":
      return new Uint8Array(buffer as ArrayBuffer, offset, length);
  }
}

/**
 * A zeroed array for `length` elements.
 *
 * @throws ValueError if there is not so much memory.
 */
export function allocate(dtype: DType, length: number): TypedArray {
  try {
    return zeroed(dtype, length);
  } catch (error) {
    if (error instanceof RangeError) refuse(dtype, length);
    throw error;
  }
}

function refuse(dtype: DType, length: number): never {
  const gigabytes = Math.ceil(bytesOf(dtype, length) / 1e9);
  throw new ValueError(
    "allocate",
    `${length} elements of ${dtype} take ${gigabytes} GB, which the engine does not give; compute with fewer at a time`,
  );
}

function zeroed(dtype: DType, length: number): TypedArray {
  // Spelled out: engines make the array in place only where they know its kind.
  switch (dtype) {
    case "float32":
      return new Float32Array(length);
    case "float64":
      return new Float64Array(length);
    case "int32":
      return new Int32Array(length);
    case "bool":
      return new Uint8Array(length);
  }
}

/** In Node: allocates without zeroing. */
const { Buffer } = globalThis as { Buffer?: { allocUnsafeSlow?(size: number): Uint8Array<ArrayBuffer> } };
/** Smaller arrays are zeroed faster than Node's buffers are made. */
const WORTH_NOT_ZEROING = 4096;
/** Longer buffers are not to be had everywhere. */
const LONGEST = 2 ** 31 - 1;

/**
 * An array for `length` elements of any value, for what will be overwritten from end to end. Where that is possible it is not zeroed,
 * which takes as long as filling it with results.
 */
export function allocateUnset(dtype: DType, length: number): TypedArray {
  const bytes = bytesOf(dtype, length);
  if (bytes < WORTH_NOT_ZEROING || bytes > LONGEST || Buffer?.allocUnsafeSlow === undefined)
    return allocate(dtype, length);
  if (bytes >= LARGE && !keeping) keepFreedMemory();
  const { buffer, byteOffset } = Buffer.allocUnsafeSlow(bytes);
  return arrayOver(buffer, dtype, byteOffset, length);
}

/** From so many bytes on Linux's allocator asks the system. */
const LARGE = 2 ** 17;
let keeping = false;

/**
 * Linux's allocator (glibc) gives freed memory back to the system, and takes it again page by page, at a microsecond or two each; but it
 * keeps twice as much as the largest array that was ever freed, up to one of 32 MiB. So one of nearly that is dropped here: nothing
 * touches it, so it takes no memory.
 */
function keepFreedMemory(): void {
  keeping = true;
  Buffer?.allocUnsafeSlow?.(31 * 2 ** 20);
}
