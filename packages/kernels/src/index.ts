/**
 * Arithmetic in WebAssembly SIMD, over one linear memory.
 *
 * Plain numbers in, plain numbers out: pointers are bytes, counts and strides are elements. Shapes, dtypes and where things stand are
 * the caller's to know; `@torchlet/tensor` does.
 *
 * @packageDocumentation
 */
import { decode } from "./binary-text.ts";
import { relaxed } from "./generated/relaxed.ts";
import { simd } from "./generated/simd.ts";

/**
 * `C = A B` for A of `m` rows and `k` columns, B of `k` rows and `n` columns. Any strides, so transposed operands are as fast.
 * `proceed`, if not 0, continues the sums that C holds, for products that are cut along `k` (at multiples of {@link BLOCK}).
 */
export type Matmul = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  aCol: number,
  b: number,
  bRow: number,
  bCol: number,
  c: number,
  cRow: number,
  proceed: number,
  work: number,
) => void;

/** Adds a row of `n` elements to each of `m` rows of C, which are `cRow` elements apart. */
export type AddRow = (m: number, n: number, c: number, cRow: number, row: number) => void;

/** `out[i] = f(x[i])` for n elements; `out` is not `x`. */
export type Unary = (out: number, x: number, n: number) => void;

/** `out[i] = f(a[i], b[i])` for n elements; comparisons write a byte, 1 or 0. */
export type Binary = (out: number, a: number, b: number, n: number) => void;

/** `out[i] = f(x[i])` for n elements and as many parameters as f has. */
export type Activation = (out: number, x: number, n: number, a: number, b: number, c: number) => void;

/** `out[i] = g[i] f'(x[i])` for n elements and as many parameters as f has. */
export type ActivationBackward = (
  out: number,
  g: number,
  x: number,
  n: number,
  a: number,
  b: number,
  c: number,
) => void;

/** `out[i] = a[i] + alpha b[i]` for n elements. */
export type AddScaled = (out: number, a: number, b: number, alpha: number, n: number) => void;

/** `out[i] = min(max(x[i], low[i]), high[i])` for n elements. */
export type Clamp = (out: number, x: number, low: number, high: number, n: number) => void;

/** `out[i] = condition[i] ? a[i] : b[i]` for n elements; conditions are bytes. */
export type Where = (out: number, condition: number, a: number, b: number, n: number) => void;

/** `out[i] = mask[i] ? x[i] scale : x[i] 0` for n elements; masks are bytes. */
export type Dropout = (out: number, x: number, mask: number, scale: number, n: number) => void;

/** `out[i] = words[i] <= last ? 1 : 0` for n elements; `last` is an integer below 2^32. */
export type Bernoulli = (out: number, words: number, n: number, last: number) => void;

/** A step with momentum, in one pass: `v ← decay v + gain g`, `x ← x + rate v`, rounding after every operation. */
export type Momentum = (
  x: number,
  velocity: number,
  g: number,
  decay: number,
  gain: number,
  rate: number,
  n: number,
) => void;

/** A step of Adam, in one pass: `m ← decay1 m + gain1 g`, `v ← decay2 v + gain2 g²`, `x ← x + rate m / (√v / correction + eps)`. */
export type Adam = (
  x: number,
  average: number,
  square: number,
  g: number,
  decay1: number,
  gain1: number,
  decay2: number,
  gain2: number,
  correction: number,
  eps: number,
  rate: number,
  n: number,
) => void;

/** From or to a matrix of `rows` times `columns` elements without gaps. */
export type Rows = (out: number, x: number, rows: number, columns: number) => void;

/** The sums of some columns of such a matrix, which has `step` of them. */
export type ColumnSums = (out: number, x: number, rows: number, columns: number, step: number) => void;

/** Per row or column of such a matrix the place (int32) of its largest element, or its smallest if `minimum` is not 0; of the first, and a NaN is more. */
export type Extremes = (out: number, x: number, rows: number, columns: number, minimum: number) => void;

/** The gradient of such a function, of the result's gradient and the result. */
export type RowsBackward = (out: number, g: number, y: number, rows: number, columns: number) => void;

/** Rows, or columns (at least as many as fit into 16 bytes), of mean 0 and variance 1: `(x - mean) / √(variance + eps)`. */
export type Standardize = (out: number, x: number, rows: number, columns: number, eps: number) => void;

/** The gradient of such a function, of the result's gradient and `x`. */
export type StandardizeBackward = (
  out: number,
  g: number,
  x: number,
  rows: number,
  columns: number,
  eps: number,
) => void;

