/** Where the extremes stand. */
import { DTypeError } from "../../errors.ts";
import type { ArgReduceOp } from "../../kernels/plain/reduce.ts";
import { contiguousLayout } from "../../layout.ts";
import { defineOp, hidden } from "../../op.ts";
import { keepdimOf } from "../../options.ts";
import { normalizeDim, reducedShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { requireElements, type ReduceOptions } from "./define.ts";

function argReduction(name: ArgReduceOp): (x: Tensor, dim: number, keepdim: boolean) => Tensor {
  return defineOp<[x: Tensor], [dim: number, keepdim: boolean]>(name, {
    shape: (x, dim, keepdim) => reducedShape(x.shape, [dim], keepdim),
    dtype: () => "int32",
    run: (k, out, x, dim) =>
      k.argReduce(
        { storage: out.storage, layout: contiguousLayout(reducedShape(x.shape, [dim], true)) },
        name,
        x,
        dim,
      ),
    vjp: [null],
  });
}

export const argmaxOp = argReduction("argmax");
export const argminOp = argReduction("argmin");

function argExtreme(
  op: typeof argmaxOp,
  name: string,
  x: Tensor,
  dim: number | null | undefined,
  options: ReduceOptions,
): Tensor {
  const keepdim = keepdimOf(name, options);
  if (x.dtype === "bool") throw new DTypeError(name, 'is not defined for bool; convert with .to("int32")');
  if (dim === undefined || dim === null || x.ndim === 0) {
    if (typeof dim === "number") normalizeDim(name, dim, 0);
    return hidden([x], () => {
      const flat = x.detach().reshape(-1);
      requireElements(name, flat, [0]);
      return op(flat, 0, false).reshape(keepdim ? x.shape.map(() => 1) : []);
    });
  }
  const d = normalizeDim(name, dim, x.ndim);
  requireElements(name, x, [d]);
  return op(x, d, keepdim);
}

/**
 * Where the largest element stands: along `dim`, or counted in row-major order over all; the first if several. No gradient.
 *
 * NaN counts as the largest.
 *
 * PyTorch: [`torch.argmax`](https://pytorch.org/docs/stable/generated/torch.argmax.html).
 *
 * @param x - Any shape; not bool.
 * @param dim - The dimension. Default: all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns int32, in the shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or no such dimension.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const scores = tensor([[0.1, 0.7, 0.2], [0.8, 0.1, 0.1]]);
 * scores.argmax(1).toArray(); // => [1, 0]
 * scores.argmax().item(); // => 3
 * ```
 */
export function argmax(x: Tensor, dim?: number | null, options: ReduceOptions = {}): Tensor {
  return argExtreme(argmaxOp, "argmax", x, dim, options);
}

/**
 * Where the smallest element stands: along `dim`, or counted in row-major order over all; the first if several. No gradient.
 *
 * NaN counts as the smallest.
 *
 * PyTorch: [`torch.argmin`](https://pytorch.org/docs/stable/generated/torch.argmin.html).
 *
 * @param x - Any shape; not bool.
 * @param dim - The dimension. Default: all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns int32, in the shape of `x` without the reduced dimensions.
 * @throws ShapeError if there is no element to choose from, or no such dimension.
 * @throws DTypeError if `x` is bool.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[3, 1], [2, 4]]).argmin(0).toArray(); // => [1, 0]
 * ```
 */
export function argmin(x: Tensor, dim?: number | null, options: ReduceOptions = {}): Tensor {
  return argExtreme(argminOp, "argmin", x, dim, options);
}
