import type { TypedArray } from "../../dtype.ts";
import { Layout } from "../../layout.ts";
import type { Operand } from "../../storage/storage.ts";
import { forEachLine } from "../lines.ts";
import { forEachRow } from "../loops.ts";

export type ReduceOp = "sum" | "prod" | "max" | "min";
export type ArgReduceOp = "argmax" | "argmin";

/** Reduces one line of `n` elements that stand `step` apart. */
type Line = (x: TypedArray, start: number, n: number, step: number) => number;

const lines: Record<ReduceOp, Line> = {
  sum: pairwiseSum,
  prod: (x, start, n, step) => {
    let y = 1;
    for (let i = 0; i < n; i++) y *= x[start + i * step]!;
    return y;
  },
  max: (x, start, n, step) => x[start + placeOfMax(x, start, n, step) * step]!,
  min: (x, start, n, step) => x[start + placeOfMin(x, start, n, step) * step]!,
};

/** The longest run that is added up directly. */
const RUN = 128;

/**
 * The sum in the order of NumPy's pairwise sum: eight sums side by side in runs, runs in a binary tree, so that errors grow with the
 * logarithm of the length. Every provider of kernels adds in this order.
 */
export function pairwiseSum(x: TypedArray, start: number, n: number, step: number): number {
  if (n > RUN) {
    const half = (n >> 1) & -8;
    return pairwiseSum(x, start, half, step) + pairwiseSum(x, start + half * step, n - half, step);
  }
  const whole = n & -8;
  let sum = whole === 0 ? 0 : sumOfEights(x, start, whole, step);
  for (let i = whole, k = start + whole * step; i < n; i++, k += step) sum += x[k]!;
  return sum;
}

function sumOfEights(x: TypedArray, start: number, n: number, step: number): number {
  let k = start;
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i += 8) {
    a += x[k]!;
    b += x[k + step]!;
    c += x[k + 2 * step]!;
    d += x[k + 3 * step]!;
    e += x[k + 4 * step]!;
    f += x[k + 5 * step]!;
    g += x[k + 6 * step]!;
    h += x[k + 7 * step]!;
    k += 8 * step;
  }
  return a + b + (c + d) + (e + f + (g + h));
}

/** Integers wrap at 32 bits at every step. */
const int32Lines: Partial<Record<ReduceOp, Line>> = {
  sum: (x, start, n, step) => {
    let y = 0;
    for (let i = 0; i < n; i++) y = (y + x[start + i * step]!) | 0;
    return y;
  },
  prod: (x, start, n, step) => {
    let y = 1;
    for (let i = 0; i < n; i++) y = Math.imul(y, x[start + i * step]!);
    return y;
  },
};

/** Reduces the dimensions in which `out` has size 1 and `x` has not; `out` has as many dimensions as `x`. */
export function reduce(out: Operand, op: ReduceOp, x: Operand): void {
  const line = (x.storage.dtype === "int32" ? int32Lines[op] : undefined) ?? lines[op];
  if (out.layout.numel === 1 && x.layout.contiguous) {
    out.storage.data[out.layout.offset] = line(x.storage.data, x.layout.offset, x.layout.numel, 1);
    return;
  }
  const { kept, reduced } = splitDims(out.layout, x.layout);
  const X = gathered(x, reduced, kept);
  const o = out.storage.data;
  forEachRow([kept.out, X.kept], (n, [o0, x0], [os, xs]) => {
    for (let i = 0; i < n; i++) o[o0! + i * os!] = line(X.data, x0! + i * xs!, X.length, X.step);
  });
}

interface Split {
  readonly kept: { readonly out: Layout; readonly x: Layout };
  readonly reduced: Layout;
}

function splitDims(out: Layout, x: Layout): Split {
  const dims = x.shape.map((_, d) => d);
  const isReduced = (d: number): boolean => out.shape[d] !== x.shape[d] || x.shape[d] === 1;
  const pick = (l: Layout, ds: number[], offset: number): Layout =>
    new Layout(
      ds.map((d) => l.shape[d]!),
      ds.map((d) => l.strides[d]!),
      offset,
    );
  const keptDims = dims.filter((d) => !isReduced(d));
  const reducedDims = dims.filter(isReduced);
  return {
    kept: { out: pick(out, keptDims, out.offset), x: pick(x, keptDims, x.offset) },
    reduced: pick(x, reducedDims, 0),
  };
}

