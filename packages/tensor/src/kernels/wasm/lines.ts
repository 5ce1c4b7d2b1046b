/** Functions of whole lines: rows of matrices, or columns. */
import { RESERVED } from "@torchlet/kernels";
import { contiguousLayout, transposeLayout } from "../../layout.ts";
import { Storage, type Operand } from "../../storage/storage.ts";
import { dense } from "./elementwise.ts";
import { copyMoving } from "./moving.ts";
import { copyOut, eachRows, LARGEST, stageAll } from "./reduce.ts";
import type { Call } from "./threads/crew.ts";
import { standsAlone, type Workspace } from "./workspace.ts";

/** How long an element takes, in multiplications of a product. */
const COST = 27;

/** Whether lines along `dim` fit into the workspace. */
export function linesFit({ layout }: Operand, dim: number): boolean {
  return layout.shape[dim]! <= LARGEST;
}

/** Runs a function of rows over the lines along `dim`, which are copied where they are not rows of contiguous operands. */
export function onLines(
  w: Workspace,
  run: Call,
  out: Operand,
  inputs: readonly Operand[],
  dim: number,
  extra: readonly number[] = [],
): void {
  const last = out.layout.shape.length - 1;
  const asRows = ({ storage, layout }: Operand): Operand => ({
    storage,
    layout: transposeLayout("transpose", layout, dim, last),
  });
  if (dim !== last) {
    const layout = contiguousLayout(asRows(out).layout.shape);
    const rows = { storage: Storage.unset(out.storage.dtype, layout.numel), layout };
    onLines(w, run, rows, inputs.map(asRows), last, extra);
    copyMoving(w, out, asRows(rows));
    return;
  }
  const whole = inputs.map((x) => (x.layout.contiguous ? x : dense(w, x)));
  for (const { storage } of whole) storage.noteUse();
  const columns = out.layout.shape[last]!;
  eachRows(w, run, out, whole, out.layout.numel / columns, columns, columns, COST, extra);
}

/** Whether lines along `dim` are the columns of a matrix that fits into the workspace, and wide enough for a vector. */
export function areColumns({ storage, layout: { shape, numel } }: Operand, dim: number): boolean {
  const columns = numel / shape[0]!;
  return dim === 0 && columns * storage.data.BYTES_PER_ELEMENT >= 16 && numel <= LARGEST;
}

/** Runs a function of columns over the first dimension. */
export function onColumns(
  w: Workspace,
  run: Call,
  out: Operand,
  inputs: readonly Operand[],
  extra: readonly number[],
): void {
  const { numel, shape, offset } = out.layout;
  const places = stageAll(
    w,
    inputs.map((x) => (x.layout.contiguous ? x : dense(w, x))),
  );
  const direct = standsAlone(out);
  const at = direct ? out.storage.address + offset * out.storage.data.BYTES_PER_ELEMENT : RESERVED;
  run(at, ...places, shape[0]!, numel / shape[0]!, ...extra);
  if (!direct) copyOut(w, out, at, offset, numel);
}
