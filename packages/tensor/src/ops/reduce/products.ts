import { eye } from "../../create.ts";
import { promoteTypes, type DType } from "../../dtype.ts";
import { defineOp, type Op } from "../../op.ts";
import { KEEPDIM_AND_DTYPE, keepdimOf, requireOptions } from "../../options.ts";
import { normalizeDim, normalizeDims } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { stretch } from "../broadcast.ts";
import { where } from "../choose.ts";
import { to } from "../convert.ts";
import { cat, stack } from "../joining.ts";
import { countOver, reduction, type Dims, type ReduceOptions } from "./define.ts";

const prodOp = reduction("prod", "prod", (y, x, dims) => (g) => {
  const others = (): Tensor => stretch(y, x.shape, dims).div(x);
  return stretch(g, x.shape, dims).mul(canBeDivided(y) ? others() : productOfOthers(x, dims));
});

/** Whether a product without one of its factors is the quotient: not where it is 0, or too large. */
function canBeDivided(products: Tensor): boolean {
  const y = products.detach();
  return y.ne(0).logicalAnd(y.isfinite()).all().item() !== 0;
}

/** For each element the product of all others along `dims`, right also where elements are 0. */
function productOfOthers(x: Tensor, dims: readonly number[]): Tensor {
  const kept = x.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const order = [...kept, ...dims];
  const n = countOver(x.shape, dims);
  const rows = x.permute(order).reshape(countOver(x.shape, kept), 1, n);
  const others = where(eye(n, n, { dtype: "bool" }), rows.detach().mul(0).add(1), rows);
  return prodOp(others, [2], false)
    .reshape(order.map((d) => x.shape[d]!))
    .permute(order.map((_, i) => order.indexOf(i)));
}

/**
 * The product of the elements; integers and booleans multiply as int32. Gradient: `g` times the product of all other elements.
 *
 * The gradient is right also where elements are 0, but takes a table of `n²` elements for a product of `n`.
 *
 * PyTorch: [`torch.prod`](https://pytorch.org/docs/stable/generated/torch.prod.html); there, only one dimension can be named.
 *
 * @param x - Any shape, any dtype.
 * @param dim - One dimension, several, or (left out, null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false); `dtype`: what `x` is converted to first.
 * @returns The shape of `x` without the reduced dimensions. The product of nothing is 1.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([2, 3, 4], { requiresGrad: true });
 * const y = x.prod();
 * y.item(); // => 24
 * y.backward();
 * x.grad?.toArray(); // => [12, 8, 6]
 * ```
 */
export function prod(x: Tensor, dim?: Dims, options: ReduceOptions & { dtype?: DType } = {}): Tensor {
  const dims = normalizeDims("prod", dim, x.ndim);
  return prodOp(
    to(x, options.dtype ?? promoteTypes(x.dtype, "int32")),
    dims,
    keepdimOf("prod", options, KEEPDIM_AND_DTYPE),
  );
}

const cumprodOp: Op<[x: Tensor], [dim: number]> = defineOp<[x: Tensor], [dim: number]>("cumprod", {
  shape: (x) => x.shape,
  run: (k, out, x, dim) => k.cumprod(out, x, dim),
  vjp: [
    (y, x, dim) => (g) =>
      canBeDivided(y)
        ? g.mul(y).flip(dim).cumsum(dim).flip(dim).div(x)
        : productBefore(x, dim).mul(sensitivity(g, x, dim)),
  ],
});

/** For each element the product of those before it. */
function productBefore(x: Tensor, dim: number): Tensor {
  const first = x.narrow(dim, 0, 1).detach().mul(0).add(1);
  return cat([first, cumprodOp(x.narrow(dim, 0, x.shape[dim]! - 1), dim)], dim);
}

/** What a running product that ends with an element contributes: its own gradient, and what the next one contributes times that factor. */
function sensitivity(g: Tensor, x: Tensor, dim: number): Tensor {
  const factors = x.unbind(dim);
  let next: Tensor | null = null;
  const contributions = g
    .unbind(dim)
    .map((own, i) => ({ own, factor: factors[i + 1] }))
    .reverse()
    .map(({ own, factor }) => (next = next === null ? own : own.add(factor!.mul(next))));
  return stack(contributions.reverse(), dim);
}

/**
 * Running products along `dim`; integers and booleans multiply as int32. Gradient: of each product, to its factors.
 *
 * PyTorch: [`torch.cumprod`](https://pytorch.org/docs/stable/generated/torch.cumprod.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension.
 * @param options - Settings.
 * @param options.dtype - What `x` is converted to first. Default: its own, int32 for bool.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3, 4]).cumprod(0).toArray(); // => [1, 2, 6, 24]
 * ```
 */
export function cumprod(x: Tensor, dim: number, options: { dtype?: DType } = {}): Tensor {
  requireOptions("cumprod", options, 'dtype: "float64"', ["dtype"]);
  const d = normalizeDim("cumprod", dim, x.ndim);
  const typed = to(x, options.dtype ?? promoteTypes(x.dtype, "int32"));
  return x.ndim === 0 ? typed.clone() : cumprodOp(typed, d);
}
