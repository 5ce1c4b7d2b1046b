let reproducible = true;

/**
 * Whether results must be the same on every machine, to the last bit. True unless {@link setReproducible} changed it.
 *
 * @example
 * ```ts
 * import { isReproducible } from "@torchlet/tensor";
 *
 * isReproducible(); // => true
 * ```
 */
export function isReproducible(): boolean {
  return reproducible;
}

/**
 * Allows, with `false`, arithmetic that is faster on some machines and rounds differently there; `true` forbids it again.
 *
 * By default the same program with the same seed gives the same bits in every Node and browser. With `setReproducible(false)`, matrix
 * products in float32 use fused multiply-add where the engine has it (relaxed SIMD: Node 22 and Chrome 114 or newer): faster, and one
 * rounding instead of two. On one machine the same seed still gives the same bits. float64 is not affected.
 *
 * @param wanted - Whether results must be the same on every machine.
 *
 * @example
 * ```ts
 * import { isReproducible, setReproducible } from "@torchlet/tensor";
 *
 * setReproducible(false);
 * isReproducible(); // => false
 * setReproducible(true);
 * ```
 */
export function setReproducible(wanted: boolean): void {
  reproducible = wanted;
}
