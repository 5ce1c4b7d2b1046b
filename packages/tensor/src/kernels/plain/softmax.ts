import { exp as exp64, log as log64 } from "../../math/index.ts";
import type { Operand } from "../../storage/storage.ts";
import { forEachLine } from "../lines.ts";
import { exp32, log32 } from "../scalar/float32.ts";
import { pairwiseSum } from "./reduce.ts";

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
  const o = out.storage.data;
  const X = x.storage.data;
  const { exp, round } = arithmetic(x);
  forEachLine([out, x], dim, (n, [to, from], [os, xs]) => {
    let max = -Infinity;
    for (let j = 0; j < n; j++) max = Math.max(max, X[from! + j * xs!]!);
    for (let j = 0; j < n; j++) o[to! + j * os!] = exp(round(X[from! + j * xs!]! - max));
    const sum = round(pairwiseSum(o, to!, n, os!));
    for (let j = 0; j < n; j++) {
      const at = to! + j * os!;
      o[at] = finish(round(X[from! + j * xs!]! - max), o[at]!, sum);
    }
  });
}

/** `y (g - Σ g y)` along `dim`: the gradient of softmax, from the gradient of its result and the result. */
export function softmaxBackward(out: Operand, g: Operand, y: Operand, dim: number): void {
  const o = out.storage.data;
  const G = g.storage.data;
  const Y = y.storage.data;
  const { round } = arithmetic(y);
  forEachLine([out, g, y], dim, (n, [to, g0, y0], [os, gs, ys]) => {
    for (let j = 0; j < n; j++) o[to! + j * os!] = G[g0! + j * gs!]! * Y[y0! + j * ys!]!;
    const sum = round(pairwiseSum(o, to!, n, os!));
    for (let j = 0; j < n; j++) o[to! + j * os!] = round(G[g0! + j * gs!]! - sum) * Y[y0! + j * ys!]!;
  });
}

/** `g - eʸ Σ g` along `dim`: the gradient of logSoftmax, from the gradient of its result and the result. */
export function logSoftmaxBackward(out: Operand, g: Operand, y: Operand, dim: number): void {
  const o = out.storage.data;
  const G = g.storage.data;
  const Y = y.storage.data;
  const { exp, round } = arithmetic(y);
  forEachLine([out, g, y], dim, (n, [to, g0, y0], [os, gs, ys]) => {
    const sum = round(pairwiseSum(G, g0!, n, gs!));
    for (let j = 0; j < n; j++)
      o[to! + j * os!] = G[g0! + j * gs!]! - round(round(exp(Y[y0! + j * ys!]!)) * sum);
  });
}

interface Arithmetic {
  readonly exp: (x: number) => number;
  readonly round: (x: number) => number;
}

/** The arithmetic of an operand's dtype. */
function arithmetic({ storage: { dtype } }: Operand): Arithmetic {
  return dtype === "float32" ? { exp: exp32, round: Math.fround } : { exp: exp64, round: (x) => x };
}
