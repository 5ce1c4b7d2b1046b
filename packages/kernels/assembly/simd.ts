// Everything, with the SIMD instructions that every current engine has.
export * from "./activations";
export * from "./convert";
export * from "./elementwise";
export * from "./erf";
export * from "./extremes";
export * from "./integers";
export { exp32, log1p32, log32, sigmoid32, tanh32 } from "./math";
export { addRow32, addRow64, matmul32, matmul64 } from "./matmul";
export * from "./moving";
export { exp232, log1032, log232, pow32 } from "./powers";
export * from "./random";
export {
  columnSums32, columnSums64, columnSumsInt32, logSoftmax32, logSoftmaxBackward32, rowSums32, rowSums64, rowSumsInt32, softmax32,
  softmaxBackward32, softmaxBackward64, sum32, sum64,
} from "./reduce";
export * from "./standardize";
export * from "./steps";
export { cos32, sin32 } from "./trigonometric";
