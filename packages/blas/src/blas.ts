import { getNumThreads, isReproducible, setNumThreads, setReproducible } from "@torchlet/tensor";
import { kernels, useKernels, type Kernels } from "@torchlet/tensor/kernels";
import { withBlas } from "./kernels.ts";
import { BlasError, findLibrary, openLibrary, type Library } from "./library.ts";

/** Which library computes, and how. */
export interface BlasInfo {
  /** The library as it was found: `libopenblas.so.0`, or a path. */
  readonly library: string;
  /** What the library says about itself: version, options, processor; null if it says nothing. */
  readonly config: string | null;
  /** On how many threads it computes; null if it does not say. */
  readonly threads: number | null;
}

/** Options of {@link enable} and {@link tryEnable}. */
export interface EnableOptions {
  /** A library of your own: its name or path. Default: the first that is found of the usual ones. */
  readonly library?: string;
}

/** What was in use before BLAS was. */
interface Before {
  readonly kernels: Kernels;
  readonly reproducible: boolean;
  readonly threads: number;
}

let opened: Library | null = null;
let before: Before | null = null;

/**
 * Makes matrix products of float32 and float64 use the system's BLAS; small products and everything else stay as they are.
 *
 * BLAS rounds differently from machine to machine, so this also calls `setReproducible(false)`, should that have been true. After
 * `setReproducible(true)` products are torchlet's own again, until it is false once more. Importing `@torchlet/blas` calls this function.
 *
 * The library has threads of its own, which wait for work as torchlet's do: both at once would take the processors from each other. So this
 * also calls `setNumThreads(1)`. A program that gives BLAS a single thread with {@link setThreads} may call `setNumThreads` afterwards.
 *
 * @param options - See {@link EnableOptions}.
 * @param options.library - The name or path of a library to use instead of the usual ones.
 * @returns What {@link info} returns.
 * @throws BlasError if no library is found; the message says how to install one.
 *
 * @example
 * ```ts noexec
 * import { blas } from "@torchlet/blas/optional";
 *
 * blas.enable({ library: "/opt/homebrew/opt/openblas/lib/libopenblas.dylib" });
 * ```
 */
export function enable({ library }: EnableOptions = {}): BlasInfo {
  if (library !== undefined && library !== opened?.name) {
    const chosen = openLibrary(library);
    disable();
    opened = chosen;
  }
  opened ??= findLibrary();
  if (before === null) {
    before = { kernels: kernels(), reproducible: isReproducible(), threads: getNumThreads() };
    useKernels(withBlas(opened, before.kernels));
    setNumThreads(1);
  }
  setReproducible(false);
  return info();
}

/**
 * {@link enable} that returns false instead of throwing where there is no library.
 *
 * @param options - As for {@link enable}.
 *
 * @example
 * ```ts
 * import { blas } from "@torchlet/blas/optional";
 *
 * blas.tryEnable({ library: "no-such-library" }); // => false
 * ```
 */
export function tryEnable(options: EnableOptions = {}): boolean {
  try {
    enable(options);
    return true;
  } catch (error) {
    if (error instanceof BlasError) return false;
    throw error;
  }
}

/**
 * Gives matrix products back to torchlet's own kernels, and takes back the `setReproducible(false)` and `setNumThreads(1)` of {@link enable}.
 *
 * Does nothing if BLAS is not enabled.
 *
 * @example
 * ```ts
 * import { blas } from "@torchlet/blas/optional";
 *
 * blas.tryEnable();
 * blas.disable();
 * blas.isEnabled(); // => false
 * ```
 */
export function disable(): void {
  if (before === null) return;
  useKernels(before.kernels);
  setReproducible(before.reproducible || isReproducible());
  if (getNumThreads() === 1) setNumThreads(before.threads);
  before = null;
}

/**
 * Whether BLAS was enabled and not disabled since.
 *
 * @example
 * ```ts
 * import { blas } from "@torchlet/blas/optional";
 *
 * blas.isEnabled(); // => false
 * ```
 */
export function isEnabled(): boolean {
  return before !== null;
}

/**
 * Which library was found, what it says about itself, and on how many threads it computes. Looks for one if BLAS was never enabled.
 *
 * @throws BlasError if no library is found.
 *
 * @example
 * ```ts noexec
 * import { blas } from "@torchlet/blas";
 *
 * blas.info(); // { library: "libopenblas.so.0", config: "OpenBLAS 0.3.21 ...", threads: 2 }
 * ```
 */
export function info(): BlasInfo {
  opened ??= findLibrary();
  return { library: opened.name, config: opened.config, threads: opened.getThreads?.() ?? null };
}

/**
 * Chooses on how many threads BLAS computes.
 *
 * PyTorch: [`torch.set_num_threads`](https://pytorch.org/docs/stable/generated/torch.set_num_threads.html).
 *
 * @param count - At least 1.
 * @throws BlasError if the library has no function for that, or if none is found.
 *
 * @example
 * ```ts noexec
 * import { blas } from "@torchlet/blas";
 *
 * blas.setThreads(1);
 * blas.info().threads; // 1
 * ```
 */
export function setThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1)
    throw new BlasError("setThreads", `the number of threads must be a whole number from 1 on, got ${count}`);
  opened ??= findLibrary();
  if (opened.setThreads === null)
    throw new BlasError(
      "setThreads",
      `${opened.name} cannot change its threads while it runs; set its environment variable before the program starts, ` +
        `for example VECLIB_MAXIMUM_THREADS=${count} (Accelerate) or OMP_NUM_THREADS=${count}`,
    );
  opened.setThreads(count);
}
