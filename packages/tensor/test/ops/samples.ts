/**
 * One row per op: arguments to call it with, and what it does to integers. A missing row does not compile.
 *
 * ops.test.ts makes of every row: first and second gradients against finite differences, the same values on permuted, sliced and
 * expanded inputs, method against function, and the dtype that integers give, which is PyTorch's. Values themselves are compared with
 * PyTorch's by scripts/golden/golden.test.ts.
 */
import type { DType, Tensor } from "@torchlet/tensor";
import { fromTypedArray, tensor } from "@torchlet/tensor";
import type * as ops from "../../src/ops/index.ts";

export interface Row {
  /** Argument lists; float64 tensors count as differentiable. */
  readonly samples: readonly (readonly unknown[])[];
  /** The dtype that int32 tensors give in place of the float64 ones, or that they are refused; null if there is no such question. */
  readonly integers: DType | "refused" | null;
  /** Whether the op has a gradient. Default: true. */
  readonly gradient?: false;
  /** Whether the result needs elements that lie one after the other. Default: false. */
  readonly contiguous?: true;
}

let seed = 0;

/** Numbers between `low` and `high` without ties and away from round values. */
function numbers(low: number, high: number, ...shape: number[]): Tensor {
  const n = shape.reduce((a, b) => a * b, 1);
  const phase = (seed = (seed + 0.37) % 1);
  const share = (i: number): number => ((i + 1) * 0.6180339887 + phase) % 1;
  return fromTypedArray(
    Float64Array.from({ length: n }, (_, i) => low + (high - low) * share(i)),
    shape,
  );
}

const any = (...shape: number[]): Tensor => numbers(-1.9, 2.1, ...shape);
const positive = (...shape: number[]): Tensor => numbers(0.3, 2.7, ...shape);
const unit = (...shape: number[]): Tensor => numbers(-0.9, 0.9, ...shape);
const int = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });
const mask = tensor([
  [true, false, true],
  [false, true, true],
]);
const index = tensor(
  [
    [0, 2, 1],
    [1, 0, 0],
  ],
  { dtype: "int32" },
);

const unary = (x: (...shape: number[]) => Tensor, integers: Row["integers"]): Row => ({
  samples: [[x(2, 3)], [x(4)], [x()]],
  integers,
});
const binary = (a: typeof any, b: typeof any, integers: Row["integers"]): Row => ({
  samples: [
    [a(2, 3), b(2, 3)],
    [a(2, 1), b(3)],
    [a(), b(2)],
  ],
  integers,
});
const step = (row: Row): Row => ({ ...row, gradient: false });

/** Rounds and compares: the gradient is 0 wherever it exists, and integers answer with `integers`. */
const question = (integers: Row["integers"] = "bool"): Row => step(unary(any, integers));
const comparison: Row = step(binary(any, any, "bool"));
const reduction: Row = {
  samples: [[any(2, 3)], [any(2, 3), 1], [any(2, 3, 2), [0, 2], { keepdim: true }]],
  integers: "int32",
};
const view = (...samples: unknown[][]): Row => ({ samples, integers: "int32" });

