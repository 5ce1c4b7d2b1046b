import { TorchletError } from "@torchlet/tensor";
import koffi, { type LibraryHandle } from "koffi";

/**
 * The system has no BLAS that could be used, or it cannot do what was asked.
 *
 * @example
 * ```ts
 * import { blas } from "@torchlet/blas/optional";
 *
 * blas.enable({ library: "no-such-library" }); // throws BlasError: no-such-library cannot be used
 * ```
 */
export class BlasError extends TorchletError {}

/** `C = alpha A B + beta C`: order, transposeA, transposeB, m, n, k, alpha, A, lda, B, ldb, beta, C, ldc. */
export type Gemm<D extends Float32Array | Float64Array> = (
  order: number,
  transposeA: number,
  transposeB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: D,
  lda: number,
  b: D,
  ldb: number,
  beta: number,
  c: D,
  ldc: number,
) => void;

/** The functions of a BLAS that torchlet uses. */
export interface Library {
  readonly name: string;
  readonly config: string | null;
  readonly sgemm: Gemm<Float32Array>;
  readonly dgemm: Gemm<Float64Array>;
  readonly getThreads: (() => number) | null;
  readonly setThreads: ((count: number) => void) | null;
}

/** Where a BLAS usually is, the fastest first. */
const usual: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["/System/Library/Frameworks/Accelerate.framework/Accelerate", "libopenblas.dylib"],
  win32: ["libopenblas.dll", "openblas.dll"],
};
const elsewhere = ["libopenblas.so.0", "libopenblas.so", "libblas.so.3"];

const remedies: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "Accelerate is a part of macOS; `brew install openblas` brings another",
  win32: "download OpenBLAS from https://www.openblas.net and put the folder with libopenblas.dll into PATH",
};
const remedy =
  "install OpenBLAS: `apt install libopenblas0` (Debian, Ubuntu), `dnf install openblas` (Fedora), " +
  "`pacman -S openblas` (Arch), `apk add openblas` (Alpine)";

/**
 * The first of the usual libraries that can be used.
 *
 * @throws BlasError if there is none.
 */
export function findLibrary(): Library {
  const names = usual[process.platform] ?? elsewhere;
  for (const name of names) {
    const library = tryOpen(name);
    if (!(library instanceof Error)) return library;
  }
  throw new BlasError(
    "blas",
    `found no BLAS library, neither ${names.join(" nor ")}; ${remedies[process.platform] ?? remedy}. ` +
      "If you have one elsewhere, name it: blas.enable({ library: path }), with blas from @torchlet/blas/optional",
  );
}

/**
 * One library, by name or path.
 *
 * @throws BlasError if it cannot be loaded or is no BLAS.
 */
export function openLibrary(name: string): Library {
  const library = tryOpen(name);
  if (library instanceof Error) throw new BlasError("blas", `${name} cannot be used: ${library.message}`);
  return library;
}

function tryOpen(name: string): Library | Error {
  try {
    return bind(name, koffi.load(name));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function bind(name: string, handle: LibraryHandle): Library {
  const getConfig = optional(handle, "openblas_get_config", "str", []);
  return {
    name,
    config: (getConfig?.() as string | undefined)?.trim() ?? null,
    sgemm: handle.func("cblas_sgemm", "void", gemmTypes("float")) as Gemm<Float32Array>,
    dgemm: handle.func("cblas_dgemm", "void", gemmTypes("double")) as Gemm<Float64Array>,
    getThreads: optional(handle, "openblas_get_num_threads", "int", []),
    setThreads: optional(handle, "openblas_set_num_threads", "void", ["int"]),
  };
}

function gemmTypes(real: "float" | "double"): string[] {
  const pointer = `${real} *`;
  return [
    ...["int", "int", "int", "int", "int", "int"],
    ...[real, pointer, "int", pointer, "int", real, pointer, "int"],
  ];
}

/** A function that only some libraries have. */
function optional(handle: LibraryHandle, name: string, result: string, parameters: string[]) {
  try {
    return handle.func(name, result, parameters);
  } catch {
    return null;
  }
}
