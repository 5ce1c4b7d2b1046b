/** What containers hold that modules do not look into. */
import { isPlain } from "@torchlet/tensor/checks";

/** How deep containers in containers are searched, and how many entries of each. */
const [DEPTH, ENTRIES] = [3, 100];

/** Whether an array, a plain object, a map or a set holds what is asked for. */
export function holds(container: unknown, wanted: (x: unknown) => boolean, depth = DEPTH): boolean {
  return depth > 0 && entriesOf(container).some((x) => wanted(x) || holds(x, wanted, depth - 1));
}

function entriesOf(x: unknown): unknown[] {
  if (Array.isArray(x)) return x.slice(0, ENTRIES);
  if (x instanceof Map || x instanceof Set) return [...x.values()].slice(0, ENTRIES);
  return isPlain(x) ? Object.values(x).slice(0, ENTRIES) : [];
}
