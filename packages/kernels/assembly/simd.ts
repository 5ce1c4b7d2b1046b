// Everything, with the SIMD instructions that every current engine has.
export { matmulFloat32, matmulFloat64 } from "./matmul";
