import { ShapeError } from "../errors.ts";
import { arange } from "../create.ts";
import { format } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** The lower triangle of the last two dimensions, up to `diagonal` columns right of the main diagonal; the rest is 0. */
export function tril(x: Tensor, diagonal = 0): Tensor {
  return x.maskedFill(columnsMinusRows("tril", x).gt(diagonal), 0);
}

/** The upper triangle of the last two dimensions, from `diagonal` columns right of the main diagonal on; the rest is 0. */
export function triu(x: Tensor, diagonal = 0): Tensor {
  return x.maskedFill(columnsMinusRows("triu", x).lt(diagonal), 0);
}

function columnsMinusRows(op: string, x: Tensor): Tensor {
  if (x.ndim < 2) throw new ShapeError(op, `needs at least 2 dimensions, got ${format(x.shape)}`);
  const rows = arange(x.shape.at(-2)!, { dtype: "int32" }).unsqueeze(1);
  return arange(x.shape.at(-1)!, { dtype: "int32" }).sub(rows);
}
