import { checkDType, elementOf, type DType, type TypedArray } from "./dtype.ts";
import { DTypeError, ShapeError, ValueError } from "./errors.ts";
import { kernels } from "./kernels/kernels.ts";
import { contiguousLayout } from "./layout.ts";
import { kindOf } from "./options.ts";
import { checkShape, format, numelOf, type Shape } from "./shape.ts";
import { allocate } from "./storage/arrays.ts";
import { Storage } from "./storage/storage.ts";
import { finish, parseShape, type ShapeArguments, type TensorOptions } from "./tensor-options.ts";
import { Tensor } from "./tensor.ts";

/** What {@link tensor} accepts: a number or boolean, arrays of them nested to any depth, or a typed array. */
export type TensorData =
  | number
  | boolean
  | readonly TensorData[]
  | TypedArray
  | Int8Array
  | Int16Array
  | Uint16Array
  | Uint8ClampedArray;

/**
 * A tensor with a copy of `data`.
 *
 * The dtype follows the data unless `dtype` says otherwise: numbers give `float32`, booleans `bool`, a `Float32Array`, `Float64Array`
 * or `Int32Array` its own type, other integer arrays `int32`. (PyTorch makes integers of `[1, 2]`; JavaScript cannot tell 1 from 1.0.)
 * PyTorch: [`torch.tensor`](https://pytorch.org/docs/stable/generated/torch.tensor.html).
 *
 * @param data - The values.
 * @param options - `dtype`, `requiresGrad`.
 * @throws ShapeError if nested arrays are ragged.
 * @throws DTypeError if something in `data` is no number or boolean.
 * @throws ValueError if a number does not fit `int32`, NaN included; a fraction is cut off, as in PyTorch.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2, 3], [4, 5, 6]]).shape; // => [2, 3]
 * tensor([true, false]).dtype; // => "bool"
 * tensor(2.5).item(); // => 2.5
 * ```
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  if (options.dtype !== undefined) checkDType("tensor", options.dtype);
  const shape = shapeOf(data);
  const flat = new Array<number | boolean>();
  const source = ArrayBuffer.isView(data) ? data : (collect(data, shape, 0, flat), flat);
  const dtype = options.dtype ?? dtypeOf(data, flat);
  const elements = allocate(dtype, numelOf(shape));
  if (dtype === "bool") for (let i = 0; i < elements.length; i++) elements[i] = elementOf(dtype, source[i]!);
  else elements.set(source as ArrayLike<number>);
  if (dtype === "int32") requireIntegers(source, elements);
  return finish("tensor", new Tensor(new Storage(dtype, elements), contiguousLayout(shape)), options);
}

/** Throws where an integer is not the number that was given, apart from its fraction. */
function requireIntegers(given: ArrayLike<number | boolean>, integers: TypedArray): void {
  for (let i = 0; i < integers.length; i++)
    if (Math.trunc(Number(given[i])) !== integers[i])
      throw new ValueError(
        "tensor",
        `${String(given[i])} at position ${i} does not fit int32, which holds whole numbers from -2147483648 to 2147483647`,
      );
}

function shapeOf(data: TensorData): Shape {
  const shape: number[] = [];
  for (
    let level: unknown = data;
    Array.isArray(level) || ArrayBuffer.isView(level);
    level = (level as ArrayLike<unknown>)[0]
  ) {
    shape.push((level as unknown as ArrayLike<unknown>).length);
    if (shape.at(-1) === 0) break;
  }
  return shape;
}

function collect(data: unknown, shape: Shape, dim: number, into: (number | boolean)[]): void {
  const where = `at depth ${dim}`;
  if (dim === shape.length) {
    if (typeof data === "number" || typeof data === "boolean") into.push(data);
    else if (Array.isArray(data) || ArrayBuffer.isView(data))
      throw new ShapeError("tensor", `ragged data: an array ${where} where its neighbours are single values`);
    else
      throw new DTypeError(
        "tensor",
        `elements must be numbers or booleans, got ${kindOf(data)} ${where}${data instanceof Tensor ? "; stack([...]) makes one tensor of several" : ""}`,
      );
    return;
  }
  const list = data as ArrayLike<unknown>;
  if (!Array.isArray(data) && !ArrayBuffer.isView(data))
    throw new ShapeError(
      "tensor",
      `ragged data: a single value ${where} where its neighbours are arrays of length ${shape[dim]}`,
    );
  if (list.length !== shape[dim])
    throw new ShapeError(
      "tensor",
      `ragged data: an array of length ${list.length} ${where} beside one of length ${shape[dim]}`,
    );
  for (let i = 0; i < list.length; i++) collect(list[i], shape, dim + 1, into);
}

