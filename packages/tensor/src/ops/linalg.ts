import { isFloatingPoint } from "../dtype.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { defineOp, hidden, type Op } from "../op.ts";
import { requireOptions } from "../options.ts";
import { broadcastShapes, format, numelOf, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand, expandFor, sumTo } from "./broadcast.ts";
import { to } from "./convert.ts";
import { requireTensors } from "./operands.ts";
import { reshape } from "./views/reshape.ts";

/** The product of matrices with equal batch dimensions: `[..., m, k] @ [..., k, n]`. */
const matmulOp: Op<[a: Tensor, b: Tensor]> = defineOp<[a: Tensor, b: Tensor]>("matmul", {
  shape: (a, b) => {
    const shape = a.shape.slice();
    shape[shape.length - 1] = b.shape[shape.length - 1]!;
    return shape;
  },
  run: (k, out, a, b) => k.matmul(out, a, b),
  vjp: [
    (_y, { strides }, b) =>
      (g) =>
        productLike(strides, g, b.mT), // dA = g Bᵀ
    (_y, a, { strides }) =>
      (g) =>
        productLike(strides, a.mT, g), // dB = Aᵀ g
  ],
});

/** `a b` in the memory order of a matrix with these strides: the gradient of a transposed matrix is then contiguous as that matrix. */
function productLike(strides: readonly number[], a: Tensor, b: Tensor): Tensor {
  return strides.at(-2) === 1 ? matmulOp(b.mT, a.mT).mT : matmulOp(a, b);
}

function checkDTypes(op: string, a: Tensor, b: Tensor): void {
  if (a.dtype !== b.dtype)
    throw new DTypeError(op, `operands have dtypes ${a.dtype} and ${b.dtype}; convert one with .to()`);
  if (a.dtype === "bool" && !(op === "mm" || (op === "matmul" && a.ndim >= 2 && b.ndim === 2)))
    throw new DTypeError(op, 'of bool operands only two matrices have a product; convert with .to("int32")');
}

/** The product of matrices; of bool matrices it asks whether any of the products is true. */
function product(a: Tensor, b: Tensor): Tensor {
  return a.dtype === "bool" ? to(matmulOp(to(a, "int32"), to(b, "int32")), "bool") : matmulOp(a, b);
}

function checkInner(op: string, a: Tensor, b: Tensor): void {
  const [k, l] = [a.shape.at(-1)!, b.shape.at(b.ndim === 1 ? -1 : -2)!];
  if (k === l) return;
  const hint = b.ndim === 2 && b.shape[1] === k ? "; Linear weights are [out, in]: use weight.t()" : "";
  throw new ShapeError(
    op,
    `inner dimensions differ: ${format(a.shape)} @ ${format(b.shape)}, ${k} is not ${l}${hint}`,
  );
}

function requireDims(op: string, x: Tensor, ndim: number, which: string): void {
  if (x.ndim !== ndim)
    throw new ShapeError(op, `${which} must have ${ndim} dimension(s), got ${format(x.shape)}`);
}

/**
 * The matrix product, by PyTorch's rules: two vectors give their dot product; a vector on the left counts as a row, on the right as a
 * column, and that dimension disappears again; dimensions before the last two are batches and broadcast.
 *
 * Gradients: `g bᵀ` and `aᵀ g`, summed over broadcast batches.
 *
 * PyTorch: [`torch.matmul`](https://pytorch.org/docs/stable/generated/torch.matmul.html).
 *
 * @param a - `[..., m, k]` or `[k]`.
 * @param b - `[..., k, n]` or `[k]`, of the dtype of `a`.
 * @returns `[..., m, n]`, without `m` or `n` where a vector stood. Two bool matrices give whether any of the products is true.
 * @throws ShapeError if an operand is 0-d, the inner sizes differ, or the batches do not broadcast.
 * @throws DTypeError if the dtypes differ.
 *
 * @example
 * ```ts
 * import { ones, tensor } from "@torchlet/tensor";
 *
 * const a = tensor([[1, 2], [3, 4]]);
 * a.matmul(tensor([[1, 1], [0, 1]])).toArray(); // => [[1, 3], [3, 7]]
 * a.matmul(tensor([1, 10])).toArray(); // => [21, 43]
 * ones(5, 2, 3).matmul(ones(3, 4)).shape; // => [5, 2, 4]
 * ```
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  requireTensors("matmul", a, b);
  if (a.ndim === 0 || b.ndim === 0)
    throw new ShapeError(
      "matmul",
      `both operands need at least 1 dimension, got ${format(a.shape)} @ ${format(b.shape)}; use mul for numbers`,
    );
  checkDTypes("matmul", a, b);
  checkInner("matmul", a, b);
  return a.ndim === 2 && b.ndim === 2 ? product(a, b) : hidden([a, b], () => matmulOfAny(a, b));
}

/** The product where vectors or batches take part. */
function matmulOfAny(a: Tensor, b: Tensor): Tensor {
  const row = a.ndim === 1;
  const column = b.ndim === 1;
  const x = row ? a.unsqueeze(0) : a;
  const y = column ? b.unsqueeze(1) : b;
  const z = y.ndim === 2 ? tallProduct(x, y) : batchedProduct(x, y);
  if (!row && !column) return z;
  const shape = z.shape.filter((_, d) => !(row && d === z.ndim - 2) && !(column && d === z.ndim - 1));
  return reshape(z, shape);
}

