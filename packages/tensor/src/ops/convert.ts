import { checkDType, type DType } from "../dtype.ts";
import { defineOp } from "../op.ts";
import { Tensor } from "../tensor.ts";

const toOp = defineOp<[x: Tensor], [dtype: DType]>("to", {
  shape: (x) => x.shape,
  dtype: (_, dtype) => dtype,
  run: (k, out, x) => k.copy(out, x),
  vjp: [
    (_, { dtype }) =>
      (g) =>
        to(g, dtype),
  ],
});

/**
 * The values as another dtype; the tensor itself if it has it already. Gradient: `g`, converted back.
 *
 * To int32, numbers lose their fraction (NaN becomes 0, numbers beyond the range wrap around); to bool, everything but 0 is true, NaN
 * too. From and to integers no gradient flows.
 *
 * PyTorch: [`Tensor.to`](https://pytorch.org/docs/stable/generated/torch.Tensor.to.html); there, NaN becomes the smallest integer,
 * and a device may be named.
 *
 * @param x - Any shape, any dtype.
 * @param dtype - The dtype to have.
 * @returns Shape of `x`; a copy, unless `x` itself.
 * @throws DTypeError if there is no such dtype.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1.9, -1.9, 0]).to("int32").toArray(); // => [1, -1, 0]
 * tensor([1.9, -1.9, 0]).to("bool").toArray(); // => [true, true, false]
 * ```
 */
export function to(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  checkDType("to", dtype);
  return toOp(x, dtype);
}

const cloneOp = defineOp<[x: Tensor]>("clone", {
  shape: (x) => x.shape,
  run: (k, out, x) => k.copy(out, x),
  vjp: [() => (g) => g],
});

/**
 * A copy with a storage of its own, still part of the graph. Gradient: `g`.
 *
 * Contiguous, whatever the strides of `x`. For a copy without history, `x.detach().clone()`.
 *
 * PyTorch: [`torch.clone`](https://pytorch.org/docs/stable/generated/torch.clone.html); there, the strides may be kept.
 *
 * @param x - Any shape, any dtype.
 * @returns Shape and dtype of `x`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([1, 2]);
 * x.clone().fill_(0);
 * x.toArray(); // => [1, 2]
 * ```
 */
export function clone(x: Tensor): Tensor {
  return cloneOp(x);
}

/**
 * The tensor itself if it is contiguous, else a contiguous copy. Gradient: `g`.
 *
 * PyTorch: [`Tensor.contiguous`](https://pytorch.org/docs/stable/generated/torch.Tensor.contiguous.html).
 *
 * @param x - Any shape, any dtype.
 * @returns The same elements, one after the other in row-major order.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, 2], [3, 4]]).t();
 * x.strides; // => [1, 2]
 * x.contiguous().strides; // => [2, 1]
 * ```
 */
export function contiguous(x: Tensor): Tensor {
  return x.layout.contiguous ? x : cloneOp(x);
}

/**
 * The same values and storage without history: gradients stop here.
 *
 * Memory is shared: an in-place change of either shows in both.
 *
 * PyTorch: [`Tensor.detach`](https://pytorch.org/docs/stable/generated/torch.Tensor.detach.html).
 *
 * @param x - Any shape, any dtype.
 * @returns A tensor that does not require a gradient.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([3], { requiresGrad: true });
 * x.mul(x.detach()).sum().backward(); // the second factor counts as a constant
 * x.grad?.toArray(); // => [3]
 * ```
 */
export function detach(x: Tensor): Tensor {
  x.checkSaved();
  return new Tensor(x.storage, x.layout);
}