export const samples = {
  // one operand
  abs: unary(any, "int32"),
  acos: unary(unit, "float32"),
  asin: unary(unit, "float32"),
  atan: unary(any, "float32"),
  ceil: unary(any, "int32"),
  cos: unary(any, "float32"),
  cosh: unary(any, "float32"),
  erf: unary(any, "float32"),
  exp: unary(any, "float32"),
  exp2: unary(any, "float32"),
  expm1: unary(any, "float32"),
  floor: unary(any, "int32"),
  isfinite: question(),
  isinf: question(),
  isnan: question(),
  log: unary(positive, "float32"),
  log10: unary(positive, "float32"),
  log1p: unary(positive, "float32"),
  log2: unary(positive, "float32"),
  logicalNot: question(),
  neg: unary(any, "int32"),
  reciprocal: unary(positive, "float32"),
  relu: unary(any, "int32"),
  round: { samples: [[any(2, 3)], [any(4), { decimals: 1 }]], integers: "int32" },
  rsqrt: unary(positive, "float32"),
  sigmoid: unary(any, "float32"),
  sign: unary(any, "int32"),
  sin: unary(any, "float32"),
  sinh: unary(any, "float32"),
  sqrt: unary(positive, "float32"),
  square: unary(any, "int32"),
  tan: unary(unit, "float32"),
  tanh: unary(any, "float32"),
  trunc: unary(any, "int32"),
  clone: unary(any, "int32"),
  contiguous: unary(any, "int32"),
  detach: step(unary(any, "int32")),
  to: { samples: [[any(2, 3), "float64"]], integers: null },

  // two operands
  add: {
    samples: [
      [any(2, 3), any(3)],
      [any(2), any(2, 1), { alpha: -2 }],
      [any(2), 3],
    ],
    integers: "int32",
  },
  sub: {
    samples: [
      [any(2, 3), any(3)],
      [any(2), any(2, 1), { alpha: 3 }],
      [2, any(2)],
    ],
    integers: "int32",
  },
  mul: binary(any, any, "int32"),
  div: {
    samples: [
      [any(2, 3), positive(3)],
      [any(2), 4],
      [3, positive(2)],
    ],
    integers: "float32",
  },
  remainder: binary(any, positive, "int32"),
  fmod: binary(any, positive, "int32"),
  pow: {
    samples: [
      [positive(2, 3), any(3)],
      [any(3), 3],
      [any(3), 1],
      [any(3), 0],
      [any(3), -1],
      [any(3), 4],
      [positive(3), -0.5],
      [positive(3), 1.5],
      [2.5, any(3)],
    ],
    integers: "int32",
  },
  atan2: binary(any, positive, "float32"),
  hypot: binary(any, positive, "float32"),
  logaddexp: binary(any, any, "float32"),
  maximum: binary(any, any, "int32"),
  minimum: binary(any, any, "int32"),
  lerp: {
    samples: [
      [any(2, 3), any(3), 0.3],
      [any(3), any(3), 0.8],
      [any(3), any(3), unit(3)],
    ],
    integers: "refused",
  },
  addcmul: { samples: [[any(2, 3), any(3), any(2, 1), { value: 2 }]], integers: "int32" },
  addcdiv: { samples: [[any(2, 3), any(3), positive(2, 1), { value: -1 }]], integers: "float32" },
  eq: comparison,
  ne: comparison,
  lt: comparison,
  le: comparison,
  gt: comparison,
  ge: comparison,
  logicalAnd: comparison,
  logicalOr: comparison,
  logicalXor: comparison,
  isclose: comparison,
  allclose: { samples: [[any(2), any(2)]], integers: null, gradient: false },
  equal: { samples: [[any(2), any(2)]], integers: null, gradient: false },

  // choosing
  where: {
    samples: [
      [mask, any(2, 3), any(3)],
      [mask, any(2, 1), 2],
    ],
    integers: "int32",
  },
  clamp: {
    samples: [
      [any(2, 3), -1, 1],
      [any(3), unit(3), positive(3)],
      [any(3), null, any(2, 1)],
    ],
    integers: "int32",
  },
  clampMin: {
    samples: [
      [any(2, 3), unit(3)],
      [any(3), 0.5],
    ],
    integers: null,
  },
  clampMax: {
    samples: [
      [any(2, 3), unit(3)],
      [any(3), 0.5],
    ],
    integers: null,
  },
  maskedFill: {
    samples: [
      [any(2, 3), mask, 7],
      [any(3), mask, any()],
    ],
    integers: "int32",
  },

  // reductions
  sum: reduction,
  mean: { ...reduction, integers: "refused" },
  prod: { ...reduction, samples: [...reduction.samples, [fromTypedArray(Float64Array.of(2, 0, 3)), 0]] },
  var: { ...reduction, integers: "refused" },
  std: { ...reduction, integers: "refused" },
  norm: {
    samples: [[any(2, 3)], [any(2, 3), 3, 1], [any(2, 3), 1, 0, { keepdim: true }], [any(3), Infinity]],
    integers: "refused",
  },
  amax: reduction,
  amin: reduction,
  max: { samples: [[any(2, 3)], [any(2, 3), 1], [any(2, 3), any(3)]], integers: "int32" },
  min: { samples: [[any(2, 3)], [any(2, 3), 0], [any(2, 3), any(3)]], integers: "int32" },
  argmax: { samples: [[any(2, 3)], [any(2, 3), 1]], integers: "int32", gradient: false },
  argmin: { samples: [[any(2, 3)], [any(2, 3), 1]], integers: "int32", gradient: false },
  all: step({ ...reduction, integers: "bool" }),
  any: step({ ...reduction, integers: "bool" }),
  logsumexp: {
    samples: [
      [any(2, 3), 1],
      [any(2, 3), [0, 1]],
    ],
    integers: "float32",
  },
  cumsum: {
    samples: [
      [any(2, 3), 1],
      [any(3), 0],
    ],
    integers: "int32",
  },
  cumprod: {
    samples: [
      [any(2, 3), 1],
      [fromTypedArray(Float64Array.of(2, 0, 3, 0)), 0],
    ],
    integers: "int32",
  },
  softmax: {
    samples: [
      [any(2, 3), 1],
      [any(2, 3), 0],
    ],
    integers: "refused",
  },
  logSoftmax: {
    samples: [
      [any(2, 3), 1],
      [any(2, 3), 0],
    ],
    integers: "refused",
  },

  // products
  matmul: {
    samples: [
      [any(2, 3), any(3, 2)],
      [any(3), any(3)],
      [any(2, 1, 2), any(1, 2, 3)],
      [any(2, 2, 3), any(3)],
    ],
    integers: "int32",
  },
  mm: { samples: [[any(2, 3), any(3, 2)]], integers: "int32" },
  bmm: { samples: [[any(2, 2, 3), any(2, 3, 1)]], integers: "int32" },
  mv: { samples: [[any(2, 3), any(3)]], integers: "int32" },
  dot: { samples: [[any(3), any(3)]], integers: "int32" },
  outer: { samples: [[any(2), any(3)]], integers: "int32" },
  addmm: {
    samples: [
      [any(3), any(2, 2), any(2, 3), { alpha: 2, beta: 3 }],
      [any(3), any(2, 2), any(2, 3)],
      [any(8), any(9, 5), any(5, 8)],
      [any(2, 1), any(2, 2), any(2, 3)],
    ],
    integers: "int32",
  },
  einsum: {
    samples: [
      ["ij,jk->ki", any(2, 3), any(3, 2)],
      ["ii,bi->b", any(2, 2), any(3, 2)],
    ],
    integers: "int32",
  },
  diag: {
    samples: [
      [any(3), 1],
      [any(2, 3), -1],
    ],
    integers: "int32",
  },
  trace: { samples: [[any(2, 3)]], integers: "int32" },

  // views and shapes
  view: { ...view([any(2, 3), 3, -1]), contiguous: true },
  viewAs: { ...view([any(2, 3), any(6).detach()]), contiguous: true },
  reshape: view([any(2, 3), [3, -1]]),
  flatten: view([any(2, 3, 1)], [any(2, 3, 1), 1]),
  unflatten: view([any(2, 6), 1, [2, -1]]),
  permute: view([any(2, 3, 1), 2, 0, 1]),
  transpose: view([any(2, 3), 0, 1]),
  movedim: view([any(2, 3, 1), 0, -1]),
  t: view([any(2, 3)]),
  squeeze: view([any(1, 3, 1)], [any(1, 3, 1), 0]),
  unsqueeze: view([any(2, 3), 1]),
  expand: view([any(2, 1), 2, 3]),
  expandAs: view([any(2, 1), mask]),
  broadcastTo: view([any(3), [2, 3]]),
  sumTo: view([any(2, 3), [1, 3]]),
  diagonal: view([any(2, 3)], [any(2, 3, 2), 1, 2, 0]),
  narrow: view([any(2, 3), 1, 1, 2]),
  select: view([any(2, 3), 1, -1]),
  split: view([any(5), 2], [any(2, 3), [1, 2], 1]),
  chunk: view([any(5), 2]),
  unbind: view([any(2, 3), 1]),
  tril: view([any(3, 3)], [any(2, 3), 1]),
  triu: view([any(3, 3)], [any(2, 3), -1]),
  flip: view([any(2, 3), 0, 1]),
  roll: view([any(2, 3), 1], [any(2, 3), [1, -1], [0, 1]]),
  repeat: view([any(2, 3), 2, 1]),
  tile: view([any(2, 3), 2]),

  // joining, taking and putting
  cat: { samples: [[[any(2, 3), any(1, 3)], 0]], integers: "int32" },
  stack: { samples: [[[any(2, 3), any(2, 3)], 1]], integers: "int32" },
  meshgrid: { samples: [[[any(2), any(3)], { indexing: "xy" }]], integers: "int32" },
  gather: view([any(2, 3), 1, index]),
  takeAlongDim: view([any(2, 3), index, 1], [any(2, 3), int(5, 0)]),
  indexSelect: view([any(2, 3), 1, int(2, 0, 2)]),
  scatter: view([any(2, 3), 1, index.narrow(0, 0, 1), any(1, 3)], [any(2, 3), 1, index.narrow(0, 0, 1), 5]),
  scatterAdd: view([any(2, 3), 1, index, any(2, 3)]),
  maskedSelect: view([any(2, 3), mask], [any(3), mask]),

  // order
  sort: view([any(2, 3)], [any(2, 3), 0, { descending: true }]),
  topk: view([any(2, 3), 2], [any(4, 2), 2, 0, { largest: false }]),
  argsort: { samples: [[any(2, 3)]], integers: "int32", gradient: false },
  unique: { samples: [[any(2, 3)]], integers: "int32", gradient: false },
  nonzero: { samples: [[any(2, 3)]], integers: "int32", gradient: false },
  bincount: { samples: [[int(2, 0, 2), { weights: any(3) }]], integers: null },
} satisfies Record<keyof typeof ops, Row>;
