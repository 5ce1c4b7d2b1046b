import type { Unary } from "@torchlet/kernels";
import type { Operand } from "../storage.ts";
import { partsFor } from "./threads.ts";
import { forEachBlock } from "./wasm-elementwise.ts";
import { inParts } from "./wasm-parts.ts";
import { SHARED_BLOCK, type Workspace } from "./workspace.ts";

/** Functions that threads share, and how long they take for an element of float32, in multiplications of a product. */
const costs: ReadonlyMap<string, number> = new Map([
  ["exp", 17],
  ["exp2", 35],
  ["log2", 45],
  ["log10", 45],
  ["sigmoid", 23],
  ["log", 40],
  ["tanh", 34],
]);

/** Computes a function of one element, with the help of threads where that pays. */
export function wasmUnary(w: Workspace, out: Operand, op: string, f: Unary, x: Operand): void {
  const cost = costs.get(op) ?? 0;
  if (partsFor(w, cost * x.layout.numel) === 1) forEachBlock(w, out, [x], (n, at) => f(at[0]!, at[1]!, n));
  else {
    const compute = inParts(w, f, cost, 4, (f, n, at) => f(at[0]!, at[1]!, n));
    forEachBlock(w, out, [x], compute, SHARED_BLOCK);
  }
}