function dtypeOf(data: TensorData, flat: readonly (number | boolean)[]): DType {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Float32Array) return "float32";
  if (ArrayBuffer.isView(data)) return "int32";
  return flat.length > 0 && flat.every((v) => typeof v === "boolean") ? "bool" : "float32";
}

/**
 * A tensor that uses `data` itself, without a copy: writing into either is seen in both.
 *
 * PyTorch: [`torch.from_numpy`](https://pytorch.org/docs/stable/generated/torch.from_numpy.html).
 *
 * @param data - The elements in row-major order; a `Uint8Array` is taken as `bool` and must hold 0 and 1 only.
 * @param shape - The shape. Default: one dimension.
 * @throws ShapeError if `shape` has another number of elements than `data`.
 *
 * @example
 * ```ts
 * import { fromTypedArray } from "@torchlet/tensor";
 *
 * const bytes = new Float32Array([1, 2, 3, 4]);
 * const x = fromTypedArray(bytes, [2, 2]);
 * bytes[0] = 9;
 * x.toArray(); // => [[9, 2], [3, 4]]
 * ```
 */
export function fromTypedArray(data: TypedArray, shape: Shape = [data.length]): Tensor {
  checkShape("fromTypedArray", shape);
  if (numelOf(shape) !== data.length)
    throw new ShapeError(
      "fromTypedArray",
      `shape ${format(shape)} has ${numelOf(shape)} elements, the array has ${data.length}`,
    );
  const dtype = data instanceof Uint8Array ? "bool" : dtypeOf(data, []);
  return new Tensor(new Storage(dtype, data), contiguousLayout(shape));
}

/**
 * Zeros.
 *
 * PyTorch: [`torch.zeros`](https://pytorch.org/docs/stable/generated/torch.zeros.html).
 *
 * @param args - The shape, `zeros(2, 3)` or `zeros([2, 3])`; after an array also options: `dtype` (default float32), `requiresGrad`.
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 *
 * zeros(2, 3).toArray(); // => [[0, 0, 0], [0, 0, 0]]
 * zeros([2], { dtype: "int32" }).dtype; // => "int32"
 * ```
 */
export function zeros(...args: ShapeArguments): Tensor {
  const { shape, options } = parseShape("zeros", args);
  return filled("zeros", shape, 0, options);
}

/**
 * Ones.
 *
 * PyTorch: [`torch.ones`](https://pytorch.org/docs/stable/generated/torch.ones.html).
 *
 * @param args - The shape, `ones(2, 3)` or `ones([2, 3])`; after an array also options: `dtype` (default float32), `requiresGrad`.
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 *
 * ones(2, 3).toArray(); // => [[1, 1, 1], [1, 1, 1]]
 * ones([2], { dtype: "bool" }).toArray(); // => [true, true]
 * ```
 */
export function ones(...args: ShapeArguments): Tensor {
  const { shape, options } = parseShape("ones", args);
  return filled("ones", shape, 1, options);
}

/**
 * Memory whose content is unspecified (at present zeros).
 *
 * PyTorch: [`torch.empty`](https://pytorch.org/docs/stable/generated/torch.empty.html).
 *
 * @param args - The shape, `empty(2, 3)` or `empty([2, 3])`; after an array also options: `dtype` (default float32), `requiresGrad`.
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { empty } from "@torchlet/tensor";
 *
 * const buffer = empty([2, 3], { dtype: "float64" });
 * buffer.fill_(7).toArray(); // => [[7, 7, 7], [7, 7, 7]]
 * ```
 */
export function empty(...args: ShapeArguments): Tensor {
  const { shape, options } = parseShape("empty", args);
  return filled("empty", shape, 0, options);
}

