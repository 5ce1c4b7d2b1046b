import type { Operand } from "../../storage/storage.ts";
import { forEachBlock } from "./elementwise.ts";
import type { Workspace } from "./workspace.ts";

/** Whether there is code for `op`. */
export function isOscillation(op: string): op is "sin" | "cos" {
  return op === "sin" || op === "cos";
}

/** Sines or cosines of float32; false if there were numbers too large for WebAssembly. */
export function oscillate(w: Workspace, out: Operand, op: "sin" | "cos", x: Operand): boolean {
  let far = 0;
  const f = w.run[`${op}32`];
  forEachBlock(w, out, [x], (n, at) => {
    far |= f(at[0]!, at[1]!, n);
  });
  return far === 0;
}
