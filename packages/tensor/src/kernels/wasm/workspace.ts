/** WebAssembly over the linear memory. Its first bytes are a workspace: what an operation leaves behind there is gone. */
import {
  activationNames,
  activationNames32,
  binaryNames,
  binaryNames32,
  binaryNamesInt32,
  compile,
  compileFused,
  instantiate,
  instantiateFused,
  unaryNames,
  unaryNames32,
  unaryNamesInt32,
  type Activation,
  type ActivationBackward,
  type Binary,
  type Code,
  type Kernels,
  type Memory,
  type Unary,
} from "@torchlet/kernels";
import type { DType, TypedArray } from "../../dtype.ts";
import { isShared, linearMemory } from "../../storage/memory.ts";
import type { Operand } from "../../storage/storage.ts";

/** Elements that are copied in, computed and copied out together: few enough to stay in the first-level cache. */
export const BLOCK = 8192;
/** The same for what threads share: enough for each of them, in the second-level cache. */
export const SHARED_BLOCK = 16384;
/** The bytes of one operand's block, and of what vectors write behind its end. */
export const SLOT = SHARED_BLOCK * 8 + 128;

/** Linear memory as arrays, and the functions that work on it. */
export interface Workspace {
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly int32: Int32Array;
  readonly bool: Uint8Array;
  readonly memory: Memory;
  readonly code: Code;
  readonly run: Kernels;
  /** Those of one or two elements, by the names of the operations. */
  readonly unary: FunctionsOf<Unary>;
  readonly binary: FunctionsOf<Binary>;
  readonly activation: FloatFunctionsOf<Activation>;
  readonly activationBackward: FloatFunctionsOf<ActivationBackward>;
  /** Numbers of one dtype as those of another, by both names. */
  readonly conversions: ReadonlyMap<string, Unary>;
  /** The product that rounds once per multiply-add, loaded at the first use; null where the engine has none. */
  readonly fused: () => { code: Code; run: Pick<Kernels, "matmul32"> } | null;
}

/** Per dtype the functions that WebAssembly has for it. */
type FunctionsOf<F> = Readonly<Record<DType, ReadonlyMap<string, F>>>;
type FloatFunctionsOf<F> = Pick<FunctionsOf<F>, "float32" | "float64">;

let opened: Workspace | null | undefined;

/** The workspace, opened at the first use; null where there is no WebAssembly with SIMD. */
export function workspace(): Workspace | null {
  return opened === undefined ? (opened = open()) : opened;
}

function open(): Workspace | null {
  const memory = linearMemory();
  const code = memory && compile(isShared);
  if (!memory || !code) return null;
  const { buffer } = memory;
  const run = instantiate(code, memory);
  return {
    float32: new Float32Array(buffer),
    float64: new Float64Array(buffer),
    int32: new Int32Array(buffer),
    bool: new Uint8Array(buffer),
    memory,
    code,
    run,
    ...elementwise(run),
    conversions: new Map([
      ["bool float32", run.boolToFloat32],
      ["bool int32", run.boolToInt32],
      ["float64 float32", run.float64ToFloat32],
    ]),
    ...activations(run),
    fused: once(() => {
      const code = compileFused(isShared);
      return code && { code, run: instantiateFused(code, memory) };
    }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function elementwise(run: Kernels): Pick<Workspace, "unary" | "binary"> {
  return {
    unary: {
      float32: new Map([...unaryNames, ...unaryNames32].map((name) => [name, run[`${name}32`]])),
      float64: new Map(unaryNames.map((name) => [name, run[`${name}64`]])),
      int32: new Map(unaryNamesInt32.map((name) => [name, run[`${name}Int32`]])),
      bool: new Map([["logicalNot", run.notBool]]),
    },
    binary: {
      float32: withMirrored(
        new Map([...binaryNames, ...binaryNames32].map((name) => [name, run[`${name}32`]])),
      ),
      float64: withMirrored(new Map(binaryNames.map((name) => [name, run[`${name}64`]]))),
      int32: withMirrored(new Map(binaryNamesInt32.map((name) => [name, run[`${name}Int32`]]))),
      bool: booleans(run),
    },
  };
}

/** Adds `a > b` and `a ≥ b`, which are `b < a` and `b ≤ a`. */
function withMirrored(functions: Map<string, Binary>): Map<string, Binary> {
  const [lt, le] = [functions.get("lt")!, functions.get("le")!];
  return functions
    .set("gt", (out, a, b, n) => lt(out, b, a, n))
    .set("ge", (out, a, b, n) => le(out, b, a, n));
}

/** What two booleans can be asked, under each of its names. */
function booleans({ andBool, orBool, xorBool, eqBool }: Kernels): Map<string, Binary> {
  return new Map([
    ...["logicalAnd", "mul", "minimum"].map((name) => [name, andBool] as const),
    ...["logicalOr", "add", "maximum"].map((name) => [name, orBool] as const),
    ...["logicalXor", "ne"].map((name) => [name, xorBool] as const),
    ["eq", eqBool],
  ]);
}

function activations(run: Kernels): Pick<Workspace, "activation" | "activationBackward"> {
  const single = [...activationNames, ...activationNames32];
  return {
    activation: {
      float32: new Map(single.map((name) => [name, run[`${name}32`]])),
      float64: new Map(activationNames.map((name) => [name, run[`${name}64`]])),
    },
    activationBackward: {
      float32: new Map(single.map((name) => [name, run[`${name}Backward32`]])),
      float64: new Map(activationNames.map((name) => [name, run[`${name}Backward64`]])),
    },
  };
}

/** The linear memory as elements like those of `data`. */
export function elements<D extends TypedArray>(w: Workspace, data: D): D {
  return viewOf(w, data) as D;
}

function viewOf(w: Workspace, data: TypedArray): TypedArray {
  if (data instanceof Float32Array) return w.float32;
  if (data instanceof Float64Array) return w.float64;
  return data instanceof Int32Array ? w.int32 : w.bool;
}

/** Whether an operand stands in linear memory, with nothing of its storage behind it that whole vectors could overwrite. */
export function standsAlone({ storage, layout }: Operand): boolean {
  return storage.address >= 0 && layout.offset + layout.numel === storage.data.length;
}
