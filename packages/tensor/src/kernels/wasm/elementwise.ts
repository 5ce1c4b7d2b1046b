import { RESERVED } from "@torchlet/kernels";
import type { TypedArray } from "../../dtype.ts";
import { contiguousLayout } from "../../layout.ts";
import { Storage, type Operand } from "../../storage/storage.ts";
import { copyElements, fillElements, repeatElements } from "../../storage/transfer.ts";
import { merge } from "../loops.ts";
import { copy } from "../plain/copy.ts";
import { copyMoving, FEW } from "./moving.ts";
import { BLOCK, elements, SLOT, standsAlone, type Workspace } from "./workspace.ts";

/** Where copies of the operands of a block stand in linear memory, in bytes: the output first. */
const slots = [RESERVED, RESERVED + SLOT, RESERVED + 2 * SLOT, RESERVED + 3 * SLOT] as const;
const COLUMN_SLOT = RESERVED + 4 * SLOT;

/** How an input meets the rows and columns of the output. */
type Pattern = "same" | "row" | "column" | "scalar";

interface Input {
  readonly data: TypedArray;
  /** Where `data` stands in linear memory, in bytes; -1 if it does not. */
  readonly address: number;
  readonly start: number;
  readonly pattern: Pattern;
}

/** Computes `n` elements; `at` says where the operands of a block stand in linear memory, in bytes, the output first. */
export type Compute = (n: number, at: readonly number[]) => void;

/** Calls `compute` for block after block of the output. Operands in linear memory are used in place, others through copies. */
export function forEachBlock(
  w: Workspace,
  out: Operand,
  inputs: readonly Operand[],
  compute: Compute,
  block = BLOCK,
): void {
  for (const x of inputs) x.storage.noteUse();
  const { rows, columns, patterns } = arrange(w, out, inputs);
  const o: TypedArray = out.storage.data;
  const itemSize = o.BYTES_PER_ELEMENT;
  const from = elements(w, o);
  const direct = writesInPlace(out, inputs, rows, columns, block);
  if (direct && rows === 1 && patterns.every((x) => x.address >= 0 && x.pattern === "same")) {
    compute(columns, [
      placeOf(out.storage.address, out.layout.offset, itemSize),
      ...patterns.map((x) => placeOf(x.address, x.start, x.data.BYTES_PER_ELEMENT)),
    ]);
    return;
  }
  const at: number[] = [...slots];
  const height = Math.max(1, Math.floor(block / columns));
  const width = Math.min(columns, block);
  for (let c = 0; c < columns; c += width) {
    const across = Math.min(width, columns - c);
    for (let r = 0; r < rows; r += height) {
      const down = Math.min(height, rows - r);
      const first = out.layout.offset + r * columns + c;
      for (let i = 0; i < patterns.length; i++)
        at[i + 1] = stage(w, patterns[i]!, slots[i + 1]!, r, down, c, across, columns);
      if (direct) at[0] = placeOf(out.storage.address, first, itemSize);
      compute(down * across, at);
      if (!direct) {
        copyElements(o, first, from, slots[0] / itemSize, down * across);
      }
    }
  }
}

function placeOf(address: number, index: number, itemSize: number): number {
  return address + index * itemSize;
}

/**
 * Whether results can be written where the output stands: whole vectors are, so there must be room behind its end, and behind a block
 * nothing that is already written, or still to be read.
 */
function writesInPlace(
  out: Operand,
  inputs: readonly Operand[],
  rows: number,
  columns: number,
  block: number,
): boolean {
  return (
    standsAlone(out) && (rows === 1 || (columns <= block && inputs.every((x) => x.storage !== out.storage)))
  );
}

interface Arrangement {
  readonly rows: number;
  readonly columns: number;
  readonly patterns: readonly Input[];
}

/** Sees the output as rows and columns, such that every input repeats along one of them or none. */
function arrange(w: Workspace, out: Operand, inputs: readonly Operand[]): Arrangement {
  if (inputs.every((x) => x.layout.contiguous)) return flat(out, inputs);
  const { sizes, strides } = merge([out.layout, ...inputs.map((x) => x.layout)]);
  if (sizes.length > 2)
    return arrange(
      w,
      out,
      inputs.map((x) => dense(w, x)),
    );
  const [rows, columns] = sizes.length === 1 ? [1, sizes[0]!] : (sizes as [number, number]);
  const patterns: Input[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const [down, across] =
      sizes.length === 1 ? [columns, strides[i + 1]![0]!] : (strides[i + 1] as [number, number]);
    const pattern = patternOf(down, across, rows, columns);
    if (pattern === null) return arrange(w, out, inputs.with(i, dense(w, inputs[i]!)));
    patterns.push(inputOf(inputs[i]!, pattern));
  }
  return { rows, columns, patterns };
}

function flat(out: Operand, inputs: readonly Operand[]): Arrangement {
  return { rows: 1, columns: out.layout.numel, patterns: inputs.map((x) => inputOf(x, "same")) };
}

function inputOf({ storage: { data, address }, layout: { offset } }: Operand, pattern: Pattern): Input {
  return { data, address, start: offset, pattern };
}

function patternOf(down: number, across: number, rows: number, columns: number): Pattern | null {
  if (across === 1) return down === columns || rows === 1 ? "same" : down === 0 ? "row" : null;
  if (across !== 0) return null;
  return down === 1 ? "column" : down === 0 || rows === 1 ? "scalar" : null;
}

/** A contiguous copy. */
export function dense(w: Workspace, x: Operand): Operand {
  const layout = contiguousLayout(x.layout.shape);
  const copied = { storage: Storage.unset(x.storage.dtype, layout.numel), layout };
  if (layout.numel < FEW) copy(copied, x);
  else copyMoving(w, copied, x);
  return copied;
}

/** Where an input's part of a block stands: in its own place, or copied to `slot`, repeated so that it fills the block. */
function stage(
  w: Workspace,
  { data, address, start, pattern }: Input,
  slot: number,
  r: number,
  down: number,
  c: number,
  across: number,
  columns: number,
): number {
  if (pattern === "same" && address >= 0)
    return placeOf(address, start + r * columns + c, data.BYTES_PER_ELEMENT);
  const to: TypedArray = elements(w, data);
  const at = slot / data.BYTES_PER_ELEMENT;
  const n = down * across;
  if (pattern === "same") copyElements(to, at, data, start + r * columns + c, n);
  else if (pattern === "scalar") {
    if (r === 0 && c === 0) fillElements(to, at, data[start]!, n);
  } else if (pattern === "row") {
    if (r > 0) return slot; // still there from the block above
    repeatElements(to, at, data, start + c, across, n);
  } else if (data.BYTES_PER_ELEMENT === 1) {
    for (let i = 0; i < down; i++) to.fill(data[start + r + i]!, at + i * across, at + (i + 1) * across);
  } else {
    copyElements(to, COLUMN_SLOT / data.BYTES_PER_ELEMENT, data, start + r, down);
    const spread = data.BYTES_PER_ELEMENT === 4 ? w.run.spread32 : w.run.spread64;
    spread(slot, COLUMN_SLOT, down, across);
  }
  return slot;
}
