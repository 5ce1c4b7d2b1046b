/** Functions of all elements along a dimension. */
import { ShapeError, type DType, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import { requireTensor } from "../../arguments/tensors.ts";

/**
 * One half of `x` along `dim`, gated by the sigmoid of the other: `a σ(b)`. Gradients: by the product rule.
 *
 * PyTorch: [`F.glu`](https://pytorch.org/docs/stable/generated/torch.nn.functional.glu.html).
 *
 * @param x - Any shape.
 * @param dim - The dimension that is halved. Default: -1.
 * @throws ShapeError if its size is odd, or `x` has no dimensions.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.glu(tensor([[8, 6, 0, Infinity]])).toArray(); // => [[4, 6]]
 * ```
 */
export function glu(x: Tensor, dim = -1): Tensor {
  requireTensor("glu", "the input", x);
  if (x.ndim === 0) throw new ShapeError("glu", "a 0-d tensor has no halves");
  const size = x.size(dim);
  if (size % 2 !== 0)
    throw new ShapeError(
      "glu",
      `dimension ${dim} of shape ${format(x.shape)} has the odd size ${size}, which has no halves`,
    );
  return x.narrow(dim, 0, size / 2).mul(x.narrow(dim, size / 2, size / 2).sigmoid());
}

/** Options of {@link softmax}, {@link logSoftmax} and {@link softmin}. */
export interface SoftmaxOptions {
  /** Convert to this dtype before. Default: that of the input. */
  dtype?: DType;
}

/**
 * `eˣ / Σ eˣ` along `dim`: positive numbers that add up to 1. Gradient: `y (g - Σ g y)`.
 *
 * PyTorch: [`F.softmax`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html), where leaving out `dim` guesses it
 * with a warning; here `dim` is required.
 *
 * @param x - Any shape.
 * @param dim - Along which the results add up to 1.
 * @param options - `dtype`: convert to it before.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softmax(tensor([[0, 0], [1000, 0]]), 1).toArray(); // => [[0.5, 0.5], [1, 0]]
 * ```
 */
export function softmax(x: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  requireTensor("softmax", "the input", x);
  return x.softmax(dim, options);
}

/**
 * `x - log Σ eˣ` along `dim`: the logarithm of {@link softmax}, without its loss of precision. Gradient: `g - eʸ Σ g`.
 *
 * PyTorch: [`F.log_softmax`](https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html).
 *
 * @param x - Any shape.
 * @param dim - Along which the exponentials of the results add up to 1.
 * @param options - `dtype`: convert to it before.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.logSoftmax(tensor([1000, 0]), 0).toArray(); // => [0, -1000]
 * ```
 */
export function logSoftmax(x: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  requireTensor("logSoftmax", "the input", x);
  return x.logSoftmax(dim, options);
}

/**
 * {@link softmax} of `-x`.
 *
 * PyTorch: [`F.softmin`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softmin.html).
 *
 * @param x - Any shape.
 * @param dim - Along which the results add up to 1.
 * @param options - `dtype`: convert to it before.
 * @throws ShapeError if there is no such dimension.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softmin(tensor([1000, 0]), 0).toArray(); // => [0, 1]
 * ```
 */
export function softmin(x: Tensor, dim: number, options: SoftmaxOptions = {}): Tensor {
  requireTensor("softmin", "the input", x);
  return x.neg().softmax(dim, options);
}
