import { ValueError } from "../errors.ts";

let reproducible = false;

/**
 * Whether results must be the same on every machine, to the last bit. False unless {@link setReproducible} changed it.
 *
 * @example
 * ```ts
 * import { isReproducible } from "@torchlet/tensor";
 *
 * isReproducible(); // => false
 * ```
 */
export function isReproducible(): boolean {
  return reproducible;
}

/**
 * Forbids, with `true`, arithmetic that is faster on some machines and rounds differently there; `false` allows it again.
 *
 * That is the matrix product in float32, the only operation whose last bits can differ: by default it uses fused multiply-add where the
 * engine has it (relaxed SIMD: Node 22 and Chrome 114 or newer), which is faster, and rounds once instead of twice. On one machine the same
 * program with the same seed gives the same bits either way; with `setReproducible(true)` it gives them in every Node and browser. The
 * products of `@torchlet/blas` are forbidden too. PyTorch promises no such thing.
 *
 * @param wanted - Whether results must be the same on every machine.
 * @throws ValueError if `wanted` is no boolean.
 *
 * @example
 * ```ts
 * import { isReproducible, setReproducible } from "@torchlet/tensor";
 *
 * setReproducible(true);
 * isReproducible(); // => true
 * setReproducible(false);
 * ```
 */
export function setReproducible(wanted: boolean): void {
  if (typeof wanted !== "boolean")
    throw new ValueError("setReproducible", `must be given true or false, got ${String(wanted)}`);
  reproducible = wanted;
}
