import { DTypeError } from "./errors.ts";

/**
 * The element types: `float32` (the default), `float64`, `int32` (also the type of indices), `bool`.
 *
 * PyTorch: `torch.float32`, `torch.float64`, `torch.int32`, `torch.bool`. There is no 64-bit integer: JavaScript's numbers hold
 * integers exactly only up to 2^53, so indices are `int32` where PyTorch has `int64`.
 */
export type DType = "float32" | "float64" | "int32" | "bool";

/** The arrays that hold elements: one kind per {@link DType}; a `bool` is a byte that is 0 or 1. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Bytes of one element. */
const itemSize = { float32: 4, float64: 8, int32: 4, bool: 1 } as const satisfies Record<DType, number>;

/** Where a dtype stands in the promotion order: bool, then integers, then floating point. */
export const category = { bool: 0, int32: 1, float32: 2, float64: 2 } as const satisfies Record<
  DType,
  number
>;
const rank = { bool: 0, int32: 1, float32: 2, float64: 3 } as const satisfies Record<DType, number>;

// The next two are asked for every result: engines compare strings sooner than they look up properties that are not always the same.

/** How many bytes `length` elements take. */
export function bytesOf(dtype: DType, length: number): number {
  return length * (dtype === "float32" ? 4 : dtype === "float64" ? 8 : itemSize[dtype]);
}

/** What stands in memory for a number or a boolean: of a bool 0 or 1, where NaN is true as in PyTorch. */
export function elementOf(dtype: DType, value: number | boolean): number {
  return dtype === "bool" ? Number(Number(value) !== 0) : Number(value);
}

/** Whether elements are floating-point numbers, the only ones that can have a gradient. */
export function isFloatingPoint(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

/** Throws unless `dtype` names an element type. */
export function checkDType(op: string, dtype: DType): void {
  if (!Object.hasOwn(itemSize, dtype)) {
    throw new DTypeError(
      op,
      `unknown dtype ${JSON.stringify(dtype)}; choose one of ${Object.keys(itemSize).join(", ")}`,
    );
  }
}

/** Throws unless `dtype` is a floating-point type. */
export function requireFloatingPoint(op: string, dtype: DType): void {
  if (!isFloatingPoint(dtype))
    throw new DTypeError(op, `needs a floating-point tensor, got ${dtype}; convert it with .to("float32")`);
}

/**
 * The dtype that holds values of both: the wider of the two, in the order bool, int32, float32, float64.
 *
 * So do tensors with dimensions meet. A 0-d tensor or a plain number decides only where it is of a higher kind (bool < integer <
 * floating point): an int32 tensor times 0.5 is float32, a float32 tensor times a float64 scalar stays float32.
 *
 * PyTorch: [`torch.promote_types`](https://pytorch.org/docs/stable/generated/torch.promote_types.html).
 *
 * @param a - The one.
 * @param b - The other.
 *
 * @example
 * ```ts
 * import { promoteTypes, tensor } from "@torchlet/tensor";
 *
 * promoteTypes("int32", "float32"); // => "float32"
 * promoteTypes("bool", "int32"); // => "int32"
 * tensor([1, 2], { dtype: "int32" }).mul(0.5).dtype; // => "float32"
 * ```
 */
export function promoteTypes(a: DType, b: DType): DType {
  return rank[a] >= rank[b] ? a : b;
}

/** What takes part in an operation, as far as promotion cares: a dtype, and how strongly it counts. */
interface Participant {
  readonly dtype: DType;
  /** 2: a tensor with dimensions, 1: a tensor without, 0: a plain number or boolean. */
  readonly priority: 0 | 1 | 2;
}

/**
 * PyTorch's rule for mixed operands: a weaker participant (a 0-d tensor, a plain number) decides only when its category
 * (bool, integer, floating point) is higher than that of all stronger ones.
 */
export function resultType(participants: readonly Participant[]): DType {
  let result: DType | null = null;
  for (const priority of [2, 1, 0] as const) {
    let level: DType | null = null;
    for (const p of participants) {
      if (p.priority === priority) level = level === null ? p.dtype : promoteTypes(level, p.dtype);
    }
    if (level !== null && (result === null || category[level] > category[result])) result = level;
  }
  return result ?? "float32";
}

/** The dtype that a plain JavaScript value has when it meets tensors: an integer counts as an integer. */
export function dtypeOfScalar(value: number | boolean): DType {
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int32" : "float32";
}