/** `out[i][j] = x[i][j]`, of any strides. */
export type CopyPlane = (
  out: number,
  outDown: number,
  outAcross: number,
  x: number,
  xDown: number,
  xAcross: number,
  rows: number,
  columns: number,
) => void;

/**
 * Moves elements between `out[i][j]` and `x[i][j]`, of any strides. In a gather, what is taken stands `index[i][j]` times `step` elements
 * behind `x[i][j]`; in a scatter, it is put so far behind `out[i][j]`.
 */
export type PickElements = (
  out: number,
  outDown: number,
  outAcross: number,
  x: number,
  xDown: number,
  xAcross: number,
  step: number,
  index: number,
  indexDown: number,
  indexAcross: number,
  rows: number,
  columns: number,
) => void;

/** Functions of one element. */
// prettier-ignore
export const unaryNames = ["neg", "abs", "sign", "square", "cube", "sqrt", "rsqrt", "reciprocal", "reciprocalSquare", "relu",
  "floor", "ceil", "trunc", "round"] as const;

/** Functions of one element that are there for float32 only. */
// prettier-ignore
export const unaryNames32 = ["erf", "exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "sigmoid", "tanh"] as const;

/** Functions of two elements. */
// prettier-ignore
export const binaryNames = ["add", "sub", "mul", "div", "maximum", "minimum", "eq", "ne", "lt", "le",
  "reluBackward", "sigmoidBackward", "tanhBackward"] as const;

/** Functions of two elements that are there for float32 only. */
export const binaryNames32 = ["pow"] as const;

/** Functions of one integer. */
export const unaryNamesInt32 = ["neg", "abs"] as const;

/** Functions of two integers; results wrap around at 32 bits. */
export const binaryNamesInt32 = ["add", "sub", "mul", "maximum", "minimum", "eq", "ne", "lt", "le"] as const;

/** Activations, which have parameters; each has a gradient, by its name and `Backward`. */
export const activationNames = ["leakyRelu", "hardtanh", "hardswish", "limit"] as const;

/** Activations that are there for float32 only. */
export const activationNames32 = ["elu", "gelu"] as const;

type ActivationName<B extends string> =
  `${(typeof activationNames)[number]}${B}${Suffix}` | `${(typeof activationNames32)[number]}${B}32`;

type Suffix = 32 | 64;

/**
 * The functions of one instance, all on the memory that was given to {@link instantiate}. Names end in the bits of an element.
 *
 * Elementwise functions and those of rows work on whole vectors: up to 64 bytes behind an operand are read, and behind an output overwritten.
 */
export interface Kernels
  extends
    Record<`${(typeof unaryNames)[number]}${Suffix}` | `${(typeof unaryNames32)[number]}32`, Unary>,
    Record<`${(typeof binaryNames)[number]}${Suffix}` | `${(typeof binaryNames32)[number]}32`, Binary>,
    Record<`${(typeof unaryNamesInt32)[number]}Int32` | "notBool", Unary>,
    Record<`${(typeof binaryNamesInt32)[number]}Int32` | `${"and" | "or" | "xor" | "eq"}Bool`, Binary>,
    Record<`boolTo${"Float" | "Int"}32` | "float64ToFloat32", Unary>,
    Record<ActivationName<"">, Activation>,
    Record<ActivationName<"Backward">, ActivationBackward>,
    Record<
      `${"rowSums" | "columnSums"}${Suffix | "Int32"}` | `spread${Suffix}` | "softmax32" | "logSoftmax32",
      Rows
    >,
    Record<`extremesOf${"Rows" | "Columns"}${Suffix}`, Extremes>,
    Record<`softmaxBackward${Suffix}` | "logSoftmaxBackward32", RowsBackward>,
    Record<`standardize${"" | "Columns"}${Suffix}`, Standardize>,
    Record<`standardize${"" | "Columns"}Backward${Suffix}`, StandardizeBackward>,
    Record<`copyPlane${8 | Suffix}`, CopyPlane>,
    Record<`${"gather" | "scatter" | "scatterAdd"}${Suffix}`, PickElements> {
  /** Sines; returns 1 if there are numbers from 2^20 on, or NaN: then the results mean nothing. */
  sin32: (out: number, x: number, n: number) => number;
  /** Cosines, in the same way. */
  cos32: (out: number, x: number, n: number) => number;
  /** The sum of n elements, written as float64. */
  sum32: Unary;
  /** The sum of n elements. */
  sum64: Unary;
  /** Adds blocks of {@link BLOCK} products in the order of k, rounding to float32 at every step, and then the blocks. */
  matmul32: Matmul;
  /** Adds in the order of k. */
  matmul64: Matmul;
  addRow32: AddRow;
  addRow64: AddRow;
  /** `out[i] = a[i] + alpha b[i]`, rounding twice. */
  addScaled32: AddScaled;
  /** `out[i] = a[i] + alpha b[i]`, rounding twice. */
  addScaled64: AddScaled;
  momentum32: Momentum;
  momentum64: Momentum;
  adam32: Adam;
  adam64: Adam;
  /** Rounds towards 0; gives 1 if all numbers fit into 32 bits, else 0, and the results mean nothing. */
  float32ToInt32: (out: number, x: number, n: number) => number;
  /** The same for float64. */
  float64ToInt32: (out: number, x: number, n: number) => number;
  clamp32: Clamp;
  clamp64: Clamp;
  where32: Where;
  where64: Where;
  /** `out[i] = x[i] scale` where the mask's byte is not 0, else `x[i]` times 0. */
  dropout32: Dropout;
  /** The same in float64. */
  dropout64: Dropout;
  /**
   * Makes blocks of 256 random words of 32 bits out of the state that stands at `words`; they then stand there, and the new state
   * behind them. Four xoshiro128++ generators take turns: a state is 32 words, word k of generator l at 4k + l, and from 16 on what
   * they were a block before.
   */
  xoshiro: (words: number, blocks: number) => void;
  /** `low + unit * (word >>> 8)` of one word each, computed in float64; what rounding makes as large as `high` becomes `low`. */
  uniform32: (out: number, words: number, n: number, low: number, unit: number, high: number) => void;
  /** `low + range * u`, u being 53 bits of two words each; what rounding makes as large as `high` becomes `low`. */
  uniform64: (out: number, words: number, n: number, low: number, range: number, high: number) => void;
  /** Bytes: 1 for each word that is at most `last`, else 0. */
  bernoulli8: Bernoulli;
  /** The same as numbers. */
  bernoulli32: Bernoulli;
}

/** The first bytes of the memory hold constants; what the caller puts there begins behind them. */
export const RESERVED = 2048;

/** How many products float32 adds up before it starts another sum. */
export const BLOCK = 256;

/** How many bytes a product with `n` columns needs at `work`. */
export function matmulWork(n: number, itemSize: number): number {
  return 128 * BLOCK * itemSize + 160 + BLOCK * (n + 8) * itemSize;
}

/** A linear memory of WebAssembly, in types that programs without those of browsers have. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
}

/** A compiled module of WebAssembly, likewise. */
export type Code = object;

/** The code of {@link Kernels}, to be instantiated on memories of one kind; null where WebAssembly or its SIMD instructions are missing or forbidden. */
export function compile(shared: boolean): Code | null {
  return moduleOf(simd, shared);
}

/**
 * The code of a float32 product that rounds once where {@link Kernels} round twice, by fused multiply-add: faster, more accurate, and
 * different in the last bits. Null where relaxed SIMD is missing.
 */
export function compileFused(shared: boolean): Code | null {
  return moduleOf(relaxed, shared);
}

/** The functions of {@link compile} on `memory`. */
export function instantiate(code: Code, memory: Memory): Kernels {
  const imports = { env: { memory: memory as WebAssembly.Memory } };
  return new WebAssembly.Instance(code, imports).exports as unknown as Kernels;
}

/** The functions of {@link compileFused} on `memory`. */
export function instantiateFused(code: Code, memory: Memory): Pick<Kernels, "matmul32"> {
  return instantiate(code, memory);
}

function moduleOf(text: string, shared: boolean): WebAssembly.Module | null {
  try {
    const bytes = decode(text);
    if (shared) bytes[limitsOfMemory(bytes)]! |= SHARED;
    return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  } catch {
    return null; // no WebAssembly at all, or a page whose security policy forbids it
  }
}

/** The flag in the type of a memory that says that threads share it: the only difference between code for the one kind and the other. */
const SHARED = 2;

/** Where in a module the type of the imported memory stands: behind the names `env` and `memory` and the kind of the import. */
function limitsOfMemory(bytes: Uint8Array): number {
  const text = String.fromCharCode(...bytes.subarray(0, 4096));
  return text.indexOf("\x03env\x06memory\x02") + 12;
}
