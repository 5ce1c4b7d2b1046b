import { DTypeError, ShapeError } from "../errors.ts";
import { defineOp, type Op } from "../op.ts";
import { broadcastShapes, format, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { reshape } from "./views.ts";

/** The product of matrices with equal batch dimensions: `[..., m, k] @ [..., k, n]`. */
const matmulOp: Op<[a: Tensor, b: Tensor]> = defineOp<[a: Tensor, b: Tensor]>("matmul", {
  shape: (a, b) => [...a.shape.slice(0, -1), b.shape.at(-1)!],
  run: (k, out, a, b) => k.matmul(out, a, b),
  vjp: [(_y, _a, b) => (g) => matmulOp(g, b.mT), (_y, a) => (g) => matmulOp(a.mT, g)], // dA = g Bᵀ, dB = Aᵀ g
});

function checkDTypes(op: string, a: Tensor, b: Tensor): void {
  if (a.dtype !== b.dtype)
    throw new DTypeError(op, `operands have dtypes ${a.dtype} and ${b.dtype}; convert one with .to()`);
  if (a.dtype === "bool") throw new DTypeError(op, "is not defined for bool; convert with .to()");
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
 * The matrix product, by PyTorch's rules: two vectors give their dot product; a vector on the left counts as a row, on the right as
 * a column, and that dimension disappears again; dimensions before the last two are batches and broadcast.
 *
 * Gradients: `g bᵀ` and `aᵀ g`.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  if (a.ndim === 0 || b.ndim === 0)
    throw new ShapeError(
      "matmul",
      `both operands need at least 1 dimension, got ${format(a.shape)} @ ${format(b.shape)}; use mul for numbers`,
    );
  checkDTypes("matmul", a, b);
  checkInner("matmul", a, b);
  const row = a.ndim === 1;
  const column = b.ndim === 1;
  const x = row ? a.unsqueeze(0) : a;
  const y = column ? b.unsqueeze(1) : b;
  const product = x.ndim > 2 && y.ndim === 2 ? tallProduct(x, y) : batchedProduct(x, y);
  if (!row && !column) return product;
  const dropped = product.ndim;
  return reshape(
    product,
    product.shape.filter((_, d) => !(row && d === dropped - 2) && !(column && d === dropped - 1)),
  );
}

/** A batch times one matrix is a single product with more rows. */
function tallProduct(x: Tensor, y: Tensor): Tensor {
  const rows = x.shape.slice(0, -1);
  const k = x.shape.at(-1)!;
  return reshape(
    matmulOp(
      reshape(
        x,
        rows.reduce((p, q) => p * q, 1),
        k,
      ),
      y,
    ),
    [...rows, y.shape[1]!],
  );
}

function batchedProduct(x: Tensor, y: Tensor): Tensor {
  const batch = broadcastShapes("matmul", x.shape.slice(0, -2), y.shape.slice(0, -2));
  const to = (z: Tensor): Tensor => expand(z, [...batch, ...z.shape.slice(-2)]);
  return matmulOp(to(x), to(y));
}

/** The product of two matrices, `[m, k]` and `[k, n]`; without broadcasting, which {@link matmul} has. */
export function mm(a: Tensor, b: Tensor): Tensor {
  requireDims("mm", a, 2, "the first operand");
  requireDims("mm", b, 2, "the second operand");
  checkDTypes("mm", a, b);
  checkInner("mm", a, b);
  return matmulOp(a, b);
}

/** The products of two batches of matrices, `[b, m, k]` and `[b, k, n]`. */
export function bmm(a: Tensor, b: Tensor): Tensor {
  requireDims("bmm", a, 3, "the first operand");
  requireDims("bmm", b, 3, "the second operand");
  if (a.shape[0] !== b.shape[0])
    throw new ShapeError("bmm", `batch sizes differ: ${format(a.shape)} and ${format(b.shape)}`);
  checkDTypes("bmm", a, b);
  checkInner("bmm", a, b);
  return matmulOp(a, b);
}

/** A matrix times a vector: `[m, k]` and `[k]`. */
export function mv(a: Tensor, x: Tensor): Tensor {
  requireDims("mv", a, 2, "the matrix");
  requireDims("mv", x, 1, "the vector");
  checkDTypes("mv", a, x);
  checkInner("mv", a, x);
  return matmul(a, x);
}

/** The sum of the products of two vectors of equal length. */
export function dot(a: Tensor, b: Tensor): Tensor {
  requireDims("dot", a, 1, "the first operand");
  requireDims("dot", b, 1, "the second operand");
  checkDTypes("dot", a, b);
  checkInner("dot", a, b);
  return matmul(a, b);
}

/** All products of the elements of two vectors: `[m]` and `[n]` give `[m, n]`. */
export function outer(a: Tensor, b: Tensor): Tensor {
  requireDims("outer", a, 1, "the first operand");
  requireDims("outer", b, 1, "the second operand");
  return a.unsqueeze(1).mul(b);
}

/** Options of {@link addmm}. */
export interface AddmmOptions {
  /** Multiplies `input`; with 0, `input` is ignored, also where it is NaN. Default: 1. */
  beta?: number;
  /** Multiplies the product. Default: 1. */
  alpha?: number;
}

/** `beta input + alpha (a @ b)` with `input` broadcast to the product's shape. */
export function addmm(input: Tensor, a: Tensor, b: Tensor, options: AddmmOptions = {}): Tensor {
  const { alpha = 1, beta = 1 } = options;
  requireDims("addmm", a, 2, "the first matrix");
  requireDims("addmm", b, 2, "the second matrix");
  checkDTypes("addmm", a, b);
  checkDTypes("addmm", input, a);
  checkInner("addmm", a, b);
  const shape: Shape = [a.shape[0]!, b.shape[1]!];
  if (input.ndim > 2)
    throw new ShapeError("addmm", `input ${format(input.shape)} does not broadcast to ${format(shape)}`);
  const base = expand(input, shape);
  const product = alpha === 1 ? matmulOp(a, b) : matmulOp(a, b).mul(alpha);
  if (beta === 0) return base.mul(0).maskedFill(base.isfinite().logicalNot(), 0).add(product);
  return (beta === 1 ? base : base.mul(beta)).add(product);
}
