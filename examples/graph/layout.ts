/** Where the boxes of a graph stand: each result one column further than its inputs. */
import type { Node } from "torchlet";

export interface Place {
  readonly column: number;
  readonly row: number;
}

/** A place for every node that `root` was computed from. Leaves stand below each other, results in the middle of their inputs. */
export function layOut(root: Node): Map<Node, Place> {
  const places = new Map<Node, Place>();
  let rows = 0;
  const place = (node: Node, column: number): number => {
    const known = places.get(node);
    if (known !== undefined) return known.row;
    const inputs = inputsOf(node).map((input) => place(input, column - 1));
    const row = inputs.length === 0 ? rows++ : inputs.reduce((a, b) => a + b) / inputs.length;
    places.set(node, { column, row });
    return row;
  };
  place(root, depth(root));
  return places;
}

export function inputsOf(node: Node): Node[] {
  return node.parents.filter((parent) => parent !== null);
}

/** How many operations lead to a node, at most. */
function depth(node: Node): number {
  return Math.max(0, ...inputsOf(node).map((input) => depth(input) + 1));
}
