/** The operations that are methods of a tensor as well, one file per family; what only other operations use is left out. */
export { broadcastTo, expand, expandAs, sumTo } from "./broadcast.ts";
export { clamp, clampMax, clampMin, maskedFill } from "./choose.ts";
export * from "./compare.ts";
export * from "./convert.ts";
export * from "./elementwise/index.ts";
export { gather, indexSelect, takeAlongDim } from "./gather.ts";
export { repeat, tile } from "./joining.ts";
export * from "./linalg.ts";
export { maskedSelect, nonzero } from "./masks.ts";
export * from "./moving.ts";
export * from "./norm.ts";
export * from "./reduce/index.ts";
export * from "./scatter.ts";
export * from "./softmax.ts";
export * from "./sorting.ts";
export * from "./triangle.ts";
export * from "./views/index.ts";
