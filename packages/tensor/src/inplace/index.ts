/**
 * Operations that change a tensor instead of making a new one, named with PyTorch's trailing underscore.
 *
 * They return the tensor itself. Every change is counted, so that backward finds out if a value that it needs was overwritten.
 */
export * from "./arithmetic.ts";
export * from "./assignment.ts";
export * from "./random.ts";
