/** Activations with parameters, one element each, and their gradients, of the result's gradient and the operand. */
import { exp, expm1 } from "../../math/index.ts";
import type { Operand } from "../../storage/storage.ts";
import { forEachPair, forEachRow } from "../loops.ts";
import { erf } from "../scalar/erf.ts";
import { gelu32, geluBackward32 } from "../scalar/float32-erf.ts";
import { exp32, expm132 } from "../scalar/float32.ts";

/** Functions with fewer of them do not look at the others. */
export type Parameters = readonly [a: number, b: number, c: number];
type Activation = (x: number, a: number, b: number, c: number) => number;
type Gradient = (g: number, x: number, a: number, b: number, c: number) => number;

const round = Math.fround;

/** The share of a normal distribution below x. */
function share(x: number): number {
  return 0.5 * (1 + erf(x * Math.SQRT1_2));
}

const activations = {
  leakyRelu: (x, slope) => (x > 0 ? x : x * slope),
  hardtanh: (x, min, max) => (x <= min ? min : x >= max ? max : x),
  hardswish: (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  limit: (x, min, max) => Math.min(Math.max(x, min), max),
  elu: (x, negative, positive, scale) => (x > 0 ? x * positive : expm1(x * scale) * negative),
  gelu: (x) => x * share(x),
} satisfies Record<string, Activation>;

export type ActivationOp = keyof typeof activations;

const gradients: Record<ActivationOp, Gradient> = {
  leakyRelu: (g, x, slope) => (x > 0 ? g : g * slope),
  hardtanh: (g, x, min, max) => (x <= min || x >= max ? 0 : g),
  hardswish: (g, x) => (x > 3 ? g : x < -3 ? 0 : g * (x / 3 + 0.5)),
  limit: (g, x, min, max) => (x >= min && x <= max ? g : 0),
  elu: (g, x, slope, positive, scale) => g * (x > 0 ? positive : exp(x * scale) * slope),
  gelu: (g, x) => g * (share(x) + (x * exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI)),
};

/** Where float32 rounds in between. */
const activations32: Partial<Record<ActivationOp, Activation>> = {
  hardswish: (x) => round(x * Math.min(Math.max(round(x + 3), 0), 6)) / 6,
  elu: (x, negative, positive, scale) => (x > 0 ? x * positive : expm132(round(x * scale)) * negative),
  gelu: gelu32,
};
const gradients32: Partial<Record<ActivationOp, Gradient>> = {
  hardswish: (g, x) => (x > 3 ? g : x < -3 ? 0 : g * round(round(x / 3) + 0.5)),
  elu: (g, x, slope, positive, scale) => g * (x > 0 ? positive : round(exp32(round(x * scale)) * slope)),
  gelu: geluBackward32,
};

export function activation(out: Operand, op: ActivationOp, x: Operand, parameters: Parameters): void {
  const single = x.storage.dtype === "float32";
  const f: Activation = (single ? activations32[op] : undefined) ?? activations[op];
  const [a, b, c] = rounded(parameters, single);
  const o = out.storage.data;
  const X = x.storage.data;
  forEachRow([out.layout, x.layout], (n, [o0, x0], [os, xs]) => {
    for (let i = 0, oi = o0!, xi = x0!; i < n; i++, oi += os!, xi += xs!) o[oi] = f(X[xi]!, a, b, c);
  });
}

export function activationBackward(
  out: Operand,
  op: ActivationOp,
  g: Operand,
  x: Operand,
  parameters: Parameters,
): void {
  const single = x.storage.dtype === "float32";
  const f = (single ? gradients32[op] : undefined) ?? gradients[op];
  const [a, b, c] = rounded(parameters, single);
  const o = out.storage.data;
  const G = g.storage.data;
  const X = x.storage.data;
  forEachPair(out.layout, g.layout, x.layout, (n, oi, gi, gs, xi, xs) => {
    for (let i = 0; i < n; i++, gi += gs, xi += xs) o[oi + i] = f(G[gi]!, X[xi]!, a, b, c);
  });
}

function rounded(parameters: Parameters, single: boolean): Parameters {
  const [a, b, c] = parameters;
  return single ? [round(a), round(b), round(c)] : parameters;
}
