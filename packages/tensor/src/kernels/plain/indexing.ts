import type { TypedArray } from "../../dtype.ts";
import { Layout } from "../../layout.ts";
import type { Operand } from "../../storage/storage.ts";
import { forEachPlane } from "../loops.ts";
import { binaryFunction, binaryFunctions } from "../scalar/functions.ts";

/** A layout over the shape of `like` that stands still along `dim`: where lines of `x` begin. */
export function lineStarts(x: Layout, like: Layout, dim: number): Layout {
  return new Layout(
    like.shape,
    x.strides.map((s, d) => (d === dim ? 0 : s)),
    x.offset,
  );
}

/** Shorter rows are copied faster one by one than through a view of them. */
const RUN = 32;

/** `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on; indices are already checked. */
export function gather(out: Operand, x: Operand, dim: number, index: Operand): void {
  const o = out.storage.data;
  const X = x.storage.data;
  const I = index.storage.data;
  const step = x.layout.strides[dim] ?? 0;
  forEachPlane(
    [out.layout, index.layout, lineStarts(x.layout, index.layout, dim)],
    (rows, n, [o0, i0, x0], [od, id, xd], [oa, ia, xa]) => {
      const runs = ia === 0 && oa === 1 && xa === 1 && n >= RUN;
      for (let r = 0; r < rows; r++) {
        const [to, from, at] = [o0! + r * od!, x0! + r * xd!, i0! + r * id!];
        if (runs) o.set(X.subarray(from + I[at]! * step, from + I[at]! * step + n), to);
        else for (let k = 0; k < n; k++) o[to + k * oa!] = X[from + k * xa! + I[at + k * ia!]! * step]!;
      }
    },
  );
}

export type ScatterOp = "set" | "add" | "multiply";

/** `out[index[i][j]][j] = src[i][j]` for `dim` 0, and so on: the mirror image of {@link gather}. Later writes win. */
export function scatter(out: Operand, op: ScatterOp, dim: number, index: Operand, src: Operand): void {
  const o = out.storage.data;
  const S = src.storage.data;
  const I = index.storage.data;
  const step = out.layout.strides[dim] ?? 0;
  const combine = op === "set" ? null : binaryFunction(op === "add" ? "add" : "mul", out.storage.dtype);
  forEachPlane(
    [lineStarts(out.layout, index.layout, dim), index.layout, src.layout],
    (rows, n, [o0, i0, s0], [od, id, sd], [oa, ia, sa]) => {
      for (let r = 0; r < rows; r++)
        scatterRow(combine, n, o, o0! + r * od!, oa!, step, I, i0! + r * id!, ia!, S, s0! + r * sd!, sa!);
    },
  );
}

/** Setting and adding are spelled out: engines box the numbers that they hand to functions. */
function scatterRow(
  combine: ((old: number, value: number) => number) | null,
  n: number,
  o: TypedArray,
  oi: number,
  oa: number,
  step: number,
  I: TypedArray,
  ii: number,
  ia: number,
  S: TypedArray,
  si: number,
  sa: number,
): void {
  if (combine === null) for (let k = 0; k < n; k++) o[oi + k * oa + I[ii + k * ia]! * step] = S[si + k * sa]!;
  else if (combine === binaryFunctions.add)
    for (let k = 0; k < n; k++) o[oi + k * oa + I[ii + k * ia]! * step]! += S[si + k * sa]!;
  else
    for (let k = 0; k < n; k++) {
      const at = oi + k * oa + I[ii + k * ia]! * step;
      o[at] = combine(o[at]!, S[si + k * sa]!);
    }
}
