/** Layers and losses as functions, without state of their own: PyTorch's `torch.nn.functional`. */
export * from "./activations/index.ts";
export * from "./classification-losses.ts";
export * from "./distance.ts";
export { dropout, type DropoutOptions } from "./dropout.ts";
export { embedding, oneHot, type EmbeddingOptions } from "./embedding.ts";
export * from "./linear.ts";
export * from "./margin-losses.ts";
export * from "./normalization.ts";
export type { LossOptions, Reduction } from "./reduction.ts";
export * from "./regression-losses.ts";
