/** What reductions have in common. */
import type { Vjp } from "../../autograd/node.ts";
import { ShapeError } from "../../errors.ts";
import type { ReduceOp } from "../../kernels/plain/reduce.ts";
import { contiguousLayout } from "../../layout.ts";
import { defineOp } from "../../op.ts";
import { format, reducedShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

/** Which dimensions a reduction removes: one, several, or (left out, null or empty) all of them. */
export type Dims = number | readonly number[] | null;

/** Options of reductions. */
export interface ReduceOptions {
  /** Keep reduced dimensions with size 1. Default: false. */
  keepdim?: boolean;
}

/** The largest or smallest elements along a dimension, and where they stand. */
export interface ValuesAndIndices {
  /** The elements. */
  readonly values: Tensor;
  /** Positions along the dimension, as int32. */
  readonly indices: Tensor;
}

type Reduction = [dims: readonly number[], keepdim: boolean];
export type ReductionMaker = (y: Tensor, x: Tensor, dims: readonly number[]) => Vjp;

export function reduction(
  name: string,
  op: ReduceOp,
  vjp: ReductionMaker,
): (x: Tensor, ...params: Reduction) => Tensor {
  return defineOp<[x: Tensor], Reduction>(name, {
    shape: (x, dims, keepdim) => reducedShape(x.shape, dims, keepdim),
    run: (k, out, x, dims) =>
      k.reduce({ storage: out.storage, layout: contiguousLayout(reducedShape(x.shape, dims, true)) }, op, x),
    vjp: [vjp],
  });
}

/** How many elements each result is made of. */
export function countOver(shape: Shape, dims: readonly number[]): number {
  return dims.reduce((n, d) => n * shape[d]!, 1);
}

export function allDims(x: Tensor): readonly number[] {
  return x.shape.map((_, d) => d);
}

/** Throws where there is no element to choose from. */
export function requireElements(op: string, x: Tensor, dims: readonly number[]): void {
  const empty = dims.find((d) => x.shape[d] === 0);
  if (empty !== undefined)
    throw new ShapeError(
      op,
      `no elements to choose from: dimension ${empty} of shape ${format(x.shape)} has size 0`,
    );
}
