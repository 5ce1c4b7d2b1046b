import { Layout } from "../layout.ts";
import type { Operand } from "../storage.ts";
import { forEachRow } from "./loops.ts";
import { binaryFunction } from "./scalar.ts";

/** A layout over the shape of `like` that stands still along `dim`: where lines of `x` begin. */
function lineStarts(x: Layout, like: Layout, dim: number): Layout {
  return new Layout(
    like.shape,
    x.strides.map((s, d) => (d === dim ? 0 : s)),
    x.offset,
  );
}

/** `out[i][j] = x[index[i][j]][j]` for `dim` 0, and so on; indices are already checked. */
export function gather(out: Operand, x: Operand, dim: number, index: Operand): void {
  const o = out.storage.data;
  const X = x.storage.data;
  const I = index.storage.data;
  const step = x.layout.strides[dim] ?? 0;
  forEachRow(
    [out.layout, index.layout, lineStarts(x.layout, index.layout, dim)],
    (n, [o0, i0, x0], [os, is, xs]) => {
      const from = x0! + I[i0!]! * step;
      if (is === 0 && os === 1 && xs === 1) o.set(X.subarray(from, from + n), o0);
      else for (let k = 0; k < n; k++) o[o0! + k * os!] = X[x0! + k * xs! + I[i0! + k * is!]! * step]!;
    },
  );
}

const second = (_old: number, value: number): number => value;

export type ScatterOp = "set" | "add" | "multiply";

/** `out[index[i][j]][j] = src[i][j]` for `dim` 0, and so on: the mirror image of {@link gather}. Later writes win. */
export function scatter(out: Operand, op: ScatterOp, dim: number, index: Operand, src: Operand): void {
  const o = out.storage.data;
  const S = src.storage.data;
  const I = index.storage.data;
  const step = out.layout.strides[dim] ?? 0;
  const combine = op === "set" ? second : binaryFunction(op === "add" ? "add" : "mul", out.storage.dtype);
  forEachRow(
    [lineStarts(out.layout, index.layout, dim), index.layout, src.layout],
    (n, [o0, i0, s0], [os, is, ss]) => {
      for (let k = 0; k < n; k++) {
        const at = o0! + k * os! + I[i0! + k * is!]! * step;
        const value = S[s0! + k * ss!]!;
        o[at] = combine(o[at]!, value);
      }
    },
  );
}
