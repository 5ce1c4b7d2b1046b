/** Layers and losses as functions, without state of their own: PyTorch's `torch.nn.functional`. */
export * from "./activations.ts";
export * from "./classification-losses.ts";
export * from "./dropout.ts";
export * from "./linear.ts";
export type { LossOptions, Reduction } from "./reduction.ts";
export * from "./regression-losses.ts";
