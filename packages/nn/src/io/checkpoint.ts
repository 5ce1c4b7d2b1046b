/** Everything that a training run needs to continue, in one file: plain data with tensors anywhere in it. */
import { Tensor, ValueError } from "@torchlet/tensor";
import { isPlain } from "@torchlet/tensor/checks";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

// A checkpoint is a safetensors file: the tensors under the path at which they stand, the rest as JSON in the metadata.
const METADATA = "torchlet.checkpoint";
const TENSOR = "$tensor";
const NUMBER = "$number";

/**
 * The bytes of a file that holds plain data with tensors anywhere in it: the state dicts of a model, an optimizer and a scheduler, and
 * the state of a generator.
 *
 * The file is a safetensors file, so other tools can read the tensors by their path, such as `model/fc1.weight`.
 * PyTorch: [`torch.save`](https://pytorch.org/docs/stable/generated/torch.save.html), which pickles.
 *
 * @param value - Objects, arrays, numbers (also infinite ones and NaN), strings, booleans, null and tensors.
 * @throws ValueError naming the path of a value that is none of these.
 *
 * @example
 * ```ts
 * import { defaultGenerator } from "@torchlet/tensor";
 * import { decodeCheckpoint, encodeCheckpoint, Linear, optim, type StateDict } from "@torchlet/nn";
 *
 * const model = new Linear(2, 1);
 * const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
 * const bytes = encodeCheckpoint({
 *   model: model.stateDict(),
 *   optimizer: optimizer.stateDict(),
 *   random: defaultGenerator().getState(),
 * });
 * const saved = decodeCheckpoint<{ model: StateDict }>(bytes); // in another process
 * new Linear(2, 1).loadStateDict(saved.model).missingKeys; // => []
 * ```
 */
export function encodeCheckpoint(value: unknown): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, Tensor> = {};
  const json = JSON.stringify(pack(value, "", tensors));
  return encodeSafetensors(tensors, { [METADATA]: json });
}

/**
 * What {@link encodeCheckpoint} stored.
 *
 * The type is what you say it is; the `loadStateDict` functions check what they are given.
 *
 * @param bytes - A whole file.
 * @throws ValueError if the file is damaged or is no checkpoint.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says what was stored
export function decodeCheckpoint<T = unknown>(bytes: Uint8Array): T {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const json = metadata[METADATA];
  if (json === undefined)
    throw new ValueError(
      "decodeCheckpoint",
      "this is a safetensors file, but no checkpoint; read it with decodeSafetensors",
    );
  return unpack(parse(json), tensors) as T;
}

function pack(value: unknown, path: string, tensors: Record<string, Tensor>): unknown {
  if (value instanceof Tensor) {
    const name = freeName(path, tensors);
    tensors[name] = value;
    return { [TENSOR]: name };
  }
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { [NUMBER]: spell(value) };
  if (Array.isArray(value)) return value.map((item, i) => pack(item, join(path, String(i)), tensors));
  if (isPlain(value)) return packObject(value, path, tensors);
  throw new ValueError(
    "encodeCheckpoint",
    `${path || "the value"} is ${describe(value)}, which cannot be stored; use plain data and tensors`,
  );
}

/** The path of a tensor, numbered where another has the same name. */
function freeName(path: string, tensors: Readonly<Record<string, Tensor>>): string {
  if (path !== "" && !Object.hasOwn(tensors, path)) return path;
  let number = Object.keys(tensors).length;
  while (Object.hasOwn(tensors, `${path}#${number}`)) number++;
  return `${path}#${number}`;
}

function packObject(value: object, path: string, tensors: Record<string, Tensor>): object {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  for (const [key] of entries)
    if (key.startsWith("$"))
      throw new ValueError(
        "encodeCheckpoint",
        `${join(path, key)}: names that start with $ are used by the format`,
      );
  return Object.fromEntries(entries.map(([key, item]) => [key, pack(item, join(path, key), tensors)]));
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}/${key}`;
}

function describe(value: unknown): string {
  return typeof value === "object" ? `a ${value?.constructor.name ?? "object"}` : `a ${typeof value}`;
}

/** A number that JSON cannot hold. */
function spell(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ValueError("decodeCheckpoint", "the file is damaged: its data is no JSON");
  }
}

function unpack(value: unknown, tensors: Readonly<Record<string, Tensor>>): unknown {
  if (Array.isArray(value)) return value.map((item) => unpack(item, tensors));
  if (typeof value !== "object" || value === null) return value;
  if (NUMBER in value) return Number(value[NUMBER]);
  if (TENSOR in value) {
    const x = tensors[String(value[TENSOR])];
    if (x === undefined)
      throw new ValueError(
        "decodeCheckpoint",
        `the file is damaged: the tensor ${String(value[TENSOR])} is missing`,
      );
    return x;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item, tensors)]));
}
