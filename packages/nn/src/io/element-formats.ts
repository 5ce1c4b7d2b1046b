/** How numbers stand in a file: little-endian, one after the other. */
import { exp2 } from "@torchlet/tensor/math";
import type { DType } from "@torchlet/tensor";

interface ReadFormat {
  /** Bytes that one element takes. */
  readonly size: number;
  /** The dtype that holds its values here. */
  readonly dtype: DType;
  readonly read: (view: DataView, at: number) => number;
}

/** What can be read, by the names that safetensors gives them. */
export const readFormats: Readonly<Record<string, ReadFormat>> = {
  F64: { size: 8, dtype: "float64", read: (view, at) => view.getFloat64(at, true) },
  F32: { size: 4, dtype: "float32", read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, dtype: "float32", read: (view, at) => halfToNumber(view.getUint16(at, true)) },
  BF16: { size: 2, dtype: "float32", read: (view, at) => brainToNumber(view.getUint16(at, true)) },
  I64: { size: 8, dtype: "int32", read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { size: 4, dtype: "int32", read: (view, at) => view.getInt32(at, true) },
  I16: { size: 2, dtype: "int32", read: (view, at) => view.getInt16(at, true) },
  I8: { size: 1, dtype: "int32", read: (view, at) => view.getInt8(at) },
  U8: { size: 1, dtype: "int32", read: (view, at) => view.getUint8(at) },
  BOOL: { size: 1, dtype: "bool", read: (view, at) => Number(view.getUint8(at) !== 0) },
};

interface WriteFormat {
  readonly name: string;
  readonly size: number;
  readonly write: (view: DataView, at: number, value: number) => void;
}

/** How each dtype is written, without loss. */
export const writeFormats: Readonly<Record<DType, WriteFormat>> = {
  float64: { name: "F64", size: 8, write: (view, at, value) => view.setFloat64(at, value, true) },
  float32: { name: "F32", size: 4, write: (view, at, value) => view.setFloat32(at, value, true) },
  int32: { name: "I32", size: 4, write: (view, at, value) => view.setInt32(at, value, true) },
  bool: { name: "BOOL", size: 1, write: (view, at, value) => view.setUint8(at, value) },
};

/** IEEE 754 binary16: 1 sign bit, 5 of the exponent, 10 of the fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 0x400;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * exp2(exponent - 15));
}

const word = new DataView(new ArrayBuffer(4));

/** bfloat16 is the upper half of a float32. */
function brainToNumber(bits: number): number {
  word.setUint16(0, bits);
  return word.getFloat32(0);
}
