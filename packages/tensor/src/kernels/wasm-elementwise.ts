import { RESERVED } from "@torchlet/kernels";
import { contiguousLayout } from "../layout.ts";
import type { TypedArray } from "../dtype.ts";
import { Storage, type Operand } from "../storage.ts";
import { copy } from "./elementwise.ts";
import { merge } from "./loops.ts";
import { elements, type Workspace } from "./workspace.ts";

/** Elements that are copied in, computed and copied out together: few enough to stay in the first-level cache. */
const BLOCK = 4096;
/** The bytes of one operand's block, and of what vectors write behind its end. */
const SLOT = BLOCK * 8 + 128;

/** Where the operands of a block stand in linear memory, in bytes: the output first. */
export const slots = [RESERVED, RESERVED + SLOT, RESERVED + 2 * SLOT, RESERVED + 3 * SLOT] as const;
const COLUMN_SLOT = RESERVED + 4 * SLOT;

/** How an input meets the rows and columns of the output. */
type Pattern = "same" | "row" | "column" | "scalar";

interface Input {
  readonly data: TypedArray;
  readonly start: number;
  readonly pattern: Pattern;
}

/** Calls `compute` for block after block of the output; the inputs' blocks then stand at `slots[1]`, `slots[2]` ..., whole. */
export function forEachBlock(
  w: Workspace,
  out: Operand,
  inputs: readonly Operand[],
  compute: (n: number) => void,
): void {
  const { rows, columns, patterns } = arrange(out, inputs);
  const o: TypedArray = out.storage.data;
  const from = elements(w, o);
  const at = slots[0] / o.BYTES_PER_ELEMENT;
  const height = Math.max(1, Math.floor(BLOCK / columns));
  const width = Math.min(columns, BLOCK);
  for (let c = 0; c < columns; c += width) {
    const across = Math.min(width, columns - c);
    for (let r = 0; r < rows; r += height) {
      const down = Math.min(height, rows - r);
      for (let i = 0; i < patterns.length; i++)
        copyIn(w, patterns[i]!, slots[i + 1]!, r, down, c, across, columns);
      compute(down * across);
      o.set(from.subarray(at, at + down * across), out.layout.offset + r * columns + c);
    }
  }
}

interface Arrangement {
  readonly rows: number;
  readonly columns: number;
  readonly patterns: readonly Input[];
}

/** Sees the output as rows and columns, such that every input repeats along one of them or none. */
function arrange(out: Operand, inputs: readonly Operand[]): Arrangement {
  if (inputs.every((x) => x.layout.contiguous)) return flat(out, inputs);
  const { sizes, strides } = merge([out.layout, ...inputs.map((x) => x.layout)]);
  if (sizes.length > 2) return arrange(out, inputs.map(dense));
  const [rows, columns] = sizes.length === 1 ? [1, sizes[0]!] : (sizes as [number, number]);
  const patterns: Input[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const [down, across] =
      sizes.length === 1 ? [columns, strides[i + 1]![0]!] : (strides[i + 1] as [number, number]);
    const pattern = patternOf(down, across, rows, columns);
    if (pattern === null) return arrange(out, inputs.with(i, dense(inputs[i]!)));
    patterns.push({ data: inputs[i]!.storage.data, start: inputs[i]!.layout.offset, pattern });
  }
  return { rows, columns, patterns };
}

function flat(out: Operand, inputs: readonly Operand[]): Arrangement {
  const patterns = inputs.map((x): Input => ({
    data: x.storage.data,
    start: x.layout.offset,
    pattern: "same",
  }));
  return { rows: 1, columns: out.layout.numel, patterns };
}

function patternOf(down: number, across: number, rows: number, columns: number): Pattern | null {
  if (across === 1) return down === columns || rows === 1 ? "same" : down === 0 ? "row" : null;
  if (across !== 0) return null;
  return down === 1 ? "column" : down === 0 || rows === 1 ? "scalar" : null;
}

/** A contiguous copy. */
function dense(x: Operand): Operand {
  const layout = contiguousLayout(x.layout.shape);
  const copied = { storage: Storage.unset(x.storage.dtype, layout.numel), layout };
  copy(copied, x);
  return copied;
}

/** Copies an input's part of a block to `slot`, repeated so that it fills the block. */
function copyIn(
  w: Workspace,
  { data, start, pattern }: Input,
  slot: number,
  r: number,
  down: number,
  c: number,
  across: number,
  columns: number,
): void {
  const to: TypedArray = elements(w, data);
  const at = slot / data.BYTES_PER_ELEMENT;
  const n = down * across;
  if (pattern === "same") copyRange(to, at, data, start + r * columns + c, n);
  else if (pattern === "scalar") {
    if (r === 0 && c === 0) to.fill(data[start]!, at, at + n);
  } else if (pattern === "row") {
    if (r > 0) return; // still there from the block above
    copyRange(to, at, data, start + c, across);
    for (let filled = across; filled < n; filled *= 2)
      to.copyWithin(at + filled, at, at + Math.min(filled, n - filled));
  } else if (data.BYTES_PER_ELEMENT === 1) {
    for (let i = 0; i < down; i++) to.fill(data[start + r + i]!, at + i * across, at + (i + 1) * across);
  } else {
    copyRange(to, COLUMN_SLOT / data.BYTES_PER_ELEMENT, data, start + r, down);
    const spread = data.BYTES_PER_ELEMENT === 4 ? w.run.spread32 : w.run.spread64;
    spread(slot, COLUMN_SLOT, down, across);
  }
}

function copyRange(to: TypedArray, at: number, from: TypedArray, start: number, n: number): void {
  to.set(n === from.length ? from : from.subarray(start, start + n), at);
}
