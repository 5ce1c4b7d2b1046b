import type { Operand } from "../storage.ts";
import { forEachRow } from "./loops.ts";
import { withoutDim } from "./reduce.ts";

/** `exp(x - max) / sum(exp(x - max))` along `dim`. */
export function softmax(out: Operand, x: Operand, dim: number): void {
  normalize(out, x, dim, (shifted, sum) => Math.exp(shifted) / sum);
}

/** `x - max - log(sum(exp(x - max)))` along `dim`. */
export function logSoftmax(out: Operand, x: Operand, dim: number): void {
  normalize(out, x, dim, (shifted, sum) => shifted - Math.log(sum));
}

function normalize(
  out: Operand,
  x: Operand,
  dim: number,
  finish: (shifted: number, sum: number) => number,
): void {
  const n = x.layout.shape[dim] ?? 1;
  const step = x.layout.strides[dim] ?? 0;
  const outStep = out.layout.strides[dim] ?? 0;
  const o = out.storage.data;
  const X = x.storage.data;
  forEachRow([withoutDim(out.layout, dim), withoutDim(x.layout, dim)], (m, [o0, x0], [os, xs]) => {
    for (let i = 0; i < m; i++) {
      const start = x0! + i * xs!;
      let max = -Infinity;
      for (let j = 0; j < n; j++) max = Math.max(max, X[start + j * step]!);
      let sum = 0;
      for (let j = 0; j < n; j++) sum += Math.exp(X[start + j * step]! - max);
      for (let j = 0; j < n; j++) o[o0! + i * os! + j * outStep] = finish(X[start + j * step]! - max, sum);
    }
  });
}
