import type { TypedArray } from "../../dtype.ts";
import type { Operand } from "../../storage/storage.ts";
import { forEachLine } from "../lines.ts";
import { pairwiseSum } from "./reduce.ts";

type Round = (x: number) => number;

/** Rounds to the dtype of an operand. */
function roundingOf({ storage: { dtype } }: Operand): Round {
  return dtype === "float32" ? Math.fround : (x) => x;
}

function mean(round: Round, x: TypedArray, start: number, n: number, step: number): number {
  return round(round(pairwiseSum(x, start, n, step)) / n);
}

function square(x: number): number {
  return x * x;
}

/** `1 / √(mean + eps)` of squares. */
function scaleOf(round: Round, variance: number, eps: number): number {
  return round(1 / round(Math.sqrt(round(variance + round(eps)))));
}

/** `(x - mean) / √(variance + eps)` along `dim`. */
export function standardize(out: Operand, x: Operand, dim: number, eps: number): void {
  const o = out.storage.data;
  const X = x.storage.data;
  const round = roundingOf(x);
  forEachLine([out, x], dim, (n, [to, x0], [os, xs]) => {
    const shift = mean(round, X, x0!, n, xs!);
    for (let j = 0; j < n; j++) o[to! + j * os!] = square(round(X[x0! + j * xs!]! - shift));
    const scale = scaleOf(round, mean(round, o, to!, n, os!), eps);
    for (let j = 0; j < n; j++) o[to! + j * os!] = round(X[x0! + j * xs!]! - shift) * scale;
  });
}

/** `(g - mean g - y mean g y) / √(variance + eps)` along `dim`: the gradient of {@link standardize}, whose result is `y`. */
export function standardizeBackward(out: Operand, g: Operand, x: Operand, dim: number, eps: number): void {
  const o = out.storage.data;
  const G = g.storage.data;
  const X = x.storage.data;
  const round = roundingOf(x);
  forEachLine([out, g, x], dim, (n, [to, g0, x0], [os, gs, xs]) => {
    const shift = mean(round, X, x0!, n, xs!);
    for (let j = 0; j < n; j++) o[to! + j * os!] = square(round(X[x0! + j * xs!]! - shift));
    const scale = scaleOf(round, mean(round, o, to!, n, os!), eps);
    const y = (j: number): number => round(round(X[x0! + j * xs!]! - shift) * scale);
    for (let j = 0; j < n; j++) o[to! + j * os!] = G[g0! + j * gs!]! * y(j);
    const level = mean(round, G, g0!, n, gs!);
    const slope = mean(round, o, to!, n, os!);
    for (let j = 0; j < n; j++)
      o[to! + j * os!] = round(round(G[g0! + j * gs!]! - level) - round(y(j) * slope)) * scale;
  });
}
