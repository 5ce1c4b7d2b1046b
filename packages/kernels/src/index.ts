/**
 * Arithmetic in WebAssembly SIMD, over one linear memory.
 *
 * Plain numbers in, plain numbers out: pointers are bytes, counts and strides are elements. Shapes, dtypes and where things stand are
 * the caller's to know; `@torchlet/tensor` does.
 *
 * @packageDocumentation
 */
import { relaxed } from "./generated/relaxed.ts";
import { simd } from "./generated/simd.ts";

/**
 * `C = A B` for A of `m` rows and `k` columns, B of `k` rows and `n` columns. Any strides, so transposed operands are as fast.
 * `proceed` continues the sums that C holds, for products that are cut along `k` (at multiples of {@link BLOCK}).
 */
export type Matmul = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  aCol: number,
  b: number,
  bRow: number,
  bCol: number,
  c: number,
  cRow: number,
  proceed: boolean,
  work: number,
) => void;

/** The functions of one instance, all on the memory that was given to {@link load}. */
export interface Kernels {
  /** Adds blocks of {@link BLOCK} products in the order of k, rounding to float32 at every step, and then the blocks. */
  matmulFloat32: Matmul;
  /** Adds in the order of k. */
  matmulFloat64: Matmul;
}

/** How many products float32 adds up before it starts another sum. */
export const BLOCK = 256;

/** How many bytes a product with `n` columns needs at `work`. */
export function matmulWork(n: number, itemSize: number): number {
  return 128 * BLOCK * itemSize + 128 + BLOCK * (n + 8) * itemSize;
}

/** The kernels on `memory`; null where WebAssembly or its SIMD instructions are missing or forbidden. */
export function load(memory: WebAssembly.Memory): Kernels | null {
  return instantiate(simd, memory) as Kernels | null;
}

/**
 * A float32 product that rounds once where {@link load}'s rounds twice, by fused multiply-add: faster, more accurate, and different
 * in the last bits. Null where relaxed SIMD is missing.
 */
export function loadFused(memory: WebAssembly.Memory): Pick<Kernels, "matmulFloat32"> | null {
  return instantiate(relaxed, memory) as Pick<Kernels, "matmulFloat32"> | null;
}

function instantiate(base64: string, memory: WebAssembly.Memory): unknown {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  try {
    if (!WebAssembly.validate(bytes)) return null;
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
  } catch {
    return null; // no WebAssembly at all, or a page whose security policy forbids it
  }
}
