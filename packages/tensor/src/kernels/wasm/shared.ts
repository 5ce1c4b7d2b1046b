import type { Operand } from "../../storage/storage.ts";
import { forEachBlock } from "./elementwise.ts";
import { inParts } from "./parts.ts";
import { partsFor, type Call } from "./threads/crew.ts";
import { SHARED_BLOCK, type Workspace } from "./workspace.ts";

/** Functions of float32 that threads share, and how long they take for an element, in multiplications of a product. */
const costs: ReadonlyMap<string, number> = new Map([
  ["exp", 17],
  ["expm1", 22],
  ["elu", 22],
  ["sigmoid", 23],
  ["exp2", 35],
  ["tanh", 34],
  ["log", 40],
  ["log1p", 45],
  ["gelu", 60],
  ["erf", 60],
  ["log2", 70],
  ["log10", 70],
  ["pow", 150],
]);

/** Computes `f`, an elementwise function called `op`, block after block, with the help of threads where that pays. */
export function forEachShared<F extends Call>(
  w: Workspace,
  out: Operand,
  inputs: readonly Operand[],
  op: string,
  f: F,
  call: (f: F, n: number, at: readonly number[]) => void,
): void {
  const cost = costs.get(op) ?? 0;
  if (partsFor(w, cost * out.layout.numel) === 1) forEachBlock(w, out, inputs, (n, at) => call(f, n, at));
  else forEachBlock(w, out, inputs, inParts(w, f, cost, 4, call), SHARED_BLOCK);
}
