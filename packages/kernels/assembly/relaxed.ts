// What fused multiply-add makes faster, for engines that have relaxed SIMD.
export { matmul32 } from "./matmul";
