import { arange, zeros } from "../create.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { defineOp, hidden, type Op } from "../op.ts";
import { format } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { diagonal } from "./views/parts.ts";

function checkDiagonal(op: string, diagonal: number): void {
  if (!Number.isInteger(diagonal))
    throw new ValueError(op, `the number of a diagonal must be an integer, got ${diagonal}`);
}

/** What stands between two diagonals, 0 elsewhere. A diagonal is a number of columns right of the main one. */
const bandOp: Op<[x: Tensor], [low: number, high: number]> = defineOp<
  [x: Tensor],
  [low: number, high: number]
>("band", {
  shape: (x) => x.shape,
  run: (k, out, x, low, high) => {
    k.copy(out, x);
    k.clearOutside(out, low, high);
  },
  vjp: [(_y, _x, low, high) => (g) => bandOp(g, low, high)],
});

/**
 * The lower triangle of the last two dimensions, up to `diagonal` columns right of the main diagonal; the rest is 0.
 *
 * Gradient: the same triangle of `g`.
 *
 * PyTorch: [`torch.tril`](https://pytorch.org/docs/stable/generated/torch.tril.html).
 *
 * @param x - `[..., m, n]`, any dtype.
 * @param diagonal - The last diagonal that is kept. Default: 0, the main one.
 * @returns Shape of `x`.
 * @throws ShapeError if there are fewer than 2 dimensions.
 * @throws ValueError if `diagonal` is no integer.
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 *
 * ones(3, 3).tril().toArray(); // => [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
 * ```
 */
export function tril(x: Tensor, diagonal = 0): Tensor {
  requireMatrices("tril", x);
  checkDiagonal("tril", diagonal);
  return bandOp(x, -Infinity, diagonal);
}

/**
 * The upper triangle of the last two dimensions, from `diagonal` columns right of the main diagonal on; the rest is 0.
 *
 * Gradient: the same triangle of `g`.
 *
 * PyTorch: [`torch.triu`](https://pytorch.org/docs/stable/generated/torch.triu.html).
 *
 * @param x - `[..., m, n]`, any dtype.
 * @param diagonal - The first diagonal that is kept. Default: 0, the main one.
 * @returns Shape of `x`.
 * @throws ShapeError if there are fewer than 2 dimensions.
 * @throws ValueError if `diagonal` is no integer.
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 *
 * ones(3, 3).triu(1).toArray(); // => [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
 * ```
 */
export function triu(x: Tensor, diagonal = 0): Tensor {
  requireMatrices("triu", x);
  checkDiagonal("triu", diagonal);
  return bandOp(x, diagonal, Infinity);
}

function requireMatrices(op: string, x: Tensor): void {
  if (x.ndim < 2) throw new ShapeError(op, `needs at least 2 dimensions, got ${format(x.shape)}`);
}

/**
 * A matrix with a vector on its diagonal and 0 elsewhere; of a matrix, a copy of its diagonal. Gradient: the other way round.
 *
 * PyTorch: [`torch.diag`](https://pytorch.org/docs/stable/generated/torch.diag.html).
 *
 * @param x - A vector or a matrix, any dtype.
 * @param offset - How many columns right of the main diagonal. Default: 0.
 * @throws ShapeError if `x` is neither.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2]).diag().toArray(); // => [[1, 0], [0, 2]]
 * tensor([[1, 2], [3, 4]]).diag(1).toArray(); // => [2]
 * ```
 */
export function diag(x: Tensor, offset = 0): Tensor {
  if (x.ndim === 2) return hidden([x], () => diagonal(x, offset).clone());
  if (x.ndim !== 1) throw new ShapeError("diag", `needs a vector or a matrix, got ${format(x.shape)}`);
  const n = x.numel + Math.abs(offset);
  const rows = arange(x.numel, { dtype: "int32" }).add(Math.max(0, -offset));
  const flat = rows.mul(n).add(rows).add(offset);
  return hidden([x], () =>
    zeros([n * n], { dtype: x.dtype })
      .scatter(0, flat, x)
      .view(n, n),
  );
}

/**
 * The sum of the diagonal of a matrix. Gradient: `g` on the diagonal.
 *
 * PyTorch: [`torch.trace`](https://pytorch.org/docs/stable/generated/torch.trace.html).
 *
 * @param x - A matrix; integers and booleans add up as int32.
 * @throws ShapeError if `x` is no matrix.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).trace().item(); // => 5
 * ```
 */
export function trace(x: Tensor): Tensor {
  if (x.ndim !== 2) throw new ShapeError("trace", `needs a matrix, got ${format(x.shape)}`);
  return hidden([x], () => diagonal(x).sum());
}