interface Gathered {
  readonly data: TypedArray;
  readonly kept: Layout;
  readonly length: number;
  readonly step: number;
}

/** Makes each reduced line evenly spaced: as it stands where the strides allow it, else in a copy. */
function gathered(x: Operand, reduced: Layout, kept: Split["kept"]): Gathered {
  const step = evenStep(reduced);
  if (step !== null) return { data: x.storage.data, kept: kept.x, length: reduced.numel, step };
  const data = new (x.storage.data.constructor as new (n: number) => TypedArray)(
    kept.x.numel * reduced.numel,
  );
  const source = x.storage.data;
  let at = 0;
  forEachRow([kept.x], (n, [k0], [ks]) => {
    for (let i = 0; i < n; i++) {
      const base = k0! + i * ks!;
      forEachRow([reduced], (m, [r0], [rs]) => {
        for (let j = 0; j < m; j++) data[at++] = source[base + r0! + j * rs!]!;
      });
    }
  });
  const strides = new Array<number>(kept.x.shape.length);
  for (let d = strides.length - 1, s = reduced.numel; d >= 0; d--) {
    strides[d] = s;
    s *= kept.x.shape[d]!;
  }
  return { data, kept: new Layout(kept.x.shape, strides, 0), length: reduced.numel, step: 1 };
}

/** The distance between neighbours if all elements of a layout are evenly spaced in row-major order, else null. */
function evenStep(x: Layout): number | null {
  let step: number | null = null;
  let seen = 1;
  for (let d = x.shape.length - 1; d >= 0; d--) {
    if (x.shape[d] === 1) continue;
    if (step === null) step = x.strides[d]!;
    else if (x.strides[d] !== seen * step) return null;
    seen *= x.shape[d]!;
  }
  return step ?? 1;
}

/** The index of the first of the largest elements of a line; a NaN counts as larger than all. */
function placeOfMax(x: TypedArray, start: number, n: number, step: number): number {
  let place = 0;
  let best = x[start]!;
  for (let i = 1; i < n && best === best; i++) {
    const y = x[start + i * step]!;
    if (y <= best) continue;
    place = i;
    best = y;
  }
  return place;
}

/** The same of the smallest; a NaN counts as smaller than all. */
function placeOfMin(x: TypedArray, start: number, n: number, step: number): number {
  let place = 0;
  let best = x[start]!;
  for (let i = 1; i < n && best === best; i++) {
    const y = x[start + i * step]!;
    if (y >= best) continue;
    place = i;
    best = y;
  }
  return place;
}

/** Writes where along `dim` the extreme element stands. */
export function argReduce(out: Operand, op: ArgReduceOp, x: Operand, dim: number): void {
  const n = x.layout.shape[dim]!;
  const step = x.layout.strides[dim]!;
  const placeIn = op === "argmax" ? placeOfMax : placeOfMin;
  const o = out.storage.data;
  const X = x.storage.data;
  const rest = new Layout(out.layout.shape, x.layout.strides, x.layout.offset);
  forEachRow([out.layout, rest], (m, [o0, x0], [os, xs]) => {
    for (let i = 0; i < m; i++) o[o0! + i * os!] = placeIn(X, x0! + i * xs!, n, step);
  });
}

/** Running sums along `dim`. */
export function cumsum(out: Operand, x: Operand, dim: number): void {
  const o = out.storage.data;
  const X = x.storage.data;
  forEachLine([out, x], dim, (n, [to, from], [os, xs]) => {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      sum += X[from! + j * xs!]!;
      o[to! + j * os!] = sum;
    }
  });
}

/** Running products along `dim`, rounded at every step; integers wrap. */
export function cumprod(out: Operand, x: Operand, dim: number): void {
  const o = out.storage.data;
  const X = x.storage.data;
  const { dtype } = x.storage;
  const round = dtype === "float32";
  const wrap = dtype === "int32";
  forEachLine([out, x], dim, (n, [to, from], [os, xs]) => {
    let product = 1;
    for (let j = 0; j < n; j++) {
      const factor = X[from! + j * xs!]!;
      product = wrap ? Math.imul(product, factor) : product * factor;
      if (round) product = Math.fround(product);
      o[to! + j * os!] = product;
    }
  });
}
