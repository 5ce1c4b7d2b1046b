export * from "./activations/index.ts";
export * from "./dropout.ts";
export * from "./embedding.ts";
export * from "./linear.ts";
export * from "./losses/index.ts";
export * from "./normalization.ts";
export * from "./shape.ts";
