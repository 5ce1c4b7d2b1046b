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

/** The values as another dtype; the tensor itself if it has it already. */
export function to(x: Tensor, dtype: DType): Tensor {
  checkDType("to", dtype);
  return x.dtype === dtype ? x : toOp(x, dtype);
}

const cloneOp = defineOp<[x: Tensor]>("clone", {
  shape: (x) => x.shape,
  run: (k, out, x) => k.copy(out, x),
  vjp: [() => (g) => g],
});

/** A copy with a storage of its own, still part of the graph. */
export function clone(x: Tensor): Tensor {
  return cloneOp(x);
}

/** The tensor itself if it is contiguous, else a contiguous copy. */
export function contiguous(x: Tensor): Tensor {
  return x.layout.contiguous ? x : cloneOp(x);
}

/** The same values and storage without history: gradients stop here. */
export function detach(x: Tensor): Tensor {
  x.checkSaved();
  return new Tensor(x.storage, x.layout);
}
