import { Layout } from "../layout.ts";
import type { Operand } from "../storage/storage.ts";
import { forEachRow, type Row } from "./loops.ts";

/** The layout of the elements at index 0 of `dim`. */
export function withoutDim(x: Layout, dim: number): Layout {
  return new Layout(
    x.shape.map((size, d) => (d === dim ? Math.min(size, 1) : size)),
    x.strides,
    x.offset,
  );
}

/** Visits the lines along `dim` of several operands together. */
export function forEachLine(operands: readonly Operand[], dim: number, line: Row): void {
  const n = operands[0]!.layout.shape[dim] ?? 1;
  const steps = operands.map(({ layout }) => layout.strides[dim] ?? 0);
  const rows = operands.map(({ layout }) => withoutDim(layout, dim));
  forEachRow(rows, (m, starts, between) => {
    const at = starts.slice();
    for (let i = 0; i < m; i++) {
      line(n, at, steps);
      for (let k = 0; k < at.length; k++) at[k]! += between[k]!;
    }
  });
}
