import { RESERVED } from "@torchlet/kernels";
import type { Operand } from "../../storage/storage.ts";
import { CHUNK, LARGEST, stage } from "./reduce.ts";
import type { Workspace } from "./workspace.ts";

/** A contiguous operand as lines of `n` elements, `inner` of them side by side, `outer` times. */
interface Lines {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/** Tells `take` for every line where in it the largest element stands, or the smallest; false if they are too long for the workspace. */
function extremes(
  w: Workspace,
  x: Operand,
  lines: Lines,
  minimum: boolean,
  take: (line: number, place: number) => void,
): boolean {
  const { outer, n, inner } = lines;
  x.storage.noteUse();
  if (x.storage.address < 0 && n * inner > LARGEST) return false;
  const single = x.storage.dtype === "float32";
  const { extremesOfRows32, extremesOfRows64, extremesOfColumns32, extremesOfColumns64 } = w.run;
  const ofRows = single ? extremesOfRows32 : extremesOfRows64;
  const ofColumns = single ? extremesOfColumns32 : extremesOfColumns64;
  const together = inner === 1 ? Math.max(1, Math.floor(CHUNK / n)) : 1;
  for (let i = 0; i < outer; i += together) {
    const count = Math.min(together, outer - i);
    const at = stage(w, x, x.layout.offset + i * n * inner, count * n * inner);
    if (inner === 1) ofRows(RESERVED, at, count, n, Number(minimum));
    else ofColumns(RESERVED, at, n, inner, Number(minimum));
    for (let k = 0; k < count * inner; k++) take(i * inner + k, w.int32[RESERVED / 4 + k]!);
  }
  return true;
}

/** Writes the largest elements of lines, or the smallest. */
export function extremeValues(
  w: Workspace,
  out: Operand,
  x: Operand,
  lines: Lines,
  minimum: boolean,
): boolean {
  const { n, inner } = lines;
  const o = out.storage.data;
  return extremes(w, x, lines, minimum, (line, place) => {
    const row = Math.floor(line / inner) * n + place;
    o[out.layout.offset + line] = x.storage.data[x.layout.offset + row * inner + (line % inner)]!;
  });
}

/** Writes where along `dim` the largest elements stand, or the smallest. */
export function extremePlaces(
  w: Workspace,
  out: Operand,
  x: Operand,
  dim: number,
  minimum: boolean,
): boolean {
  const { shape } = x.layout;
  const n = shape[dim]!;
  const inner = shape.slice(dim + 1).reduce((product, size) => product * size, 1);
  const o = out.storage.data;
  return extremes(w, x, { outer: x.layout.numel / (n * inner), n, inner }, minimum, (line, place) => {
    o[out.layout.offset + line] = place;
  });
}
