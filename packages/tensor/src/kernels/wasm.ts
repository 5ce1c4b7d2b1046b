/** Kernels in WebAssembly SIMD: what is large, in float32 or float64; plain loops do the rest, with the same values. */
import type { Operand } from "../storage.ts";
import type { Kernels } from "./kernels.ts";
import { matmul, multiplyBatch } from "./matmul.ts";
import { plainKernels } from "./plain.ts";
import { wasmProduct } from "./wasm-matmul.ts";
import { workspace } from "./workspace.ts";

/** From which size on WebAssembly is used: below, the copies into linear memory cost more than they save. */
export interface Thresholds {
  /** Multiplications of a matrix product. */
  readonly product: number;
}

const measured: Thresholds = { product: 2048 };

/** Kernels that use WebAssembly where it is there and pays. */
export function wasmKernels(from: Thresholds = measured): Kernels {
  return {
    ...plainKernels,
    name: "wasm",
    matmul(out, a, b) {
      const size = multiplications(out, a);
      const w = isFloat(out) && size > 0 && size >= from.product ? workspace() : null;
      if (w === null) matmul(out, a, b);
      else multiplyBatch(out, a, b, wasmProduct(w));
    },
  };
}

function isFloat({ storage }: Operand): boolean {
  return storage.dtype === "float32" || storage.dtype === "float64";
}

/** How many multiplications each product of a batch takes. */
function multiplications(out: Operand, a: Operand): number {
  const { shape } = out.layout;
  return shape[shape.length - 1]! * shape[shape.length - 2]! * a.layout.shape[shape.length - 1]!;
}