/** A batch times one matrix is a single product with more rows. */
function tallProduct(x: Tensor, y: Tensor): Tensor {
  if (x.ndim === 2) return product(x, y);
  const rows = x.shape.slice(0, -1);
  const k = x.shape.at(-1)!;
  return reshape(product(reshape(x, numelOf(rows), k), y), [...rows, y.shape[1]!]);
}

function batchedProduct(x: Tensor, y: Tensor): Tensor {
  const batch = broadcastShapes("matmul", x.shape.slice(0, -2), y.shape.slice(0, -2));
  const spread = (z: Tensor): Tensor => expand(z, [...batch, ...z.shape.slice(-2)]);
  return matmulOp(spread(x), spread(y));
}

/**
 * The product of two matrices, `[m, k]` and `[k, n]`; without broadcasting, which {@link matmul} has. Gradients: `g bᵀ` and `aᵀ g`.
 *
 * PyTorch: [`torch.mm`](https://pytorch.org/docs/stable/generated/torch.mm.html).
 *
 * @param a - `[m, k]`.
 * @param b - `[k, n]`, of the dtype of `a`.
 * @returns `[m, n]`.
 * @throws ShapeError if an operand is no matrix, or the inner sizes differ.
 * @throws DTypeError if the dtypes differ.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).mm(tensor([[5], [6]])).toArray(); // => [[17], [39]]
 * ```
 */
export function mm(a: Tensor, b: Tensor): Tensor {
  requireTensors("mm", a, b);
  requireDims("mm", a, 2, "the first operand");
  requireDims("mm", b, 2, "the second operand");
  checkDTypes("mm", a, b);
  checkInner("mm", a, b);
  return product(a, b);
}

/**
 * The products of two batches of matrices, `[b, m, k]` and `[b, k, n]`. Gradients: `g bᵀ` and `aᵀ g`, matrix by matrix.
 *
 * PyTorch: [`torch.bmm`](https://pytorch.org/docs/stable/generated/torch.bmm.html).
 *
 * @param a - `[b, m, k]`.
 * @param b - `[b, k, n]`, of the dtype of `a`.
 * @returns `[b, m, n]`.
 * @throws ShapeError if an operand does not have 3 dimensions, or the batch sizes or the inner sizes differ.
 * @throws DTypeError if the dtypes differ or are bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const a = tensor([[[1, 2]], [[3, 4]]]); // 2 rows
 * const b = tensor([[[1], [1]], [[1], [10]]]); // 2 columns
 * a.bmm(b).toArray(); // => [[[3]], [[43]]]
 * ```
 */
export function bmm(a: Tensor, b: Tensor): Tensor {
  requireTensors("bmm", a, b);
  requireDims("bmm", a, 3, "the first operand");
  requireDims("bmm", b, 3, "the second operand");
  if (a.shape[0] !== b.shape[0])
    throw new ShapeError("bmm", `batch sizes differ: ${format(a.shape)} and ${format(b.shape)}`);
  checkDTypes("bmm", a, b);
  checkInner("bmm", a, b);
  return matmulOp(a, b);
}

/**
 * A matrix times a vector: `[m, k]` and `[k]`. Gradients: `g xᵀ` and `aᵀ g`.
 *
 * PyTorch: [`torch.mv`](https://pytorch.org/docs/stable/generated/torch.mv.html).
 *
 * @param a - `[m, k]`.
 * @param x - `[k]`, of the dtype of `a`.
 * @returns `[m]`.
 * @throws ShapeError if `a` is no matrix, `x` no vector, or `k` differs.
 * @throws DTypeError if the dtypes differ or are bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).mv(tensor([1, 10])).toArray(); // => [21, 43]
 * ```
 */
export function mv(a: Tensor, x: Tensor): Tensor {
  requireTensors("mv", a, x);
  requireDims("mv", a, 2, "the matrix");
  requireDims("mv", x, 1, "the vector");
  checkDTypes("mv", a, x);
  checkInner("mv", a, x);
  return matmul(a, x);
}

