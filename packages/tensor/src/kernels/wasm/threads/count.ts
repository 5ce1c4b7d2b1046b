import { ValueError } from "../../../errors.ts";
import { isShared } from "../../../storage/memory.ts";
import { builtins } from "./node.ts";

/** More threads are used only where they are asked for: work must be cut into as many parts. */
const MOST = 8;

let wanted: number | null = null;

/**
 * On how many threads large matrix products are computed, and for thousands of elements steps of Adam, sums, and in float32 functions that
 * take more than a few multiplications, such as `exp`, `gelu` and `softmax`; by default as many as the machine has processors, but at most
 * 8. Results are the same for every number.
 *
 * PyTorch: [`torch.get_num_threads`](https://pytorch.org/docs/stable/generated/torch.get_num_threads.html).
 *
 * @returns 1 where there are no threads to share memory with, as in browsers.
 *
 * @example
 * ```ts
 * import { getNumThreads, setNumThreads } from "@torchlet/tensor";
 *
 * setNumThreads(1);
 * getNumThreads(); // => 1
 * ```
 */
export function getNumThreads(): number {
  if (!isShared) return 1;
  return (wanted ??= Math.min(MOST, builtins.getBuiltinModule!("node:os").availableParallelism()));
}

/**
 * Chooses on how many threads large matrix products are computed, and for thousands of elements steps of Adam, sums, and in float32
 * functions that take more than a few multiplications, such as `exp`, `gelu` and `softmax`. Less never leaves the thread of the caller, and
 * threads start only with the first work that is large enough for them; they do not keep the process alive.
 *
 * PyTorch: [`torch.set_num_threads`](https://pytorch.org/docs/stable/generated/torch.set_num_threads.html).
 *
 * @param count - A whole number from 1 on. Browsers stay with 1, whatever is asked for.
 * @throws ValueError if `count` is no whole number, or below 1.
 *
 * @example
 * ```ts
 * import { setNumThreads } from "@torchlet/tensor";
 *
 * setNumThreads(2);
 * setNumThreads(0); // throws ValueError: must be a whole number from 1 on
 * ```
 */
export function setNumThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    const given: unknown = count;
    throw new ValueError(
      "setNumThreads",
      `the number of threads must be a whole number from 1 on, got ${typeof given === "number" ? given : typeof given}`,
    );
  }
  wanted = count;
}
