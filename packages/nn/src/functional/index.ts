/** Layers and losses as functions, without state of their own: PyTorch's `torch.nn.functional`. */
export * from "./activations/index.ts";
export * from "./distance.ts";
export { dropout, type DropoutOptions } from "./dropout.ts";
export { embedding, oneHot, type EmbeddingOptions } from "./embedding.ts";
export * from "./linear.ts";
export * from "./losses/index.ts";
export * from "./normalization.ts";
