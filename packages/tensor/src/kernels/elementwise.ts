import type { Operand } from "../storage.ts";
import { forEachRow } from "./loops.ts";
import { binaryFunction, unaryFunction, type BinaryOp, type UnaryOp } from "./scalar.ts";

export function fill(out: Operand, value: number): void {
  const o = out.storage.data;
  forEachRow([out.layout], (n, [start], [step]) => {
    if (step === 1) o.fill(value, start, start! + n);
    else for (let i = 0, oi = start!; i < n; i++, oi += step!) o[oi] = value;
  });
}

/** Copies and converts; a bool is 1 wherever the source is not 0. */
export function copy(out: Operand, x: Operand): void {
  const o = out.storage.data;
  const X = x.storage.data;
  const toBool = out.storage.dtype === "bool" && x.storage.dtype !== "bool";
  forEachRow([out.layout, x.layout], (n, [o0, x0], [os, xs]) => {
    if (toBool)
      for (let i = 0, oi = o0!, xi = x0!; i < n; i++, oi += os!, xi += xs!) o[oi] = X[xi] !== 0 ? 1 : 0;
    else if (os === 1 && xs === 1) o.set(X.subarray(x0, x0! + n), o0);
    else for (let i = 0, oi = o0!, xi = x0!; i < n; i++, oi += os!, xi += xs!) o[oi] = X[xi]!;
  });
}

export function unary(out: Operand, op: UnaryOp, x: Operand): void {
  const f = unaryFunction(op, x.storage.dtype);
  const o = out.storage.data;
  const X = x.storage.data;
  forEachRow([out.layout, x.layout], (n, [o0, x0], [os, xs]) => {
    for (let i = 0, oi = o0!, xi = x0!; i < n; i++, oi += os!, xi += xs!) o[oi] = f(X[xi]!);
  });
}

export function binary(out: Operand, op: BinaryOp, a: Operand, b: Operand): void {
  const f = binaryFunction(op, a.storage.dtype);
  const o = out.storage.data;
  const A = a.storage.data;
  const B = b.storage.data;
  forEachRow([out.layout, a.layout, b.layout], (n, [o0, a0, b0], [os, as, bs]) => {
    for (let i = 0, oi = o0!, ai = a0!, bi = b0!; i < n; i++, oi += os!, ai += as!, bi += bs!)
      o[oi] = f(A[ai]!, B[bi]!);
  });
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
