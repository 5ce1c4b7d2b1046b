import { requireFloatingPoint } from "../dtype.ts";
import { ValueError } from "../errors.ts";
import { defineOp, type Op } from "../op.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { requireTensor } from "./operands.ts";

const standardizeOp: Op<[x: Tensor], [dim: number, eps: number]> = defineOp<
  [x: Tensor],
  [dim: number, eps: number]
>("standardize", {
  shape: (x) => x.shape,
  run: (k, out, x, dim, eps) => k.standardize(out, x, dim, eps),
  vjp: [(_y, x, dim, eps) => (g) => standardizeBackward(g, x, dim, eps)],
});

/**
 * The gradient `J g = s (g - mean g - y mean g y)`, where `s` is `1 / √(variance + eps)` and `y` the result. `J` is symmetric; and of
 * `⟨h, J g⟩ = s S` with `S = ⟨h, g⟩ - n (mean h mean g + a b)`, `a = mean h y`, `b = mean g y`, the gradient with respect to `x` is
 * `-y s² S / n - J s (h b + g a)`.
 */
const standardizeBackward: Op<[g: Tensor, x: Tensor], [dim: number, eps: number]> = defineOp<
  [g: Tensor, x: Tensor],
  [dim: number, eps: number]
>("standardizeBackward", {
  shape: (g) => g.shape,
  run: (k, out, g, x, dim, eps) => k.standardizeBackward(out, g, x, dim, eps),
  vjp: [
    (_z, _g, x, dim, eps) => (h) => standardizeBackward(h, x, dim, eps),
    (_z, g, x, dim, eps) => (h) => {
      const average = (v: Tensor): Tensor => v.mean(dim, { keepdim: true });
      const y = standardizeOp(x, dim, eps);
      const scale = x.var(dim, { keepdim: true, correction: 0 }).add(eps).rsqrt();
      const [a, b] = [average(h.mul(y)), average(g.mul(y))];
      const share = average(h.mul(g))
        .sub(average(h).mul(average(g)))
        .sub(a.mul(b));
      const through = standardizeBackward(h.mul(b).add(g.mul(a)).mul(scale), x, dim, eps);
      return y.mul(scale.square().mul(share)).add(through).neg();
    },
  ],
});

/**
 * Shifts and scales to mean 0 and (biased) variance 1 along `dim`: `y = (x - mean) / √(variance + eps)`.
 *
 * Gradient: `(g - mean g - y mean g y) / √(variance + eps)`, all means along `dim`.
 *
 * PyTorch: [`torch.nn.functional.layer_norm`](https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html) without
 * weight and bias; here along any one dimension.
 *
 * @param x - Any shape with at least one dimension, floating point.
 * @param dim - The dimension.
 * @param eps - Added to the variance. Default: 1e-5.
 * @returns Shape and dtype of `x`.
 * @throws ShapeError if there is no such dimension.
 * @throws DTypeError if `x` is not floating point.
 * @throws ValueError if `eps` is negative, or no number.
 *
 * @example
 * ```ts
 * import { standardize, tensor } from "@torchlet/tensor";
 *
 * standardize(tensor([[1, 3], [10, 30]]), 1, 0).toArray(); // => [[-1, 1], [-1, 1]]
 * ```
 */
export function standardize(x: Tensor, dim: number, eps = 1e-5): Tensor {
  requireTensor("standardize", x);
  requireFloatingPoint("standardize", x.dtype);
  if (typeof eps !== "number" || !(eps >= 0))
    throw new ValueError(
      "standardize",
      `eps must be a number that is not negative, got ${JSON.stringify(eps)}`,
    );
  return standardizeOp(x, normalizeDim("standardize", dim, x.ndim), eps);
}
