/** The operations that are methods of a tensor as well, one file per family; what only other operations use is left out. */
export { broadcastTo, expand, expandAs, sumTo } from "./broadcast.ts";
export { clamp, clampMax, clampMin, maskedFill } from "./choose.ts";
export * from "./compare.ts";
export * from "./convert.ts";
export * from "./elementwise/index.ts";
export {
  flip,
  gather,
  indexSelect,
  maskedSelect,
  nonzero,
  roll,
  scatter,
  scatterAdd,
  takeAlongDim,
  type ScatterOptions,
} from "./gather.ts";
export { repeat, tile } from "./joining.ts";
export * from "./linalg.ts";
export * from "./norm.ts";
export * from "./reduce.ts";
export * from "./softmax.ts";
export * from "./sorting.ts";
export * from "./triangle.ts";
export {
  chunk,
  diagonal,
  flatten,
  movedim,
  narrow,
  permute,
  reshape,
  select,
  split,
  squeeze,
  t,
  transpose,
  unbind,
  unflatten,
  unsqueeze,
  view,
  viewAs,
  type Numbers,
} from "./views.ts";
