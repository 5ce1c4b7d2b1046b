/** What is asked of tensors that say where others are read or written. */
import { DTypeError, IndexError, ShapeError } from "../errors.ts";
import { format, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export function checkIndex(op: string, index: Tensor, size: number): void {
  if (index.dtype !== "int32")
    throw new DTypeError(op, `the index must be int32, got ${index.dtype}; convert it with .to("int32")`);
  const values = index.toTypedArray();
  let signs = 0;
  for (let k = 0; k < values.length; k++) signs |= values[k]! | (size - 1 - values[k]!);
  if (signs >= 0) return;
  const outside = values.find((i) => i < 0 || i >= size)!;
  throw new IndexError(op, `index ${outside} is out of range for a dimension of size ${size}`);
}

/** An index may be smaller than what it points into, except along `dim`, where its size is free. */
export function checkFits(op: string, index: Tensor, shape: Shape, dim: number, what: string): void {
  if (index.ndim !== shape.length)
    throw new ShapeError(
      op,
      `index ${format(index.shape)} and ${what} ${format(shape)} must have the same number of dimensions`,
    );
  index.shape.forEach((size, d) => {
    if (d !== dim && size > shape[d]!)
      throw new ShapeError(
        op,
        `index ${format(index.shape)} exceeds ${what} ${format(shape)} at dimension ${d}`,
      );
  });
}
