import { requireFloatingPoint } from "../dtype.ts";
import { ValueError } from "../errors.ts";
import { defineOp } from "../op.ts";
import { keepdimOf } from "../options.ts";
import { normalizeDims, reducedShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { stretch } from "./broadcast.ts";
import { where } from "./choose.ts";
import { requireTensor } from "./operands.ts";
import type { Dims, ReduceOptions } from "./reduce/define.ts";

const normOp = defineOp<[x: Tensor], [p: number, dims: readonly number[], keepdim: boolean]>("norm", {
  shape: (x, _p, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
  run: (k, out, x, p, dims, keepdim) => {
    const sum = powers(x.detach(), p).sum(dims.length > 0 ? dims : undefined, { keepdim });
    k.copy(out, p === 2 ? sum.sqrt() : sum.pow(1 / p));
  },
  vjp: [
    (y, x, p, dims) => (g) => {
      const whole = stretch(y, x.shape, dims);
      const along = stretch(g, x.shape, dims);
      if (p === 2) {
        const nothing = whole.eq(0);
        return where(nothing, 0, along.mul(x.div(whole.maskedFill(nothing, 1))));
      }
      const share = x.abs().div(whole);
      return where(x.eq(0), 0, along.mul(x.sign().mul(share.pow(p - 1))));
    },
  ],
});

function powers(x: Tensor, p: number): Tensor {
  return p === 2 ? x.square() : x.abs().pow(p);
}

/**
 * The length of a vector: `(Σ |x|ᵖ)^(1/p)`, of all elements or along `dim`. `Infinity` gives the largest `|x|`, `-Infinity` the
 * smallest, 0 the number of elements that are not 0.
 *
 * Gradient: `g sign(x) (|x| / norm)^(p-1)`, 0 where `x` is 0. PyTorch:
 * [`torch.linalg.vector_norm`](https://pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html), and `torch.norm` without its
 * matrix norms.
 *
 * @param x - Any shape, floating point.
 * @param p - The order. Default: 2, the Euclidean length.
 * @param dim - One dimension, several, or (left out or null) all of them.
 * @param options - `keepdim`.
 * @throws DTypeError if `x` is not floating point.
 * @throws ValueError if `p` is no number.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[3, -4], [6, 8]]);
 * x.norm(2, 1).toArray(); // => [5, 10]
 * x.norm(1).item(); // => 21
 * x.norm(Infinity).item(); // => 8
 * ```
 */
export function norm(x: Tensor, p = 2, dim?: Dims, options: ReduceOptions = {}): Tensor {
  requireTensor("norm", x);
  requireFloatingPoint("norm", x.dtype);
  if (typeof p !== "number" || Number.isNaN(p))
    throw new ValueError("norm", `p must be a number, got ${String(p)}`);
  if (p === Infinity) return x.abs().amax(dim, options);
  if (p === -Infinity) return x.abs().amin(dim, options);
  if (p === 0) return x.ne(0).to(x.dtype).sum(dim, options);
  return normOp(x, p, normalizeDims("norm", dim, x.ndim), keepdimOf("norm", options));
}
