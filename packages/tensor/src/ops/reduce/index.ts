/** Operations that make one element of several. */
export type { Dims, ReduceOptions, ValuesAndIndices } from "./define.ts";
export { amax, amin, max, min } from "./extremes.ts";
export * from "./logsumexp.ts";
export { argmax, argmin } from "./places.ts";
export * from "./products.ts";
export * from "./sums.ts";
export { all, any } from "./truth.ts";
export * from "./variance.ts";
