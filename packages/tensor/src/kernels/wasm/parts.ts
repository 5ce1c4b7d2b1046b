/** Elementwise functions that take longer than their memory, cut into parts for threads. The others wait for memory, which threads do not hasten. */
import { partsFor, share, type Call } from "./threads/crew.ts";
import type { Compute } from "./elementwise.ts";
import type { Workspace } from "./workspace.ts";

/** Parts are a multiple of so many elements long: more than any vector holds, so that none writes behind its end what is another's. */
const GRAIN = 16;

/**
 * Computes with `f`, which `call` calls for elements that stand at `at`; with the help of threads where that pays, since an element takes
 * as long as `cost` multiplications of a product.
 */
export function inParts<F extends Call>(
  w: Workspace,
  f: F,
  cost: number,
  itemSize: number,
  call: (f: F, n: number, at: readonly number[]) => void,
): Compute {
  return (n, at) => {
    const count = partsFor(w, cost * n);
    if (count === 1) {
      call(f, n, at);
      return;
    }
    const length = Math.ceil(n / count / GRAIN) * GRAIN;
    const calls: number[][] = [];
    const note = ((...args) => calls.push(args)) as Call as F;
    for (let i = 0; i < n; i += length) {
      const places = at.map((address) => address + i * itemSize);
      call(note, Math.min(length, n - i), places);
    }
    share(f, calls);
  };
}
