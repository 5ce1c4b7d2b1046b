import type { Operand } from "../storage.ts";
import { forEachRow } from "./loops.ts";
import { withoutDim } from "./reduce.ts";

/** NaN counts as the largest number. */
function ascending(a: number, b: number): number {
  if (a !== a || b !== b) return Number(a !== a) - Number(b !== b);
  return a - b || 0;
}

/** Writes, along `dim`, where the elements stand that come first, second, ... when sorted; equal ones keep their order. */
export function argsort(out: Operand, x: Operand, dim: number, descending: boolean): void {
  const n = x.layout.shape[dim] ?? 1;
  const step = x.layout.strides[dim] ?? 0;
  const outStep = out.layout.strides[dim] ?? 0;
  const o = out.storage.data;
  const X = x.storage.data;
  const order = new Int32Array(n);
  forEachRow([withoutDim(out.layout, dim), withoutDim(x.layout, dim)], (m, [o0, x0], [os, xs]) => {
    for (let i = 0; i < m; i++) {
      const start = x0! + i * xs!;
      const at = (j: number): number => X[start + j * step]!;
      for (let j = 0; j < n; j++) order[j] = j;
      order.sort(descending ? (j, k) => ascending(at(k), at(j)) : (j, k) => ascending(at(j), at(k)));
      for (let j = 0; j < n; j++) o[o0! + i * os! + j * outStep] = order[j]!;
    }
  });
}
