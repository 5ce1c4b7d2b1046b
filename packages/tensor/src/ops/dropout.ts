import { requireFloatingPoint, type DType } from "../dtype.ts";
import { ValueError } from "../errors.ts";
import { defineOp } from "../op.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import { Tensor } from "../tensor.ts";
import { mul } from "./elementwise/arithmetic.ts";
import { requireTensor } from "./operands.ts";

const dropoutOp = defineOp<[x: Tensor, mask: Tensor], [scale: number]>("dropout", {
  shape: (x) => x.shape,
  run: (k, out, x, mask, scale) => k.dropout(out, x, mask, scale),
  vjp: [
    (_y, _x, mask, scale) =>
      (g): Tensor =>
        dropoutOp(g, mask, scale),
    null,
  ],
});

/**
 * In training, sets each element to 0 with probability `p` and divides the others by `1 - p`, so that the expected value stays.
 *
 * Gradient: `g` times the same mask, which is kept as one byte an element.
 *
 * PyTorch: [`torch.dropout`](https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html), which has no `generator`; with
 * the generator's engine `"torch"` the masks are those of PyTorch built without MKL.
 *
 * @param x - Any shape, floating point.
 * @param p - The probability of a zero.
 * @param training - Without training, and for a `p` of 0, the result is `x` itself.
 * @param options - `generator`: where the mask comes from. Default: the one that {@link manualSeed} seeds.
 * @returns Shape and dtype of `x`.
 * @throws ValueError if `p` is not between 0 and 1.
 * @throws DTypeError if `x` is not floating point.
 *
 * @example
 * ```ts
 * import { dropout, manualSeed, ones } from "@torchlet/tensor";
 *
 * manualSeed(0, { engine: "torch" });
 * dropout(ones(8), 0.5, true).toArray(); // => [0, 0, 2, 0, 0, 0, 2, 2]
 * dropout(ones(3), 0.5, false).toArray(); // => [1, 1, 1]
 * manualSeed(0, { engine: "seedrandom" });
 * ```
 */
export function dropout(
  x: Tensor,
  p: number,
  training: boolean,
  options: { generator?: Generator | undefined } = {},
): Tensor {
  requireTensor("dropout", x);
  if (!(p >= 0 && p <= 1))
    throw new ValueError("dropout", `the probability p must lie between 0 and 1, got ${p}`);
  if (!training || p === 0 || x.numel === 0) return x;
  if (p === 1) return mul(x, Tensor.allocate([], x.dtype));
  requireFloatingPoint("dropout", x.dtype);
  const mask = Tensor.unset(x.shape, "bool");
  (options.generator ?? defaultGenerator()).bernoulli(mask.storage.data, 1 - p);
  return dropoutOp(x, mask, reciprocal(1 - p, x.dtype));
}

/** 1 / x as tensors of the dtype divide. */
function reciprocal(x: number, dtype: DType): number {
  return dtype === "float32" ? Math.fround(1 / Math.fround(x)) : 1 / x;
}
