/**
 * Matrix products by the system's BLAS, from the moment this module is imported.
 *
 * Importing it throws a {@link BlasError} where the system has no BLAS; `@torchlet/blas/optional` exports the same without enabling
 * anything, for programs that want to go on without.
 *
 * @packageDocumentation
 *
 * @example
 * ```ts noexec
 * import { blas } from "@torchlet/blas";
 *
 * const { library, threads } = blas.info();
 * console.log(`matrix products by ${library} on ${threads} threads`);
 * ```
 */
import { blas } from "./optional.ts";

blas.enable();

export * from "./optional.ts";
