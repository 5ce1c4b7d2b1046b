/**
 * Which functions are also methods of {@link Tensor}: `x.name(...rest)` is `name(x, ...rest)`.
 *
 * The functions know the class, and the class must not import the functions: so the class learns its methods here, at import, while
 * its type learns them from {@link TensorMethods}.
 */
import { backward } from "./autograd/backward.ts";
import { at } from "./indexing.ts";
import * as inplace from "./inplace/index.ts";
import * as ops from "./ops/methods.ts";
import { Tensor } from "./tensor.ts";

type Method<F> = F extends (x: never, ...rest: infer R extends readonly unknown[]) => infer Y
  ? (...rest: R) => Y
  : never;
type Methods<T> = { [K in keyof T]: Method<T[K]> };

const others = { at, backward };

/** The methods that {@link Tensor} has from the functions of the same name, which document them. */
export interface TensorMethods
  extends Methods<Omit<typeof ops, "max" | "min">>, Methods<typeof inplace>, Methods<typeof others> {
  /**
   * The largest element of all; NaN if there is one. Gradient: to the largest, in equal parts if several are.
   *
   * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
   *
   * @returns A 0-d tensor.
   * @throws ShapeError if there are no elements.
   */
  max(): Tensor;
  /**
   * The largest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are largest.
   *
   * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
   *
   * @param dim - The dimension.
   * @param options - `keepdim`: keep the dimension with size 1 (default false).
   * @returns `values`, and `indices` along `dim` as int32; both without `dim`.
   * @throws ShapeError if there is no such dimension, or it has size 0.
   */
  max(dim: number, options?: ops.ReduceOptions): ops.ValuesAndIndices;
  /**
   * Elementwise the larger of two: {@link maximum}.
   *
   * PyTorch: [`torch.max`](https://pytorch.org/docs/stable/generated/torch.max.html).
   *
   * @param other - A shape that broadcasts.
   * @throws ShapeError if the shapes do not broadcast.
   */
  max(other: Tensor): Tensor;
  /**
   * The smallest element of all; NaN if there is one. Gradient: to the smallest, in equal parts if several are.
   *
   * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
   *
   * @returns A 0-d tensor.
   * @throws ShapeError if there are no elements.
   */
  min(): Tensor;
  /**
   * The smallest elements along `dim`, and where they stand. Gradient: to these elements, the first where several are smallest.
   *
   * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
   *
   * @param dim - The dimension.
   * @param options - `keepdim`: keep the dimension with size 1 (default false).
   * @returns `values`, and `indices` along `dim` as int32; both without `dim`.
   * @throws ShapeError if there is no such dimension, or it has size 0.
   */
  min(dim: number, options?: ops.ReduceOptions): ops.ValuesAndIndices;
  /**
   * Elementwise the smaller of two: {@link minimum}.
   *
   * PyTorch: [`torch.min`](https://pytorch.org/docs/stable/generated/torch.min.html).
   *
   * @param other - A shape that broadcasts.
   * @throws ShapeError if the shapes do not broadcast.
   */
  min(other: Tensor): Tensor;
}

function define(name: string, f: (x: Tensor, ...rest: never) => unknown): void {
  const call = f as (...args: unknown[]) => unknown;
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]) {
      return call(this, ...rest);
    },
    writable: true,
    configurable: true,
  });
}

for (const [name, f] of Object.entries({ ...ops, ...inplace, ...others })) define(name, f);
