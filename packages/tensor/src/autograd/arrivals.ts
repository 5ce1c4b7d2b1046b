import { hold, inScratch, letGo, reclaim } from "../storage/scratch.ts";
import type { Tensor } from "../tensor.ts";
import type { Node } from "./node.ts";

/** What has arrived at a node so far. */
export interface Arrival {
  readonly node: Node;
  /** The sum of the gradients. */
  g: Tensor;
  /** Whether `g` was made for this leaf and is held by nobody else. */
  own: boolean;
}

/**
 * Gradients on their way. They leave in the order of descending ids: whatever could still add to the gradient of the youngest node
 * has a larger id, and has left before.
 */
export class Arrivals {
  /** A binary heap: no node is younger than the one at half its position. */
  readonly #heap: Arrival[] = [];
  /** What is in the heap. Nodes that have left stay as keys: deleting the few there are at a time costs more than all the rest. */
  readonly #byId = new Map<number, Arrival | undefined>();
  readonly #createGraph: boolean;

  /** `createGraph` if sums are to be recorded. */
  constructor(createGraph: boolean) {
    this.#createGraph = createGraph;
  }

  /** Adds to the gradient of a node; `fresh` if nobody else can hold `g`. */
  add(node: Node, g: Tensor, fresh: boolean): void {
    const before = this.#byId.get(node.id);
    if (before === undefined) {
      const arrival = { node, g, own: fresh && node.leaf !== null };
      hold(g.storage);
      this.#byId.set(node.id, arrival);
      this.#push(arrival);
    } else {
      const part = before.g;
      before.g = this.#createGraph ? part.add(g) : inScratch(total, part, g);
      before.own = node.leaf !== null;
      hold(before.g.storage);
      letGo(part.storage);
    }
    reclaim();
  }

  /** Takes out the youngest node, whose gradient is complete; whoever takes it must let go of its storage. */
  take(): Arrival | undefined {
    const heap = this.#heap;
    const youngest = heap[0];
    if (youngest === undefined) return undefined;
    this.#byId.set(youngest.node.id, undefined);
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last);
    return youngest;
  }

  #push(arrival: Arrival): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above]!.node.id > arrival.node.id) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = arrival;
  }

  /** Puts an arrival in the place of the first. */
  #sink(arrival: Arrival): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < heap.length && heap[below + 1]!.node.id > heap[below]!.node.id) below++;
      if (below >= heap.length || heap[below]!.node.id < arrival.node.id) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = arrival;
  }
}

function total(a: Tensor, b: Tensor): Tensor {
  return a.add(b);
}
