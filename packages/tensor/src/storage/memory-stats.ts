import { blockBytes } from "./memory.ts";
import { scratchBytes } from "./scratch.ts";

/** What {@link memoryStats} tells, in bytes. */
export interface MemoryStats {
  /** Linear memory in all: address space, of which only what has been used takes memory. 0 before the first use. */
  readonly reserved: number;
  /** In use: parameters, what optimizers remember, gradients. Also those of models that are gone, until the room is needed. */
  readonly resident: number;
  /** Used by an earlier backward, and kept for the next. */
  readonly scratch: number;
  /** Given back, and kept for others. */
  readonly free: number;
}

/**
 * How much of WebAssembly's linear memory is in use. You never need to act on it.
 *
 * Most tensors belong to JavaScript's garbage collector, and `process.memoryUsage().arrayBuffers` counts them. Parameters of models,
 * what optimizers remember, and the gradients of a running backward stand in linear memory, where kernels work on them in place. It is
 * reserved once; when it is full, tensors stand with the garbage collector instead. A tensor moves there too when its `data` is read,
 * and computing with it takes a little longer from then on; `toTypedArray()` and `toArray()` leave it where it is.
 *
 * PyTorch: [`torch.cuda.memory_stats`](https://pytorch.org/docs/stable/generated/torch.cuda.memory_stats.html) tells the like of a GPU.
 *
 * @example
 * ```ts
 * import { memoryStats } from "@torchlet/tensor";
 * import { Linear } from "@torchlet/nn";
 *
 * const before = memoryStats().resident;
 * const layer = new Linear(100, 50); // 5,050 numbers of 4 bytes
 * memoryStats().resident - before >= 4 * 5050; // => true
 * ```
 */
export function memoryStats(): MemoryStats {
  const { reserved, used, free } = blockBytes();
  const scratch = scratchBytes();
  return { reserved, resident: used - scratch, scratch, free };
}
