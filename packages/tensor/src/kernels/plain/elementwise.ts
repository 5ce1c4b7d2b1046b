import type { TypedArray } from "../../dtype.ts";
import type { Operand } from "../../storage/storage.ts";
import { fillElements } from "../../storage/transfer.ts";
import { forEachPair, forEachRow } from "../loops.ts";
import {
  binaryFunction,
  binaryFunctions,
  unaryFunction,
  type BinaryOp,
  type UnaryOp,
} from "../scalar/functions.ts";

export function fill(out: Operand, value: number): void {
  const o = out.storage.data;
  if (out.layout.contiguous) {
    fillElements(o, out.layout.offset, value, out.layout.numel);
    return;
  }
  forEachRow([out.layout], (n, [start], [step]) => {
    if (step === 1) fillElements(o, start!, value, n);
    else for (let i = 0, oi = start!; i < n; i++, oi += step!) o[oi] = value;
  });
}

export function unary(out: Operand, op: UnaryOp, x: Operand): void {
  const f: (x: number) => number = unaryFunction(op, x.storage.dtype);
  const o = out.storage.data;
  const X = x.storage.data;
  if (x.layout.contiguous) {
    const { numel, offset } = out.layout;
    for (let i = 0, oi = offset, xi = x.layout.offset; i < numel; i++, oi++, xi++) o[oi] = f(X[xi]!);
    return;
  }
  forEachRow([out.layout, x.layout], (n, [o0, x0], [os, xs]) => {
    for (let i = 0, oi = o0!, xi = x0!; i < n; i++, oi += os!, xi += xs!) o[oi] = f(X[xi]!);
  });
}

export function binary(out: Operand, op: BinaryOp, a: Operand, b: Operand): void {
  const f = binaryFunction(op, a.storage.dtype);
  const o = out.storage.data;
  const A = a.storage.data;
  const B = b.storage.data;
  forEachPair(out.layout, a.layout, b.layout, (n, oi, ai, as, bi, bs) => {
    pairwise(f, n, o, oi, A, ai, as, B, bi, bs);
  });
}

/** Pair after pair. What programs are full of is spelled out: engines box the numbers that they hand to functions. */
function pairwise(
  f: (a: number, b: number) => number,
  n: number,
  o: TypedArray,
  oi: number,
  A: TypedArray,
  ai: number,
  as: number,
  B: TypedArray,
  bi: number,
  bs: number,
): void {
  const { add, sub, mul } = binaryFunctions;
  if (f === add) for (let i = 0; i < n; i++, ai += as, bi += bs) o[oi + i] = A[ai]! + B[bi]!;
  else if (f === sub) for (let i = 0; i < n; i++, ai += as, bi += bs) o[oi + i] = A[ai]! - B[bi]!;
  else if (f === mul) for (let i = 0; i < n; i++, ai += as, bi += bs) o[oi + i] = A[ai]! * B[bi]!;
  else for (let i = 0; i < n; i++, ai += as, bi += bs) o[oi + i] = f(A[ai]!, B[bi]!);
}

/** `out = a + alpha b`, rounding twice. */
export function addScaled(out: Operand, a: Operand, b: Operand, alpha: number): void {
  const o = out.storage.data;
  const A = a.storage.data;
  const B = b.storage.data;
  const single = out.storage.dtype === "float32";
  const factor = single ? Math.fround(alpha) : alpha;
  forEachPair(out.layout, a.layout, b.layout, (n, oi, ai, as, bi, bs) => {
    for (let i = 0; i < n; i++, ai += as, bi += bs) {
      const scaled = factor * B[bi]!;
      o[oi + i] = A[ai]! + (single ? Math.fround(scaled) : scaled);
    }
  });
}

/** `min(max(x, low), high)`: where `low` is above `high`, the result is `high`. */
export function clamp(out: Operand, x: Operand, low: Operand, high: Operand): void {
  binary(out, "maximum", x, low);
  binary(out, "minimum", out, high);
}

export function where(out: Operand, condition: Operand, a: Operand, b: Operand): void {
  const o = out.storage.data;
  const C = condition.storage.data;
  const A = a.storage.data;
  const B = b.storage.data;
  forEachRow([out.layout, condition.layout, a.layout, b.layout], (n, [o0, c0, a0, b0], [os, cs, as, bs]) => {
    for (let i = 0; i < n; i++)
      o[o0! + i * os!] = C[c0! + i * cs!] !== 0 ? A[a0! + i * as!]! : B[b0! + i * bs!]!;
  });
}

/** `out = x scale` where the mask is not 0, else `x` times 0: NaN where `x` is not finite. */
export function dropout(out: Operand, x: Operand, mask: Operand, scale: number): void {
  const o = out.storage.data;
  const X = x.storage.data;
  const M = mask.storage.data;
  forEachRow([out.layout, x.layout, mask.layout], (n, [o0, x0, m0], [os, xs, ms]) => {
    for (let i = 0; i < n; i++) o[o0! + i * os!] = X[x0! + i * xs!]! * (M[m0! + i * ms!] !== 0 ? scale : 0);
  });
}
