/** Functions of one tensor that stand between layers. */
export * from "./along-dimension.ts";
export * from "./piecewise-linear.ts";
export * from "./rectifiers.ts";
export * from "./sigmoids.ts";
