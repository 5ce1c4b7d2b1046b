/** Python's calling convention: positional and keyword arguments under the names of a signature. */
import * as T from "../../packages/tensor/src/index.ts";
import { NotSupported, PythonFloat } from "./values.ts";

export interface Call {
  readonly args: readonly unknown[];
  readonly kw: Readonly<Record<string, unknown>>;
}

/** Makes our call of PyTorch's. */
export type Replay = (call: Call) => unknown;

type Names<S extends string> = S extends `${infer A} ${infer B}` ? Name<A> | Names<B> : Name<S>;
type Name<S extends string> = S extends `*${infer N}` ? N : S;

/**
 * Arguments by name. Their types are `never`, which TypeScript lets stand for anything: what a sample passes is only known when it
 * runs, and a wrong type must reach the library, whose errors are under test.
 */
type Bound<S extends string> = Readonly<Record<Names<S>, never>>;

/** Other names under which PyTorch takes the same argument, and arguments that say nothing about values. */
const aliases: Readonly<Record<string, string>> = { self: "input", axis: "dim", dims_: "dims" };
const ignored = new Set(["layout", "device", "pin_memory", "memory_format", "out", "generator", "requires_grad"]);

interface Binding {
  /** Python floats stay floats beside integer tensors: they are passed as 0-d float32 tensors. */
  readonly promotes?: boolean;
}

/**
 * A replay that binds arguments to the names of `signature`, separated by spaces, and hands them to `run`. A name with a star takes
 * the rest of the positional arguments, or the one list, as a list; names after it are keywords.
 */
export function call<const S extends string>(
  signature: S,
  run: (bound: Bound<S>) => unknown,
  { promotes = false }: Binding = {},
): Replay {
  const names = signature.split(" ");
  return ({ args, kw }) => {
    const plain = (x: unknown): unknown => (promotes ? keepFloat(x, args) : withoutFloats(x));
    const bound: Record<string, unknown> = {};
    for (const [i, name] of names.entries()) {
      if (i >= args.length) break;
      if (!name.startsWith("*")) {
        bound[name] = plain(args[i]);
        continue;
      }
      bound[name.slice(1)] = plain(Array.isArray(args[i]) ? args[i] : args.slice(i));
      break;
    }
    for (const [key, value] of Object.entries(kw)) {
      const name = names.find((n) => n === key || n === `*${key}`) ?? names.find((n) => n === aliases[key]);
      if (name !== undefined) bound[name.replace("*", "")] = plain(value);
      else if (!ignored.has(key)) throw new NotSupported(`argument ${key}`);
    }
    if (args.length > names.length && !signature.includes("*"))
      throw new NotSupported(`${args.length} positional arguments`);
    return run(bound as Bound<S>);
  };
}

function withoutFloats(x: unknown): unknown {
  if (x instanceof PythonFloat) return x.value;
  return Array.isArray(x) ? x.map(withoutFloats) : x;
}

/** JavaScript cannot tell 2.0 from 2; where that would decide the dtype, a 0-d tensor says it. */
function keepFloat(x: unknown, args: readonly unknown[]): unknown {
  if (!(x instanceof PythonFloat) || !Number.isInteger(x.value)) return withoutFloats(x);
  const dtypes = args.filter((a) => a instanceof T.Tensor).map((a) => a.dtype);
  if (dtypes.some((dtype) => dtype === "float32" || dtype === "float64")) return x.value;
  return T.tensor(x.value, { dtype: dtypes.length > 0 ? "float32" : "float64" });
}

/** The first replay whose condition holds, else the last. */
export function overloads(when: (call: Call) => boolean, first: Replay, otherwise: Replay): Replay {
  return (c) => (when(c) ? first(c) : otherwise(c));
}
