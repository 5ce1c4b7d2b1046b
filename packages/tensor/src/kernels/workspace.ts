/** WebAssembly over the linear memory. Its first bytes are a workspace: what an operation leaves behind there is gone. */
import {
  binaryNames,
  compile,
  compileFused,
  instantiate,
  instantiateFused,
  unaryNames,
  unaryNames32,
  type Binary,
  type Kernels,
  type Unary,
} from "@torchlet/kernels";
import type { TypedArray } from "../dtype.ts";
import { isShared, linearMemory } from "../memory.ts";
import type { Operand } from "../storage.ts";

/** Elements that are copied in, computed and copied out together: few enough to stay in the first-level cache. */
export const BLOCK = 4096;
/** The same for what threads share: enough for each of them, in the second-level cache. */
export const SHARED_BLOCK = 16384;
/** The bytes of one operand's block, and of what vectors write behind its end. */
export const SLOT = SHARED_BLOCK * 8 + 128;

/** Linear memory as arrays, and the functions that work on it. */
export interface Workspace {
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly bool: Uint8Array;
  readonly memory: WebAssembly.Memory;
  readonly code: WebAssembly.Module;
  readonly run: Kernels;
  /** Those of one or two elements, by the names of the operations. */
  readonly unary: FunctionsOf<Unary>;
  readonly binary: FunctionsOf<Binary>;
  /** The product that rounds once per multiply-add, loaded at the first use; null where the engine has none. */
  readonly fused: () => { code: WebAssembly.Module; run: Pick<Kernels, "matmul32"> } | null;
}

/** Per dtype the functions that WebAssembly has for it. */
type FunctionsOf<F> = Readonly<Record<"float32" | "float64", ReadonlyMap<string, F>>>;

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
    bool: new Uint8Array(buffer),
    memory,
    code,
    run,
    ...elementwise(run),
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
    },
    binary: {
      float32: new Map(binaryNames.map((name) => [name, run[`${name}32`]])),
      float64: new Map(binaryNames.map((name) => [name, run[`${name}64`]])),
    },
  };
}

/** The linear memory as elements like those of `data`. */
export function elements<D extends TypedArray>(w: Workspace, data: D): D {
  const view = data instanceof Float32Array ? w.float32 : data instanceof Float64Array ? w.float64 : w.bool;
  return view as TypedArray as D;
}

/** Whether an operand stands in linear memory, with nothing of its storage behind it that whole vectors could overwrite. */
export function standsAlone({ storage, layout }: Operand): boolean {
  return storage.address >= 0 && layout.offset + layout.numel === storage.data.length;
}