/**
 * One value everywhere; a boolean gives `bool`, a number `float32`.
 *
 * PyTorch: [`torch.full`](https://pytorch.org/docs/stable/generated/torch.full.html); there, an integer value gives integers.
 *
 * @param shape - The shape; `[]` for a single number.
 * @param value - The value.
 * @param options - `dtype`, `requiresGrad`.
 * @throws ShapeError if a size is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { full } from "@torchlet/tensor";
 *
 * full([2, 2], 3.5).toArray(); // => [[3.5, 3.5], [3.5, 3.5]]
 * full([2], true).dtype; // => "bool"
 * ```
 */
export function full(shape: Shape, value: number | boolean, options: TensorOptions = {}): Tensor {
  checkShape("full", shape);
  return filled("full", shape, value, options, typeof value === "boolean" ? "bool" : "float32");
}

function filled(
  op: string,
  shape: Shape,
  value: number | boolean,
  options: TensorOptions = {},
  usual: DType = "float32",
): Tensor {
  const dtype = options.dtype ?? usual;
  checkDType(op, dtype);
  const x = value === 0 ? Tensor.allocate(shape, dtype) : Tensor.unset(shape, dtype);
  if (value !== 0) kernels().fill(x, elementOf(dtype, value));
  return finish(op, x, options);
}

/**
 * Zeros in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.zeros_like`](https://pytorch.org/docs/stable/generated/torch.zeros_like.html).
 *
 * @param x - Only its shape and dtype count; the result has no history.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { tensor, zerosLike } from "@torchlet/tensor";
 *
 * zerosLike(tensor([true, false])).toArray(); // => [false, false]
 * ```
 */
export function zerosLike(x: Tensor, options?: TensorOptions): Tensor {
  return filled("zerosLike", x.shape, 0, options, x.dtype);
}

/**
 * Ones in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.ones_like`](https://pytorch.org/docs/stable/generated/torch.ones_like.html).
 *
 * @param x - Only its shape and dtype count; the result has no history.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { onesLike, tensor } from "@torchlet/tensor";
 *
 * onesLike(tensor([[5, 6]])).toArray(); // => [[1, 1]]
 * ```
 */
export function onesLike(x: Tensor, options?: TensorOptions): Tensor {
  return filled("onesLike", x.shape, 1, options, x.dtype);
}

/**
 * Unspecified content (at present zeros) in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.empty_like`](https://pytorch.org/docs/stable/generated/torch.empty_like.html).
 *
 * @param x - Only its shape and dtype count; the result has no history.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { emptyLike, tensor } from "@torchlet/tensor";
 *
 * emptyLike(tensor([[5, 6]])).shape; // => [1, 2]
 * ```
 */
export function emptyLike(x: Tensor, options?: TensorOptions): Tensor {
  return filled("emptyLike", x.shape, 0, options, x.dtype);
}

/**
 * One value in the shape and dtype of `x`.
 *
 * PyTorch: [`torch.full_like`](https://pytorch.org/docs/stable/generated/torch.full_like.html).
 *
 * @param x - Only its shape and dtype count; the result has no history.
 * @param value - The value; an int32 tensor keeps its integer part.
 * @param options - `dtype` instead of that of `x`; `requiresGrad`.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { fullLike, tensor } from "@torchlet/tensor";
 *
 * fullLike(tensor([[5, 6]]), 0.5).toArray(); // => [[0.5, 0.5]]
 * ```
 */
export function fullLike(x: Tensor, value: number | boolean, options?: TensorOptions): Tensor {
  return filled("fullLike", x.shape, value, options, x.dtype);
}

/**
 * The identity matrix, or the start of it, with `n` rows and `m` columns.
 *
 * PyTorch: [`torch.eye`](https://pytorch.org/docs/stable/generated/torch.eye.html).
 *
 * @param n - The number of rows.
 * @param m - The number of columns. Default: `n`.
 * @param options - `dtype` (default float32), `requiresGrad`.
 * @returns Shape `[n, m]`: 1 where row and column are the same, else 0.
 * @throws ShapeError if `n` or `m` is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { eye } from "@torchlet/tensor";
 *
 * eye(2, 3).toArray(); // => [[1, 0, 0], [0, 1, 0]]
 * ```
 */
