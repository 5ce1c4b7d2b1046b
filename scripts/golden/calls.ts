/** How each op of the golden data is called in torchlet: PyTorch's name and signature beside ours. */
import * as T from "../../packages/tensor/src/index.ts";
import { call, overloads, type Replay } from "./bind.ts";
import { functional } from "./functional.ts";
import { NotSupported, PythonFloat } from "./values.ts";

const unary = (f: (x: never) => T.Tensor): Replay => call("input", ({ input }) => f(input));

const binary = (f: (a: never, b: never) => T.Tensor): Replay =>
  call("input other", ({ input, other }) => f(input, other), { promotes: true });

const reduction = (f: (x: never, dim: never, options: { keepdim: never }) => unknown): Replay =>
  call("input dim keepdim", ({ input, dim, keepdim }) => f(input, dim, { keepdim }));

const withDType = (
  f: (x: never, dim: never, options: { keepdim: never; dtype: never }) => unknown,
): Replay =>
  call("input dim keepdim dtype", ({ input, dim, keepdim, dtype }) => f(input, dim, { keepdim, dtype }));

/** Python counts True as 1. */
const factor = (x: unknown): never => (typeof x === "boolean" ? Number(x) : x) as never;

/** `max` and `min` of one tensor, along a dimension, or of two tensors. */
const extreme = (f: (x: never, dimOrOther?: never, options?: { keepdim: never }) => unknown): Replay =>
  overloads(
    ({ args, kw }) => args[1] instanceof T.Tensor || "other" in kw,
    call("input other", ({ input, other }) => f(input, other)),
    reduction(f),
  );

/** `var` and `std` say the divisor by `unbiased` or by `correction`. */
const spread = (f: typeof T.std): Replay => {
  const divisor = (unbiased: unknown, correction: unknown): { correction?: never } =>
    unbiased === undefined
      ? correction === undefined || correction === null
        ? {}
        : { correction: correction as never }
      : { correction: Number(unbiased) as never };
  return overloads(
    ({ args }) => typeof args[1] === "boolean",
    call("input unbiased", ({ input, unbiased }) => f(input, null, divisor(unbiased, undefined))),
    call("input dim unbiased keepdim correction", ({ input, dim, unbiased, keepdim, correction }) =>
      f(input, dim, { keepdim, ...divisor(unbiased, correction) }),
    ),
  );
};

/** Whole numbers make an int64 tensor in PyTorch; in JavaScript 1 is 1.0, and the dtype must be asked for. */
const inferred = (values: readonly unknown[], dtype: unknown): { dtype?: T.DType } => {
  if (dtype !== undefined && dtype !== null) return { dtype: dtype as T.DType };
  const isWhole = (x: unknown): boolean => x === undefined || (typeof x === "number" && Number.isInteger(x));
  return values.every(isWhole) ? { dtype: "int32" } : {};
};

const arange: Replay = ({ args, kw: { start, end, step, dtype } }) => {
  const given = [...args, start, end, step].filter((x) => x !== undefined);
  const numbers = given.map((x) => Number(x instanceof PythonFloat ? x.value : x));
  return T.arange(...(numbers as [number, number, number]), inferred(given.map(withoutBoolean), dtype));
};

const withoutBoolean = (x: unknown): unknown => (typeof x === "boolean" ? Number(x) : x);

/** Python's index as ours: a list that holds anything but numbers counts as a tuple, as in PyTorch. */
function indices(index: unknown): T.Index[] {
  if (typeof index === "object" && index !== null && "tuple" in index)
    return (index.tuple as unknown[]).map(oneIndex);
  const list = Array.isArray(index) ? (index as unknown[]) : null;
  const isTuple = list?.some((x) => typeof x === "object" || Array.isArray(x)) ?? false;
  return isTuple ? list!.map(oneIndex) : [oneIndex(index)];
}

