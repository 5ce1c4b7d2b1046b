import { Tensor, ValueError } from "@torchlet/tensor";
import { format, isPlain, kindOf, sameShape } from "@torchlet/tensor/checks";
import { requireRecord } from "../arguments/tensors.ts";

/** Tensors by path: what a module consists of. */
export type StateDict = Record<string, Tensor>;

/** Options of {@link Module.loadStateDict}. */
export interface LoadStateDictOptions {
  /** Whether missing and unexpected names are errors. Default: true. */
  strict?: boolean;
}

/** What {@link Module.loadStateDict} found. */
export interface LoadResult {
  /** Names that the module has and the state does not. */
  readonly missingKeys: string[];
  /** Names that the state has and the module does not. */
  readonly unexpectedKeys: string[];
}

/** Copies `state` into the tensors of `own`, or throws with a complete report and changes nothing. */
export function loadInto(
  own: StateDict,
  state: Readonly<StateDict>,
  moduleName: string,
  { strict = true }: LoadStateDictOptions,
): LoadResult {
  requireRecord("loadStateDict", state);
  if (isPlain(state.tensors))
    throw new ValueError("loadStateDict", "this is all that a file holds; pass its .tensors");
  const missingKeys = Object.keys(own).filter((key) => !Object.hasOwn(state, key));
  const unexpectedKeys = Object.keys(state).filter((key) => !Object.hasOwn(own, key));
  const shared = Object.keys(own).filter((key) => Object.hasOwn(state, key));
  const problems = [
    ...(strict ? [listed("missing", missingKeys), listed("unexpected", unexpectedKeys)].flat() : []),
    ...shared.flatMap((key) => misfit(key, own[key]!, state[key])),
  ];
  if (problems.length > 0)
    throw new ValueError(
      "loadStateDict",
      `the state does not fit ${moduleName}:\n  ${problems.join("\n  ")}`,
    );
  for (const key of shared) own[key]!.copy_(state[key]!);
  return { missingKeys, unexpectedKeys };
}

function listed(what: string, keys: readonly string[]): string[] {
  return keys.length === 0 ? [] : [`${what}: ${keys.map((key) => JSON.stringify(key)).join(", ")}`];
}

function misfit(key: string, own: Tensor, given: unknown): string[] {
  if (!(given instanceof Tensor)) return [`${key}: expected a tensor, got ${kindOf(given)}`];
  if (sameShape(own.shape, given.shape)) return [];
  return [`${key}: shape ${format(given.shape)} in the state, ${format(own.shape)} in the module`];
}
