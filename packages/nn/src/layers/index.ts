export * from "./activations.ts";
export * from "./dropout.ts";
export * from "./linear.ts";
export * from "./shape.ts";
