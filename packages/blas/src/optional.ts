/**
 * The same as `@torchlet/blas`, but nothing is enabled until the program says so.
 *
 * @packageDocumentation
 *
 * @example
 * ```ts
 * import { blas } from "@torchlet/blas/optional";
 *
 * console.log(blas.tryEnable() ? `with ${blas.info().library}` : "with torchlet's own kernels");
 * blas.disable();
 * ```
 */
export * as blas from "./blas.ts";
export type { BlasInfo, EnableOptions } from "./blas.ts";
export { BlasError } from "./library.ts";