/**
 * The sum of the products of two vectors of equal length. Gradients: `g b` and `g a`.
 *
 * PyTorch: [`torch.dot`](https://pytorch.org/docs/stable/generated/torch.dot.html).
 *
 * @param a - `[n]`.
 * @param b - `[n]`, of the dtype of `a`.
 * @returns A 0-d tensor.
 * @throws ShapeError if an operand is no vector, or the lengths differ.
 * @throws DTypeError if the dtypes differ or are bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).dot(tensor([4, 5, 6])).item(); // => 32
 * ```
 */
export function dot(a: Tensor, b: Tensor): Tensor {
  requireTensors("dot", a, b);
  requireDims("dot", a, 1, "the first operand");
  requireDims("dot", b, 1, "the second operand");
  checkDTypes("dot", a, b);
  checkInner("dot", a, b);
  return matmul(a, b);
}

/**
 * All products of the elements of two vectors: `[m]` and `[n]` give `[m, n]`. Gradients: `g b` and `gᵀ a`.
 *
 * PyTorch: [`torch.outer`](https://pytorch.org/docs/stable/generated/torch.outer.html).
 *
 * @param a - `[m]`.
 * @param b - `[n]`; mixed dtypes meet as in {@link promoteTypes}.
 * @returns `[m, n]`: `a[i] b[j]`.
 * @throws ShapeError if an operand is no vector.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).outer(tensor([3, 4, 5])).toArray(); // => [[3, 4, 5], [6, 8, 10]]
 * ```
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  requireTensors("outer", a, b);
  requireDims("outer", a, 1, "the first operand");
  requireDims("outer", b, 1, "the second operand");
  return hidden([a, b], () => a.unsqueeze(1).mul(b));
}

/** A row plus the product of two matrices. */
const addmmOp = defineOp<[row: Tensor, a: Tensor, b: Tensor]>("addmm", {
  shape: (_row, a, b) => [a.shape[0]!, b.shape[1]!],
  run: (k, out, row, a, b) => k.addmm(out, row, a, b),
  vjp: [
    (_y, { shape }) =>
      (g) =>
        sumTo(g, shape),
    (_y, _row, { strides }, b) =>
      (g) =>
        productLike(strides, g, b.mT),
    (_y, _row, a, { strides }) =>
      (g) =>
        productLike(strides, a.mT, g),
  ],
});

/** Options of {@link addmm}. */
export interface AddmmOptions {
  /** Multiplies `input`; with 0, `input` is ignored, also where it is NaN. Default: 1. */
  beta?: number;
  /** Multiplies the product. Default: 1. */
  alpha?: number;
}

/**
 * `beta input + alpha (a @ b)` with `input` broadcast to the product's shape. Of integers, `alpha` and `beta` lose their fraction, as
 * in PyTorch.
 *
 * Gradients: `beta g` for `input`, `alpha g bᵀ` and `alpha aᵀ g` for the matrices.
 *
 * PyTorch: [`torch.addmm`](https://pytorch.org/docs/stable/generated/torch.addmm.html).
 *
 * @param input - Broadcasts to `[m, n]`.
 * @param a - `[m, k]`, of the dtype of `input`.
 * @param b - `[k, n]`, of the dtype of `input`.
 * @param options - `beta` and `alpha`, both 1 by default.
 * @returns `[m, n]`.
 * @throws ShapeError if `a` or `b` is no matrix, the inner sizes differ, or `input` does not broadcast to `[m, n]`.
 * @throws DTypeError if the dtypes differ or are bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const identity = tensor([[1, 0], [0, 1]]);
 * tensor([1, 2]).addmm(identity, tensor([[1, 2], [3, 4]]), { beta: 10 }).toArray(); // => [[11, 22], [13, 24]]
 * ```
 */
export function addmm(input: Tensor, a: Tensor, b: Tensor, options: AddmmOptions = {}): Tensor {
  requireOptions("addmm", options, "beta: 0.5", ["beta", "alpha"]);
  requireTensors("addmm", a, b);
  const whole = input.dtype === "int32" ? Math.trunc : (factor: number): number => factor;
  const alpha = whole(options.alpha ?? 1);
  const beta = whole(options.beta ?? 1);
  requireDims("addmm", a, 2, "the first matrix");
  requireDims("addmm", b, 2, "the second matrix");
  checkDTypes("addmm", a, b);
  checkDTypes("addmm", input, a);
  checkInner("addmm", a, b);
  const shape: Shape = [a.shape[0]!, b.shape[1]!];
  const isRow = input.ndim === 1 && input.shape[0] === shape[1] && shape[1]! > 1;
  if (isRow && alpha === 1 && beta === 1 && isFloatingPoint(a.dtype)) return addmmOp(input, a, b);
  const base = expandFor("addmm", input, shape);
  const scaled = alpha === 1 ? matmulOp(a, b) : matmulOp(a, b).mul(alpha);
  if (beta === 0) return base.mul(0).maskedFill(base.isfinite().logicalNot(), 0).add(scaled);
  return (beta === 1 ? base : base.mul(beta)).add(scaled);
}
