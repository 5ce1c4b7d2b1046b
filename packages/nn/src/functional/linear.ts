import { DTypeError, ShapeError, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import { hidden } from "@torchlet/tensor/fused";
import { requireTensor } from "../arguments/tensors.ts";

/**
 * `x Wᵀ + b` on the last dimension.
 *
 * Gradients: `g W`, `gᵀ x` and the sum of `g`. PyTorch: [`F.linear`](https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html).
 *
 * @param x - Shape [..., in].
 * @param weight - Shape [out, in], or [in] for a single output without its dimension.
 * @param bias - Shape [out].
 * @returns Shape [..., out].
 * @throws ShapeError naming both shapes if the numbers of features differ.
 * @throws DTypeError if the dtypes differ, or the input is no tensor.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const weight = tensor([[1, 2], [3, 4], [5, 6]]);
 * F.linear(tensor([10, 1]), weight, tensor([0, 0, 1])).toArray(); // => [12, 34, 57]
 * ```
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  requireTensor("linear", "the input", x);
  requireTensor("linear", "the weight", weight);
  if (bias !== null) requireTensor("linear", "the bias", bias);
  const out = weight.shape.slice(0, -1);
  if (weight.ndim < 1 || weight.ndim > 2 || x.ndim === 0 || x.shape.at(-1) !== weight.shape.at(-1))
    throw new ShapeError(
      "linear",
      `input ${format(x.shape)} does not fit weight ${format(weight.shape)}: weights are [out, in], and the input's last dimension must be in`,
    );
  if (x.dtype !== weight.dtype)
    throw new DTypeError(
      "linear",
      `input is ${x.dtype}, the weight ${weight.dtype}; convert one, as in x.to("${weight.dtype}")`,
    );
  if (bias !== null && !(bias.ndim === 0 || (bias.ndim === out.length && bias.shape[0] === out[0])))
    throw new ShapeError(
      "linear",
      `bias ${format(bias.shape)} does not fit weight ${format(weight.shape)}: it must have one element per output`,
    );
  if (bias?.ndim === 1 && x.ndim === 2 && bias.dtype === x.dtype) return bias.addmm(x, weight.t());
  const y = hidden([x, weight], () => x.matmul(weight.t()));
  return bias === null ? y : y.add(bias);
}

/**
 * `y[n, o] = x1[n, :] W[o] x2[n, :]ᵀ + b[o]`, a product that depends on two inputs.
 *
 * PyTorch: [`F.bilinear`](https://pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html).
 *
 * @param x1 - Shape [..., in1].
 * @param x2 - Shape [..., in2], the same leading dimensions.
 * @param weight - Shape [out, in1, in2].
 * @param bias - Shape [out].
 * @returns Shape [..., out].
 * @throws ShapeError if the shapes do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * const weight = tensor([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]);
 * F.bilinear(tensor([2, 3]), tensor([5, 7]), weight).toArray(); // => [31, 29]
 * ```
 */
export function bilinear(x1: Tensor, x2: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  requireTensor("bilinear", "the first input", x1);
  requireTensor("bilinear", "the second input", x2);
  requireTensor("bilinear", "the weight", weight);
  if (bias !== null) requireTensor("bilinear", "the bias", bias);
  const [, in1, in2] = weight.shape;
  const leading = format(x1.shape.slice(0, -1));
  if (
    weight.ndim !== 3 ||
    x1.shape.at(-1) !== in1 ||
    x2.shape.at(-1) !== in2 ||
    leading !== format(x2.shape.slice(0, -1))
  )
    throw new ShapeError(
      "bilinear",
      `inputs ${format(x1.shape)} and ${format(x2.shape)} do not fit weight ${format(weight.shape)}, which is [out, in1, in2]`,
    );
  const y = hidden([x1, x2, weight], () => {
    const left = x1.unsqueeze(-2).unsqueeze(-2).matmul(weight).squeeze(-2); // [..., out, in2]
    return left.mul(x2.unsqueeze(-2)).sum(-1);
  });
  return bias === null ? y : y.add(bias);
}
