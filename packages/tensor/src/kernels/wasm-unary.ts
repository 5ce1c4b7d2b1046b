import type { Unary } from "@torchlet/kernels";
import type { Operand } from "../storage.ts";
import { partsFor, share } from "./threads.ts";
import { forEachBlock } from "./wasm-elementwise.ts";
import { SHARED_BLOCK, type Workspace } from "./workspace.ts";

/**
 * Functions that threads share, and how long they take for an element of float32, in multiplications of a product. The others wait for
 * memory, which threads do not hasten.
 */
const costs: ReadonlyMap<string, number> = new Map([
  ["exp", 25],
  ["sigmoid", 37],
  ["log", 40],
  ["tanh", 45],
]);

/** Parts are a multiple of so many elements long: more than any vector holds. */
const GRAIN = 16;

/** Computes a function of one element, with the help of threads where that pays. */
export function wasmUnary(w: Workspace, out: Operand, op: string, f: Unary, x: Operand): void {
  const cost = costs.get(op) ?? 0;
  if (partsFor(w, cost * x.layout.numel) === 1) forEachBlock(w, out, [x], (n, at) => f(at[0]!, at[1]!, n));
  else
    forEachBlock(w, out, [x], (n, at) => inParts(f, at[0]!, at[1]!, n, partsFor(w, cost * n)), SHARED_BLOCK);
}

/** `n` elements of float32, in parts of whole vectors, so that none writes behind its end what is another's. */
function inParts(f: Unary, out: number, x: number, n: number, count: number): void {
  const length = Math.ceil(n / count / GRAIN) * GRAIN;
  const calls: Parameters<Unary>[] = [];
  for (let i = 0; i < n; i += length) calls.push([out + 4 * i, x + 4 * i, Math.min(length, n - i)]);
  share(f, calls);
}
