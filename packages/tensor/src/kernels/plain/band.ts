import type { Operand } from "../../storage/storage.ts";

/** Sets the elements of matrices to 0 whose column minus row is not between `low` and `high`; `out` is contiguous. */
export function clearOutside(out: Operand, low: number, high: number): void {
  const { shape, numel, offset } = out.layout;
  const [rows, columns] = shape.slice(-2) as [number, number];
  const o = out.storage.data;
  for (let r = 0; r * columns < numel; r++) {
    const start = offset + r * columns;
    const first = Math.min((r % rows) + Math.ceil(low), columns);
    const last = Math.max((r % rows) + Math.floor(high), -1);
    if (first > 0) o.fill(0, start, start + first);
    if (last + 1 < columns) o.fill(0, start + last + 1, start + columns);
  }
}
