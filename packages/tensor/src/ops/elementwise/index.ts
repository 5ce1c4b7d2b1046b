/** Operations that compute every element by itself. */
export * from "./activations.ts";
export * from "./arithmetic.ts";
export * from "./exponential.ts";
export * from "./extremes.ts";
export * from "./powers.ts";
export * from "./rounding.ts";
export * from "./trigonometric.ts";
