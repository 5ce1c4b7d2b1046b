/** What all functions that make tensors have in common: how they take a shape, and their options. */
import { isFloatingPoint, type DType } from "./dtype.ts";
import { DTypeError, ShapeError } from "./errors.ts";
import { requireOptions } from "./options.ts";
import { checkShape, type Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Options of every function that makes a tensor. */
export interface TensorOptions {
  /** Element type. Default: `float32` (for `tensor()`: chosen from the data). */
  dtype?: DType;
  /** Whether `backward` shall compute a gradient for this tensor. Default: false. */
  requiresGrad?: boolean;
}

/** A shape as separate sizes, `zeros(2, 3)`, or as an array that options may follow, `zeros([2, 3], { dtype: "int32" })`. */
export type ShapeArguments<O = TensorOptions> = readonly number[] | readonly [shape: Shape, options?: O];

/** Takes the two forms of {@link ShapeArguments} apart. */
export function parseShape<O extends object>(
  op: string,
  args: ShapeArguments<O>,
): { shape: Shape; options: O | undefined } {
  const [first, second] = args;
  const parsed = Array.isArray(first)
    ? { shape: first as Shape, options: second as O | undefined }
    : { shape: args as readonly number[], options: undefined };
  if (parsed.shape.some((size) => typeof size === "object"))
    throw new ShapeError(op, `sizes that options follow must stand in an array: ${op}([2, 3], { ... })`);
  checkShape(op, parsed.shape);
  return parsed;
}

const NAMES = ["dtype", "requiresGrad"];

/** Applies the options that all creation functions share to a new tensor; their names may be more. */
export function finish(op: string, x: Tensor, options: TensorOptions = {}, names = NAMES): Tensor {
  requireOptions(op, options, "requiresGrad: true", names);
  return options.requiresGrad ? checkedRequiresGrad(op, x) : x;
}

function checkedRequiresGrad(op: string, x: Tensor): Tensor {
  if (!isFloatingPoint(x.dtype))
    throw new DTypeError(op, `requiresGrad needs a floating-point dtype, got ${x.dtype}`);
  return x.requiresGrad_();
}
