/**
 * For packages that bring arithmetic of their own, such as `@torchlet/blas`: what kernels are, how to put others in their place, and
 * what they need to work on operands. Programs have no use for it, and it may change in any version.
 *
 * @packageDocumentation
 */
export { contiguousLayout, Layout } from "../layout.ts";
export { Storage, type Operand } from "../storage/storage.ts";
export { multiplyBatch, type Matrix, type Product } from "./batches.ts";
export { kernels, useKernels, type Kernels } from "./kernels.ts";
