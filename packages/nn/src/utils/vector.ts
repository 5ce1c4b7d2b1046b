import { cat, noGrad, ShapeError, ValueError, type Tensor } from "@torchlet/tensor";
import { hidden } from "@torchlet/tensor/fused";
import { requireTensor, requireTensorList } from "../arguments/tensors.ts";

/**
 * All parameters one after the other in a single vector. Differentiable.
 *
 * PyTorch: [`parameters_to_vector`](https://pytorch.org/docs/stable/generated/torch.nn.utils.parameters_to_vector.html).
 *
 * @param parameters - At least one tensor.
 * @returns A 1-d tensor with as many elements as all of them together.
 * @throws ValueError if there is none.
 *
 * @example
 * ```ts
 * import { utils } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * utils.parametersToVector([tensor([[1, 2], [3, 4]]), tensor([5])]).toArray(); // => [1, 2, 3, 4, 5]
 * ```
 */
export function parametersToVector(parameters: Iterable<Tensor>): Tensor {
  const list = requireTensorList("parametersToVector", parameters);
  if (list.length === 0) throw new ValueError("parametersToVector", "needs at least one parameter");
  return hidden(list, () => cat(list.map((x) => x.reshape(-1))));
}

/**
 * Copies a vector into parameters, piece by piece, in place and without recording.
 *
 * PyTorch: [`vector_to_parameters`](https://pytorch.org/docs/stable/generated/torch.nn.utils.vector_to_parameters.html), which puts views of
 * the vector into the parameters; here they keep their own memory.
 *
 * @param vector - A 1-d tensor, such as {@link parametersToVector} makes.
 * @param parameters - What to write into.
 * @throws ShapeError if the vector has not as many elements as all parameters together; nothing is then changed.
 *
 * @example
 * ```ts
 * import { utils } from "@torchlet/nn";
 * import { tensor, zeros } from "@torchlet/tensor";
 *
 * const [w, b] = [zeros(2, 2), zeros(1)];
 * utils.vectorToParameters(tensor([1, 2, 3, 4, 5]), [w, b]);
 * w.toArray(); // => [[1, 2], [3, 4]]
 * ```
 */
export function vectorToParameters(vector: Tensor, parameters: Iterable<Tensor>): void {
  requireTensor("vectorToParameters", "the vector", vector);
  const list = requireTensorList("vectorToParameters", parameters);
  const total = list.reduce((sum, { numel }) => sum + numel, 0);
  if (vector.ndim !== 1 || vector.numel !== total)
    throw new ShapeError(
      "vectorToParameters",
      `a vector of shape [${vector.shape.join(", ")}] for parameters with ${total} elements together`,
    );
  noGrad(() => {
    let start = 0;
    for (const x of list) {
      x.copy_(vector.narrow(0, start, x.numel).view(x.shape));
      start += x.numel;
    }
  });
}
