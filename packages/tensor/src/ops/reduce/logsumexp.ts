import { hidden } from "../../op.ts";
import { keepdimOf } from "../../options.ts";
import { normalizeDims, reducedShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { sumOver } from "../broadcast.ts";
import { floating } from "../operands.ts";
import { countOver, type Dims, type ReduceOptions } from "./define.ts";
import { amaxOp } from "./extremes.ts";

/**
 * `log(Σ eˣ)` without overflow. Gradient: `g softmax(x)`.
 *
 * PyTorch: [`torch.logsumexp`](https://pytorch.org/docs/stable/generated/torch.logsumexp.html).
 *
 * @param x - Any shape; integers and booleans become float32.
 * @param dim - One dimension, several, or (null or empty) all of them.
 * @param options - `keepdim`: keep reduced dimensions with size 1 (default false).
 * @returns The shape of `x` without the reduced dimensions; -Infinity of nothing.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3]).logsumexp(0).item(); // => 3.4076
 * tensor([1000, 1000]).logsumexp(0).item(); // => 1000.6931
 * ```
 */
export function logsumexp(x: Tensor, dim: Dims, options: ReduceOptions = {}): Tensor {
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  const y = floating("logsumexp", x);
  const keepdim = keepdimOf("logsumexp", options);
  if (countOver(y.shape, dims) === 0) return sumOver(y.exp(), dims, keepdim).log();
  const top = amaxOp(y.detach(), dims, true);
  const shift = top.maskedFill(top.isinf(), 0);
  const whole = sumOver(y.sub(shift).exp(), dims, true).log().add(shift);
  return hidden([x], () => whole.reshape(reducedShape(x.shape, dims, keepdim)));
}
