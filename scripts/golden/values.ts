/** Between golden data and tensors: building arguments, comparing results. */
import * as T from "../../packages/tensor/src/index.ts";
import { Layout, contiguousLayout } from "../../packages/tensor/src/layout.ts";
import { allocate } from "../../packages/tensor/src/storage/arrays.ts";
import { Storage } from "../../packages/tensor/src/storage/storage.ts";
import type { DTypeName, GoldenArg, GoldenTensor, JsonNumber } from "./format.ts";
import { isTensor } from "./format.ts";

export const dtypes = {
  f64: "float64",
  f32: "float32",
  i64: "int32",
  bool: "bool",
} as const satisfies Record<DTypeName, T.DType>;

const torchDTypes: Readonly<Record<string, T.DType>> = {
  float64: "float64",
  float32: "float32",
  int64: "int32",
  int32: "int32",
  bool: "bool",
};

/** Something that torchlet does not have: the case counts as skipped. */
export class NotSupported extends Error {}

function toNumber(x: JsonNumber): number {
  return Number(x);
}

/** Whether every number fits into 32 bits, where the data are integers. */
export function fitsInt32(x: GoldenTensor): boolean {
  return x.t !== "i64" || x.d.every((v) => toNumber(v) === (toNumber(v) | 0));
}

/** What stands in memory between the elements of a strided tensor: reading it by mistake spoils every result. */
const gap = { float64: 1e300, float32: 1e30, int32: 0x5eadbeef, bool: 1 } as const;

/** A tensor laid out with its own strides, which require a gradient where the data say so. */
function buildTensor(x: GoldenTensor): T.Tensor {
  const dtype = dtypes[x.t];
  const layout = x.st === undefined ? contiguousLayout(x.s) : new Layout(x.s, x.st, 0);
  const reach = x.s.reduce((n, size, d) => n + (size - 1) * layout.strides[d]!, 1);
  const storage = new Storage(dtype, allocate(dtype, layout.numel === 0 ? 0 : reach).fill(gap[dtype]));
  const tensor = new T.Tensor(storage, layout);
  const flat = allocate(dtype, x.d.length);
  x.d.forEach((v, i) => (flat[i] = toNumber(v)));
  scatter(tensor, flat);
  return x.g === 1 ? tensor.requiresGrad_() : tensor;
}

/** Writes row-major elements to where a layout wants them. */
function scatter(x: T.Tensor, flat: ArrayLike<number>): void {
  const index = x.shape.map(() => 0);
  for (let i = 0; i < flat.length; i++) {
    x.storage.data[index.reduce((at, k, d) => at + k * x.strides[d]!, x.storageOffset)] = flat[i]!;
    for (let d = index.length - 1; d >= 0; d--) {
      index[d]! += 1;
      if (index[d]! < x.shape[d]!) break;
      index[d] = 0;
    }
  }
}

/** A Python float that JavaScript would take for an integer, or for which an integer tensor must not be asked. */
export class PythonFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Arguments in the order in which their tensors were built, or of which `given` tensors take the place. */
export class Arguments {
  readonly tensors: T.Tensor[] = [];
  private readonly given: readonly T.Tensor[];

  constructor(given: readonly T.Tensor[] = []) {
    this.given = given;
  }

  decode(x: GoldenArg): unknown {
    if (isTensor(x)) {
      const tensor = this.given[this.tensors.length] ?? buildTensor(x);
      this.tensors.push(tensor);
      return tensor;
    }
    if (Array.isArray(x)) return (x as readonly GoldenArg[]).map((y) => this.decode(y));
    if (typeof x !== "object" || x === null) return x;
    if ("f" in x) return new PythonFloat(toNumber(x.f));
    if ("dtype" in x) return this.dtype(x.dtype);
    if ("tuple" in x) return { tuple: x.tuple.map((y) => this.decode(y)) };
    return x;
  }

  private dtype(name: string): T.DType {
    const dtype = torchDTypes[name];
    if (dtype === undefined) throw new NotSupported(`dtype ${name}`);
    return dtype;
  }
}

/** Relative differences that are allowed, scaled by the largest number of the tensor. */
export const tolerance = {
  value: { f64: 1e-12, f32: 1e-5, i64: 0, bool: 0 },
  gradient: { f64: 1e-10, f32: 1e-4, i64: 0, bool: 0 },
} as const;

/** Ops that need a wider tolerance, and why. */
export const exceptions: Readonly<Record<string, Wider>> = {
  "linspace.i64": {
    absolute: 1,
    why: "PyTorch 1.13 truncates the first number of each group of four before it adds the steps to it",
  },
  "nn.functional.binary_cross_entropy_with_logits.f32": {
    relative: 1e-4,
    why: "PyTorch adds 1 before it takes the logarithm, and loses digits of small losses",
  },
};

interface Wider {
  readonly absolute?: number;
  readonly relative?: number;
  readonly why: string;
}

/** How two lists of numbers differ. */
export interface Comparison {
  /** The largest difference, relative to the largest finite number expected. */
  readonly error: number;
  /** Where they differ too much, or null. */
  readonly failure: string | null;
}

/** Compares elements with what PyTorch computed, which float32 rounds first. Allowed 0: exactly, where NaN is NaN. */
export function compare(
  actual: ArrayLike<number>,
  expected: readonly JsonNumber[],
  type: DTypeName,
  allowed: number,
  absolute = 0,
): Comparison {
  const round = type === "f32" ? Math.fround : (x: number): number => x;
  const wanted = expected.map((x) => round(toNumber(x)));
  const scale = wanted.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 0) || 1;
  let error = 0;
  let failure: string | null = null;
  wanted.forEach((e, i) => {
    const a = actual[i]!;
    if (a === e || (a !== a && e !== e)) return;
    const difference = Math.abs(a - e) / scale;
    error = Math.max(error, difference === difference ? difference : Infinity);
    if (!(difference <= allowed || Math.abs(a - e) <= absolute)) failure ??= `element ${i} is ${a}, expected ${e}`;
  });
  return { error, failure };
}
