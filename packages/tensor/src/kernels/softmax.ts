import { exp as exp64, log as log64 } from "../math/index.ts";
import type { Operand } from "../storage.ts";
import { exp32, log32 } from "./float32.ts";
import { forEachRow } from "./loops.ts";
import { pairwiseSum, withoutDim } from "./reduce.ts";

/** `exp(x - max) / sum(exp(x - max))` along `dim`. */
export function softmax(out: Operand, x: Operand, dim: number): void {
  normalize(out, x, dim, (_, exponential, sum) => exponential / sum);
}

/** `x - max - log(sum(exp(x - max)))` along `dim`. */
export function logSoftmax(out: Operand, x: Operand, dim: number): void {
  const log = x.storage.dtype === "float32" ? log32 : log64;
  normalize(out, x, dim, (shifted, _, sum) => shifted - log(sum));
}

/** Finishes every element from `x - max`, its exponential, and the sum of the line's exponentials. */
function normalize(
  out: Operand,
  x: Operand,
  dim: number,
  finish: (shifted: number, exponential: number, sum: number) => number,
): void {
  const n = x.layout.shape[dim] ?? 1;
  const step = x.layout.strides[dim] ?? 0;
  const outStep = out.layout.strides[dim] ?? 0;
  const o = out.storage.data;
  const X = x.storage.data;
  const single = x.storage.dtype === "float32";
  const exp = single ? exp32 : exp64;
  const round = single ? Math.fround : (y: number) => y;
  forEachRow([withoutDim(out.layout, dim), withoutDim(x.layout, dim)], (m, [o0, x0], [os, xs]) => {
    for (let i = 0; i < m; i++) {
      const from = x0! + i * xs!;
      const to = o0! + i * os!;
      let max = -Infinity;
      for (let j = 0; j < n; j++) max = Math.max(max, X[from + j * step]!);
      for (let j = 0; j < n; j++) o[to + j * outStep] = exp(round(X[from + j * step]! - max));
      const sum = round(pairwiseSum(o, to, n, outStep));
      for (let j = 0; j < n; j++) {
        const at = to + j * outStep;
        o[at] = finish(round(X[from + j * step]! - max), o[at]!, sum);
      }
    }
  });
}
