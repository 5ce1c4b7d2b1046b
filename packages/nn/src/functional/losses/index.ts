export * from "./binary.ts";
export * from "./classification.ts";
export * from "./divergence.ts";
export * from "./margins.ts";
export type { LossOptions, Reduction } from "./reduction.ts";
export * from "./regression.ts";
