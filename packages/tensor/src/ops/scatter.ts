/** Ops that put elements where an index tensor says. */
import { isGradEnabled } from "../autograd/grad-mode.ts";
import { zeros } from "../create.ts";
import { DTypeError, ValueError } from "../errors.ts";
import type { ScatterOp } from "../kernels/plain/indexing.ts";
import { defineOp, hidden } from "../op.ts";
import { requireOptions } from "../options.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { expand } from "./broadcast.ts";
import { gatherOp } from "./gather.ts";
import { checkFits, checkIndex } from "./index-checks.ts";
import { lift } from "./operands.ts";

function scatterOp(
  name: string,
  op: ScatterOp,
): (x: Tensor, index: Tensor, src: Tensor, dim: number) => Tensor {
  return defineOp<[x: Tensor, index: Tensor, src: Tensor], [dim: number]>(name, {
    shape: (x) => x.shape,
    run: (k, out, x, index, src, dim) => {
      k.copy(out, x);
      k.scatter(out, op, dim, index, src);
    },
    vjp: [
      op === "add"
        ? () => (g) => g
        : (_y, _x, index, _src, dim) => (g) =>
            scatterSet(g, index, zeros(index.shape, { dtype: g.dtype }), dim),
      null,
      (_y, _x, index, _src, dim) => (g) => gatherOp(g, index, dim),
    ],
  });
}

const scatterSet = scatterOp("scatter", "set");
const scatterAdder = scatterOp("scatterAdd", "add");
const scatterMultiply = defineOp<[x: Tensor, index: Tensor, src: Tensor], [dim: number]>("scatter", {
  shape: (x) => x.shape,
  run: (k, out, x, index, src, dim) => {
    k.copy(out, x);
    k.scatter(out, "multiply", dim, index, src);
  },
  vjp: [null, null, null],
});

const reducingScatters = { add: scatterAdder, multiply: scatterMultiply };

function prepare(
  op: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
): [Tensor, Tensor, Tensor, number] {
  const d = normalizeDim(op, dim, x.ndim);
  if (index.numel > 0) checkFits(op, index, x.shape, d, "the tensor");
  checkIndex(op, index, x.shape[d] ?? 1);
  if (typeof src === "number") return [x, index, expand(lift(op, src, x.dtype), index.shape), d];
  if (src.dtype !== x.dtype)
    throw new DTypeError(op, `the source is ${src.dtype}, the tensor ${x.dtype}; convert one with .to()`);
  if (index.numel > 0) checkFits(op, index, src.shape, -1, "the source");
  const source =
    src.ndim === index.ndim
      ? index.shape.reduce((s, size, i) => s.narrow(i, 0, size), src)
      : src.reshape(index.shape);
  return [x, index, index.ndim === 0 ? src : source, d];
}

/** Options of {@link scatter}. */
export interface ScatterOptions {
  /** Combine with what stands there instead of replacing it. Default: null, replace. */
  reduce?: "add" | "multiply" | null;
}

/**
 * A copy of `x` with `y[index[i][j]][j] = src[i][j]` for `dim` 0: the mirror image of {@link gather}. Where indices repeat, the last
 * wins.
 *
 * Gradients: `g`, but 0 where it was replaced, for `x`; `g` gathered, for `src` (right where no index repeats, as in PyTorch). With
 * `reduce: "multiply"` there is none.
 *
 * PyTorch: [`torch.scatter`](https://pytorch.org/docs/stable/generated/torch.scatter.html), which leaves open who wins where indices
 * repeat.
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, with as many dimensions as `x`, and no larger than it except along `dim`; not negative.
 * @param src - A number, or a tensor of the dtype of `x` and at least as large as `index`.
 * @param options - `reduce`: `"add"` to or `"multiply"` with what stands there; null (the default) replaces it.
 * @returns Shape and dtype of `x`.
 * @throws ShapeError if there is no such dimension, or `index` or `src` does not fit.
 * @throws DTypeError if `index` is not int32, or `src` has another dtype than `x`.
 * @throws IndexError if an index is out of range.
 * @throws ValueError if `reduce` is unknown, or is `"multiply"` where a gradient is wanted.
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const classes = tensor([[2], [0]], { dtype: "int32" });
 * zeros(2, 3).scatter(1, classes, 1).toArray(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function scatter(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor | number,
  options: ScatterOptions = {},
): Tensor {
  requireOptions("scatter", options, 'reduce: "add"', ["reduce"]);
  const { reduce = null } = options;
  if (reduce !== null && !Object.hasOwn(reducingScatters, reduce))
    throw new ValueError(
      "scatter",
      `reduce must be "add", "multiply" or null, got ${JSON.stringify(reduce)}`,
    );
  if (
    reduce === "multiply" &&
    isGradEnabled() &&
    (x.requiresGrad || (typeof src !== "number" && src.requiresGrad))
  )
    throw new ValueError("scatter", 'reduce "multiply" has no gradient; use detach(), or gather and mul');
  const op = reduce === null ? scatterSet : reducingScatters[reduce];
  const views = typeof src === "number" ? [x] : [x, src];
  return hidden(views, () => op(...prepare("scatter", x, dim, index, src)));
}

/**
 * A copy of `x` with `src` added where `index` says. Gradients: `g`, and `g` gathered.
 *
 * PyTorch: [`torch.scatter_add`](https://pytorch.org/docs/stable/generated/torch.scatter_add.html).
 *
 * @param x - Any shape, any dtype.
 * @param dim - The dimension that `index` counts along.
 * @param index - int32, with as many dimensions as `x`, and no larger than it except along `dim`; not negative, may repeat.
 * @param src - Of the dtype of `x` and at least as large as `index`.
 * @returns Shape and dtype of `x`.
 * @throws ShapeError if there is no such dimension, or `index` or `src` does not fit.
 * @throws DTypeError if `index` is not int32, or `src` has another dtype than `x`.
 * @throws IndexError if an index is out of range.
 *
 * @example
 * ```ts
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const bins = tensor([0, 1, 0], { dtype: "int32" });
 * zeros(2).scatterAdd(0, bins, tensor([1, 2, 3])).toArray(); // => [4, 2]
 * ```
 */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  return hidden([x, src], () => scatterAdder(...prepare("scatterAdd", x, dim, index, src)));
}
