import { ShapeError, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";

export function matrix(op: string, x: Tensor): readonly [rows: number, columns: number] {
  if (x.ndim !== 2) throw new ShapeError(op, `needs a matrix, got ${format(x.shape)}`);
  return [x.shape[0]!, x.shape[1]!];
}
