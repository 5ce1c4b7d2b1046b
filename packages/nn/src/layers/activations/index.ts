/** The activations of functional/ as modules. */
export * from "./along-dimension.ts";
export * from "./piecewise-linear.ts";
export * from "./rectifiers.ts";
export * from "./sigmoids.ts";
