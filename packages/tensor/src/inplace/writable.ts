import { isGradEnabled } from "../autograd/grad-mode.ts";
import type { Node } from "../autograd/node.ts";
import { AutogradError } from "../errors.ts";
import { overlaps } from "../layout.ts";
import type { Tensor } from "../tensor.ts";

/** Throws where writing is never allowed: into a leaf that is being recorded, into elements that share memory. */
export function checkWritable(op: string, x: Tensor): void {
  if (overlaps(x.layout))
    throw new AutogradError(
      op,
      `several elements of this tensor share one place in memory (expanded, strides [${x.strides.join(", ")}]); clone() it before writing`,
    );
  if (!isGradEnabled() || x.node === null) return;
  const viewOfLeaf = x.node.leaf === null && x.storage.viewed && isViewOfLeaf(x, x.node);
  if (x.node.leaf !== null || viewOfLeaf) {
    throw new AutogradError(
      op,
      `a ${viewOfLeaf ? "view of a leaf" : "leaf"} that requires a gradient cannot be changed in place while it is recorded; do it inside noGrad(() => ...), or use the out-of-place operation`,
    );
  }
}

/** Views have one parent each, down to the tensor that they look at. */
function isViewOfLeaf(x: Tensor, node: Node): boolean {
  while (node.parents.length === 1 && node.parents[0]) node = node.parents[0];
  return node.leaf?.storage === x.storage;
}
