export * from "./classification.ts";
export * from "./margins.ts";
export * from "./regression.ts";
