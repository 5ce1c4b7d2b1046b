/** Every differentiable operation, one file per family. */
export * from "./broadcast.ts";
export * from "./choose.ts";
export * from "./compare.ts";
export * from "./convert.ts";
export * from "./elementwise.ts";
export * from "./gather.ts";
export * from "./joining.ts";
export * from "./linalg.ts";
export * from "./reduce.ts";
export * from "./softmax.ts";
export * from "./triangle.ts";
export * from "./views.ts";
