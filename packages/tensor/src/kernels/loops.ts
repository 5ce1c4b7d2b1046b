import type { Layout } from "../layout.ts";

/** Handles `n` elements: operand `k` starts at `starts[k]` and moves by `steps[k]`. */
export type Row = (n: number, starts: readonly number[], steps: readonly number[]) => void;

/**
 * Visits the elements of several layouts of one shape together, in row-major order: the one place where strides become loops.
 *
 * Neighbouring dimensions that every layout walks evenly are merged first, so contiguous operands are a single row.
 */
export function forEachRow(layouts: readonly Layout[], row: Row): void {
  const { numel } = layouts[0]!;
  if (numel === 0) return;
  const even = layouts.map(evenStep);
  if (!even.includes(-1)) {
    row(
      numel,
      layouts.map((l) => l.offset),
      even,
    );
    return;
  }
  const merged = merge(layouts);
  const { sizes, strides } = merged;
  const inner = sizes.length - 1;
  const n = sizes[inner]!;
  const steps = strides.map((s) => s[inner]!);
  const starts = layouts.map((l) => l.offset);
  walk(merged, inner, starts, () => {
    row(n, starts, steps);
  });
}

/** Handles `n` elements of an output, which are dense from `o` on, and of two inputs, which begin at `a` and `b` and move by `as` and `bs`. */
export type PairRow = (n: number, o: number, a: number, as: number, b: number, bs: number) => void;

/** {@link forEachRow} for a contiguous output of two inputs, without lists where all are walked evenly: small operands take no longer. */
export function forEachPair(out: Layout, a: Layout, b: Layout, row: PairRow): void {
  const [as, bs] = [evenStep(a), evenStep(b)];
  if (as >= 0 && bs >= 0) row(out.numel, out.offset, a.offset, as, b.offset, bs);
  else
    forEachRow([out, a, b], (n, [o0, a0, b0], [, as, bs]) => {
      row(n, o0!, a0!, as!, b0!, bs!);
    });
}

/** Handles rows of columns: operand `k` starts at `starts[k]` and moves by `down[k]` to the next row and `across[k]` to the next column. */
export type Plane = (
  rows: number,
  columns: number,
  starts: readonly number[],
  down: readonly number[],
  across: readonly number[],
) => void;

/** Visits the elements of several layouts of one shape together like {@link forEachRow}, but as many rows at a time as are evenly apart. */
export function forEachPlane(layouts: readonly Layout[], plane: Plane): void {
  if (layouts[0]!.numel === 0) return;
  const merged = merge(layouts);
  const { sizes, strides } = merged;
  const inner = sizes.length - 1;
  const rows = inner === 0 ? 1 : sizes[inner - 1]!;
  const down = strides.map((s) => (inner === 0 ? 0 : s[inner - 1]!));
  const across = strides.map((s) => s[inner]!);
  const starts = layouts.map((l) => l.offset);
  walk(merged, Math.max(0, inner - 1), starts, () => {
    plane(rows, sizes[inner]!, starts, down, across);
  });
}

/** Visits every index of the first `depth` dimensions, with `starts` moved there. */
function walk({ sizes, strides }: Merged, depth: number, starts: number[], visit: () => void): void {
  const index = new Array<number>(depth).fill(0);
  for (;;) {
    visit();
    let d = depth - 1;
    for (; d >= 0; d--) {
      index[d]!++;
      for (let k = 0; k < starts.length; k++) starts[k]! += strides[k]![d]!;
      if (index[d]! < sizes[d]!) break;
      for (let k = 0; k < starts.length; k++) starts[k]! -= strides[k]![d]! * sizes[d]!;
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/** 1 for a contiguous layout, 0 for one that repeats a single element, -1 for any other. */
export function evenStep({ contiguous, strides }: Layout): 1 | 0 | -1 {
  if (contiguous) return 1;
  for (let d = 0; d < strides.length; d++) if (strides[d] !== 0) return -1;
  return 0;
}

/** Sizes and strides of several layouts after neighbouring dimensions were merged. */
interface Merged {
  readonly sizes: number[];
  /** Per operand, per merged dimension. */
  readonly strides: number[][];
}

/** Merges neighbouring dimensions that every layout walks evenly; there is always at least one dimension left. */
export function merge(layouts: readonly Layout[]): Merged {
  const shape = layouts[0]!.shape;
  const sizes: number[] = [];
  const strides = layouts.map((): number[] => []);
  for (let d = 0; d < shape.length; d++) {
    const size = shape[d]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    const even = last >= 0 && layouts.every((l, k) => strides[k]![last] === l.strides[d]! * size);
    if (even) sizes[last]! *= size;
    else sizes.push(size);
    const at = sizes.length - 1;
    for (let k = 0; k < layouts.length; k++) strides[k]![at] = layouts[k]!.strides[d]!;
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const s of strides) s.push(1);
  }
  return { sizes, strides };
}