function oneIndex(x: unknown): T.Index {
  if (typeof x === "boolean") return T.tensor(x);
  if (Array.isArray(x)) return Array.isArray(x[0]) ? T.tensor(x as never, { dtype: "int32" }) : (x as T.Index);
  if (typeof x !== "object" || x === null || x instanceof T.Tensor) return x as T.Index;
  if ("ellipsis" in x) return "...";
  if ("slice" in x) return T.slice(...(x.slice as [number | null, number | null, number | null]));
  throw new NotSupported(`index ${JSON.stringify(x)}`);
}

export const calls: Readonly<Record<string, Replay>> = {
  // one operand
  abs: unary(T.abs),
  ceil: unary(T.ceil),
  cos: unary(T.cos),
  exp: unary(T.exp),
  expm1: unary(T.expm1),
  floor: unary(T.floor),
  isnan: unary(T.isnan),
  log: unary(T.log),
  log1p: unary(T.log1p),
  logical_not: unary(T.logicalNot),
  neg: unary(T.neg),
  reciprocal: unary(T.reciprocal),
  round: call("input decimals", ({ input, decimals }) => T.round(input, { decimals })),
  rsqrt: unary(T.rsqrt),
  sigmoid: unary(T.sigmoid),
  sign: unary(T.sign),
  sin: unary(T.sin),
  sqrt: unary(T.sqrt),
  square: unary(T.square),
  tanh: unary(T.tanh),

  acos: unary(T.acos),
  asin: unary(T.asin),
  atan: unary(T.atan),
  clone: unary(T.clone),
  cosh: unary(T.cosh),
  erf: unary(T.erf),
  exp2: unary(T.exp2),
  isfinite: unary(T.isfinite),
  isinf: unary(T.isinf),
  log10: unary(T.log10),
  log2: unary(T.log2),
  sinh: unary(T.sinh),
  tan: unary(T.tan),
  trunc: unary(T.trunc),

  // two operands
  add: call("input other alpha", ({ input, other, alpha }) => T.add(input, other, { alpha: factor(alpha) }), { promotes: true }),
  sub: call("input other alpha", ({ input, other, alpha }) => T.sub(input, other, { alpha: factor(alpha) }), { promotes: true }),
  mul: binary(T.mul),
  div: call(
    "input other rounding_mode",
    ({ input, other, rounding_mode }) => T.div(input, other, { roundingMode: rounding_mode }),
    { promotes: true },
  ),
  pow: call("input exponent", ({ input, exponent }) => T.pow(input, exponent), { promotes: true }),
  maximum: binary(T.maximum),
  minimum: binary(T.minimum),
  eq: binary(T.eq),
  ne: binary(T.ne),
  lt: binary(T.lt),
  le: binary(T.le),
  gt: binary(T.gt),
  ge: binary(T.ge),
  logical_and: binary(T.logicalAnd),
  logical_or: binary(T.logicalOr),
  logical_xor: binary(T.logicalXor),

  atan2: binary(T.atan2),
  hypot: binary(T.hypot),
  logaddexp: binary(T.logaddexp),
  fmod: binary(T.fmod),
  remainder: binary(T.remainder),
  isclose: call("input other rtol atol equal_nan", ({ input, other, rtol, atol, equal_nan }) =>
    T.isclose(input, other, { rtol, atol, equalNan: equal_nan }),
  ),
  equal: call("input other", ({ input, other }) => T.tensor(T.equal(input, other))),
  lerp: call("input end weight", ({ input, end, weight }) => T.lerp(input, end, weight)),
  addcmul: call("input tensor1 tensor2 value", ({ input, tensor1, tensor2, value }) =>
    T.addcmul(input, tensor1, tensor2, { value }),
  ),
  addcdiv: call("input tensor1 tensor2 value", ({ input, tensor1, tensor2, value }) =>
    T.addcdiv(input, tensor1, tensor2, { value }),
  ),

  // choosing
  where: call("condition input other", ({ condition, input, other }) => T.where(condition, input, other), {
    promotes: true,
  }),
  clamp: call("input min max", ({ input, min, max }) => T.clamp(input, min, max), { promotes: true }),
  clamp_min: call("input min", ({ input, min }) => T.clampMin(input, min), { promotes: true }),
  clamp_max: call("input max", ({ input, max }) => T.clampMax(input, max), { promotes: true }),
  masked_fill: call("input mask value", ({ input, mask, value }) => T.maskedFill(input, mask, value)),

  // reductions
  sum: withDType(T.sum),
  mean: withDType(T.mean),
  prod: withDType(T.prod),
  var: spread(T.var),
  std: spread(T.std),
  amax: reduction(T.amax),
  amin: reduction(T.amin),
  argmax: reduction(T.argmax),
  argmin: reduction(T.argmin),
  all: reduction(T.all),
  any: reduction(T.any),
  logsumexp: reduction(T.logsumexp),
  max: extreme(T.max),
  min: extreme(T.min),
  cumsum: call("input dim dtype", ({ input, dim, dtype }) => T.cumsum(input, dim, { dtype })),
  cumprod: call("input dim dtype", ({ input, dim, dtype }) => T.cumprod(input, dim, { dtype })),
  "linalg.vector_norm": call("input ord dim keepdim", ({ input, ord, dim, keepdim }) =>
    T.norm(input, ord, dim, { keepdim }),
  ),
  softmax: call("input dim dtype", ({ input, dim, dtype }) => T.softmax(input, dim, { dtype })),
  log_softmax: call("input dim dtype", ({ input, dim, dtype }) => T.logSoftmax(input, dim, { dtype })),

  // products
  matmul: binary(T.matmul),
  mm: call("input mat2", ({ input, mat2 }) => T.mm(input, mat2)),
  bmm: call("input mat2", ({ input, mat2 }) => T.bmm(input, mat2)),
  mv: call("input vec", ({ input, vec }) => T.mv(input, vec)),
  dot: call("input tensor", ({ input, tensor }) => T.dot(input, tensor)),
  outer: call("input vec2", ({ input, vec2 }) => T.outer(input, vec2)),
  addmm: call("input mat1 mat2 beta alpha", ({ input, mat1, mat2, beta, alpha }) =>
    T.addmm(input, mat1, mat2, { beta, alpha }),
  ),

  einsum: call("equation *operands", ({ equation, operands }) => T.einsum(equation, ...(operands as T.Tensor[]))),
  trace: unary(T.trace),
  diag: call("input diagonal", ({ input, diagonal }) => T.diag(input, diagonal)),

  // order
  argsort: call("input dim descending", ({ input, dim, descending }) => T.argsort(input, dim, { descending })),
  sort: call("input dim descending", ({ input, dim, descending }) => T.sort(input, dim, { descending })),
  topk: call("input k dim largest sorted", ({ input, k, dim, largest }) => T.topk(input, k, dim, { largest })),
  bincount: call("input weights minlength", ({ input, weights, minlength }) =>
    T.bincount(input, { weights, minlength }),
  ),

  // views and shapes
  expand_as: call("input other", ({ input, other }) => T.expandAs(input, other)),
  view_as: call("input other", ({ input, other }) => T.viewAs(input, other)),
  movedim: call("input source destination", ({ input, source, destination }) =>
    T.movedim(input, source, destination),
  ),
  unflatten: call("input dim sizes", ({ input, dim, sizes }) => T.unflatten(input, dim, sizes)),
  broadcast_to: call("input *size", ({ input, size }) => T.broadcastTo(input, size)),
  expand: call("input *size", ({ input, size }) => T.expand(input, size)),
  view: call("input *size", ({ input, size }) => T.view(input, size)),
  reshape: call("input *shape", ({ input, shape }) => T.reshape(input, shape)),
  permute: call("input *dims", ({ input, dims }) => T.permute(input, dims)),
  transpose: call("input dim0 dim1", ({ input, dim0, dim1 }) => T.transpose(input, dim0, dim1)),
  t: unary(T.t),
  flatten: call("input start_dim end_dim", ({ input, start_dim, end_dim }) => T.flatten(input, start_dim, end_dim)),
  squeeze: call("input dim", ({ input, dim }) => T.squeeze(input, dim)),
  unsqueeze: call("input dim", ({ input, dim }) => T.unsqueeze(input, dim)),
  diagonal: call("input offset dim1 dim2", ({ input, offset, dim1, dim2 }) => T.diagonal(input, offset, dim1, dim2)),
  narrow: call("input dim start length", ({ input, dim, start, length }) => T.narrow(input, dim, start, length)),
  select: call("input dim index", ({ input, dim, index }) => T.select(input, dim, index)),
  split: call("input split_size_or_sections dim", ({ input, split_size_or_sections, dim }) =>
    T.split(input, split_size_or_sections, dim),
  ),
  chunk: call("input chunks dim", ({ input, chunks, dim }) => T.chunk(input, chunks, dim)),
  unbind: call("input dim", ({ input, dim }) => T.unbind(input, dim)),

  // joining, taking and putting
  cat: call("tensors dim", ({ tensors, dim }) => T.cat(tensors, dim)),
  stack: call("tensors dim", ({ tensors, dim }) => T.stack(tensors, dim)),
  repeat: call("input *repeats", ({ input, repeats }) => T.repeat(input, repeats)),
  tile: call("input *dims", ({ input, dims }) => T.tile(input, dims)),
  roll: call("input shifts dims", ({ input, shifts, dims }) => T.roll(input, shifts, dims)),
  meshgrid: call("*tensors indexing", ({ tensors, indexing }) => T.meshgrid(tensors, { indexing })),
  take_along_dim: call("input indices dim", ({ input, indices, dim }) => T.takeAlongDim(input, indices, dim)),
  nonzero: unary(T.nonzero),
  flip: call("input *dims", ({ input, dims }) => T.flip(input, dims)),
  tril: call("input diagonal", ({ input, diagonal }) => T.tril(input, diagonal)),
  triu: call("input diagonal", ({ input, diagonal }) => T.triu(input, diagonal)),
  gather: call("input dim index", ({ input, dim, index }) => T.gather(input, dim, index)),
  index_select: call("input dim index", ({ input, dim, index }) => T.indexSelect(input, dim, index)),
  scatter: overloads(
    ({ kw }) => "value" in kw,
    call("input dim index value reduce", ({ input, dim, index, value, reduce }) =>
      T.scatter(input, dim, index, value, { reduce }),
    ),
    call("input dim index src reduce", ({ input, dim, index, src, reduce }) =>
      T.scatter(input, dim, index, src, { reduce }),
    ),
  ),
  scatter_add: call("input dim index src", ({ input, dim, index, src }) => T.scatterAdd(input, dim, index, src)),
  masked_select: call("input mask", ({ input, mask }) => T.maskedSelect(input, mask)),
  __getitem__: call("input index", ({ input, index }) => T.at(input, ...indices(index))),

  // creation
  arange,
  linspace: call("start end steps dtype", ({ start, end, steps, dtype }) => T.linspace(start, end, steps, { dtype })),
  eye: call("n m dtype", ({ n, m, dtype }) => T.eye(n, m, { dtype })),
  zeros: call("*size dtype", ({ size, dtype }) => T.zeros(size, { dtype })),
  ones: call("*size dtype", ({ size, dtype }) => T.ones(size, { dtype })),
  full: ({ args, kw }) =>
    call("size fill_value dtype", ({ size, fill_value, dtype }) =>
      T.full(size, fill_value, inferred([args[1] ?? kw.fill_value], dtype)),
    )({ args, kw }),

  ...Object.fromEntries(Object.entries(functional).map(([name, replay]) => [`nn.functional.${name}`, replay])),
};