export function eye(n: number, m: number = n, options: TensorOptions = {}): Tensor {
  checkShape("eye", [n, m]);
  const x = filled("eye", [n, m], 0, { dtype: options.dtype ?? "float32" });
  for (let i = 0; i < Math.min(n, m); i++) x.storage.data[i * m + i] = 1;
  return finish("eye", x, options);
}

/**
 * Numbers from `start` (inclusive) to `end` (exclusive) in steps of `step`.
 *
 * Element `i` is `start + i step`, computed in float64 and then rounded to the dtype. With an int32 dtype, the three lose their
 * fractions first.
 *
 * PyTorch: [`torch.arange`](https://pytorch.org/docs/stable/generated/torch.arange.html); there, whole numbers give int64.
 *
 * @param args - `end`; or `start`, `end` and `step` (default 1). Then options: `dtype` (default float32), `requiresGrad`.
 * @returns A vector of `ceil((end - start) / step)` elements.
 * @throws ValueError if `step` is 0, leads away from `end`, or a number is not finite.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 *
 * arange(4).toArray(); // => [0, 1, 2, 3]
 * arange(3, 0, -1, { dtype: "int32" }).toArray(); // => [3, 2, 1]
 * arange(0, 1, 0.25).toArray(); // => [0, 0.25, 0.5, 0.75]
 * ```
 */
export function arange(
  ...args:
    | readonly [end: number, options?: TensorOptions]
    | readonly [
        start: number,
        end: number,
        ...rest: readonly [options?: TensorOptions] | readonly [step: number, options?: TensorOptions],
      ]
): Tensor {
  const options = args.find((a): a is TensorOptions => typeof a === "object") ?? {};
  // Integers count in whole steps from the start.
  const whole = options.dtype === "int32" ? Math.trunc : Number;
  const numbers = args.filter((a) => typeof a === "number").map((a) => whole(a));
  const [start, end, step] =
    numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  if (![start, end, step].every(Number.isFinite))
    throw new ValueError("arange", `start, end and step must be finite, got ${start}, ${end}, ${step}`);
  if (step === 0) throw new ValueError("arange", "step must not be 0");
  if ((end - start) * step < 0)
    throw new ValueError("arange", `end ${end} cannot be reached from start ${start} with step ${step}`);
  const x = filled("arange", [Math.ceil((end - start) / step)], 0, { dtype: options.dtype ?? "float32" });
  const { data } = x.storage;
  for (let i = 0; i < data.length; i++) data[i] = start + i * step;
  return finish("arange", x, options);
}

/**
 * `steps` evenly spaced numbers from `start` to `end`, both included.
 *
 * PyTorch: [`torch.linspace`](https://pytorch.org/docs/stable/generated/torch.linspace.html).
 *
 * @param start - The first number.
 * @param end - The last number; with a single step, `start` wins.
 * @param steps - How many.
 * @param options - `dtype` (default float32), `requiresGrad`.
 * @returns A vector of `steps` elements.
 * @throws ValueError if `steps` is negative or no integer.
 * @throws DTypeError if `requiresGrad` is asked of integers or booleans.
 *
 * @example
 * ```ts
 * import { linspace } from "@torchlet/tensor";
 *
 * linspace(0, 1, 5).toArray(); // => [0, 0.25, 0.5, 0.75, 1]
 * ```
 */
export function linspace(start: number, end: number, steps: number, options: TensorOptions = {}): Tensor {
  if (!Number.isInteger(steps) || steps < 0)
    throw new ValueError("linspace", `steps must be a non-negative integer, got ${steps}`);
  const x = filled("linspace", [steps], 0, { dtype: options.dtype ?? "float32" });
  const { data } = x.storage;
  const [first, last] = x.dtype === "int32" ? [Math.trunc(start), Math.trunc(end)] : [start, end];
  const step = (last - first) / (steps - 1);
  // From both ends, so that the result is symmetric and the last number is exact.
  const half = Math.floor(steps / 2);
  for (let i = 0; i < steps; i++) data[i] = i < half ? first + i * step : last - (steps - 1 - i) * step;
  if (steps === 1) data[0] = first;
  return finish("linspace", x, options);
}
