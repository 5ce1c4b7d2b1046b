/**
 * The mathematics of one element: every elementwise kernel is one line here. Values are computed in double precision and rounded
 * once, when they are stored. Of `Math` only those functions may be used that the language fixes to the last bit.
 */
import {
  acos,
  asin,
  atan,
  atan2,
  cos,
  cosh,
  exp,
  exp2,
  expm1,
  hypot,
  log,
  log10,
  log1p,
  log2,
  pow,
  sin,
  sinh,
  tan,
  tanh,
} from "../../math/index.ts";
import { erf } from "./erf.ts";
import { erf32 } from "./float32-erf.ts";
import { exp232, log1032, log232, pow32 } from "./float32-powers.ts";
import { cos32, sin32 } from "./float32-trigonometric.ts";
import {
  exp32,
  expm132,
  log1p32,
  log32,
  sigmoid32,
  sigmoidBackward32,
  tanh32,
  tanhBackward32,
} from "./float32.ts";
import { floorDivide, floorMod, logaddexp, powInt32, roundHalfEven } from "./special.ts";

type Unary = (x: number) => number;
type Binary = (a: number, b: number) => number;

export const unaryFunctions = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  square: (x) => x * x,
  cube: (x) => x * x * x,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  reciprocalSquare: (x) => 1 / (x * x),
  exp,
  exp2,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  sigmoid: (x) => 1 / (1 + exp(-x)),
  erf,
  relu: (x) => (x > 0 || x !== x ? x : 0),
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  round: roundHalfEven,
  logicalNot: (x) => (x === 0 ? 1 : 0),
} satisfies Record<string, Unary>;

export const binaryFunctions = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  floorDivide,
  truncDivide: (a, b) => Math.trunc(a / b),
  remainder: floorMod,
  fmod: (a, b) => a % b,
  pow,
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  atan2,
  hypot,
  logaddexp,
  eq: (a, b) => (a === b ? 1 : 0),
  ne: (a, b) => (a !== b ? 1 : 0),
  lt: (a, b) => (a < b ? 1 : 0),
  le: (a, b) => (a <= b ? 1 : 0),
  gt: (a, b) => (a > b ? 1 : 0),
  ge: (a, b) => (a >= b ? 1 : 0),
  logicalAnd: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  logicalOr: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  logicalXor: (a, b) => ((a !== 0) !== (b !== 0) ? 1 : 0),
  // Gradients, of the result's gradient and the result.
  reluBackward: (g, y) => (y <= 0 ? 0 : g),
  sigmoidBackward: (g, y) => g * y * (1 - y),
  tanhBackward: (g, y) => g * (1 - y * y),
} satisfies Record<string, Binary>;

/** Where 32-bit integers need another formula: products that a double cannot hold, powers that wrap. */
const int32Functions: Partial<Record<BinaryOp, Binary>> = { mul: Math.imul, pow: powInt32 };
const int32Powers: Partial<Record<UnaryOp, Unary>> = {
  square: (x) => Math.imul(x, x),
  cube: (x) => Math.imul(Math.imul(x, x), x),
};

/** On booleans a sum is "or" and a product is "and". */
const boolFunctions: Partial<Record<BinaryOp, Binary>> = {
  add: binaryFunctions.logicalOr,
  mul: binaryFunctions.logicalAnd,
};

export type UnaryOp = keyof typeof unaryFunctions;
export type BinaryOp = keyof typeof binaryFunctions;

/** Where float32 has an arithmetic of its own: results fixed by the rounding of its steps, the same in every engine. */
const float32Functions: Partial<Record<UnaryOp, Unary>> = {
  cube: (x) => Math.fround(x * x) * x,
  rsqrt: (x) => 1 / Math.fround(Math.sqrt(x)),
  reciprocalSquare: (x) => 1 / Math.fround(x * x),
  exp: exp32,
  exp2: exp232,
  expm1: expm132,
  log: log32,
  log1p: log1p32,
  log2: log232,
  log10: log1032,
  sin: sin32,
  cos: cos32,
  erf: erf32,
  sigmoid: sigmoid32,
  tanh: tanh32,
};
const float32Pairs: Partial<Record<BinaryOp, Binary>> = {
  truncDivide: (a, b) => Math.trunc(Math.fround(a / b)),
  pow: pow32,
  sigmoidBackward: sigmoidBackward32,
  tanhBackward: tanhBackward32,
};

/** The function of one element for operands of `dtype`. */
export function unaryFunction(op: UnaryOp, dtype: string): Unary {
  const special =
    dtype === "float32" ? float32Functions[op] : dtype === "int32" ? int32Powers[op] : undefined;
  return special ?? unaryFunctions[op];
}

/** The function of two elements for operands of `dtype`. */
export function binaryFunction(op: BinaryOp, dtype: string): Binary {
  const special =
    dtype === "float32"
      ? float32Pairs[op]
      : dtype === "int32"
        ? int32Functions[op]
        : dtype === "bool"
          ? boolFunctions[op]
          : undefined;
  return special ?? binaryFunctions[op];
}
