// What fused multiply-add makes faster, for engines that have relaxed SIMD.
export { matmulFloat32 } from "./matmul";
