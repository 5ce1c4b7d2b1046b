import { repeatedLayout } from "../../layout.ts";
import { Storage, type Operand } from "../../storage/storage.ts";
import { forEachBlock } from "./elementwise.ts";
import type { Workspace } from "./workspace.ts";

/** Writes the numbers of `x` in the dtype of `out`; false if that is left to plain loops. */
export function convert(w: Workspace, out: Operand, x: Operand): boolean {
  if (out.storage.dtype === "bool") {
    unequalTo0(w, out, x);
    return true;
  }
  if (out.storage.dtype === "int32" && x.storage.dtype !== "bool") return truncate(w, out, x);
  const f = w.conversions.get(`${x.storage.dtype} ${out.storage.dtype}`);
  if (f) forEachBlock(w, out, [x], (n, at) => f(at[0]!, at[1]!, n));
  return f !== undefined;
}

function unequalTo0(w: Workspace, out: Operand, { storage, layout }: Operand): void {
  const ne = w.binary[storage.dtype].get("ne")!;
  const zero = { storage: Storage.allocate(storage.dtype, 1), layout: repeatedLayout(layout.shape) };
  forEachBlock(w, out, [{ storage, layout }, zero], (n, at) => ne(at[0]!, at[1]!, at[2]!, n));
}

/** Rounds towards 0; false if some number does not fit. */
function truncate(w: Workspace, out: Operand, x: Operand): boolean {
  const f = x.storage.dtype === "float32" ? w.run.float32ToInt32 : w.run.float64ToInt32;
  let fits = true;
  forEachBlock(w, out, [x], (n, at) => {
    fits &&= f(at[0]!, at[1]!, n) === 1;
  });
  return fits;
}
