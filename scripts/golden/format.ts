/** The files of golden data: what PyTorch computed, as JSON. packages/tensor/test/golden/README.md describes the format. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export type DTypeName = "f64" | "f32" | "i64" | "bool";
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** A tensor: dtype, shape, elements in row-major order; of an input also its gradient, of an output also its cotangent. */
export interface GoldenTensor {
  readonly t: DTypeName;
  readonly s: readonly number[];
  readonly d: readonly JsonNumber[];
  readonly st?: readonly number[];
  readonly g?: 1;
  readonly grad?: readonly JsonNumber[] | null;
  readonly cot?: readonly JsonNumber[];
  readonly view?: 1;
}

export type GoldenArg =
  | GoldenTensor
  | number
  | { readonly f: JsonNumber }
  | boolean
  | null
  | string
  | readonly GoldenArg[]
  | { readonly dtype: string }
  | { readonly slice: readonly [number | null, number | null, number | null] }
  | { readonly ellipsis: 1 }
  | { readonly tuple: readonly GoldenArg[] };

interface Call {
  readonly id: string;
  readonly args: readonly GoldenArg[];
  readonly kw: Readonly<Record<string, GoldenArg>>;
}

export interface GoldenSample extends Call {
  readonly dtype: DTypeName;
  readonly out: GoldenTensor | { readonly tuple: readonly GoldenTensor[] };
  readonly exact?: 1;
  readonly kink?: 1;
  readonly special?: 1;
  readonly large?: 1;
  readonly after?: readonly (readonly JsonNumber[] | null)[];
}

export interface GoldenError extends Call {
  readonly type: string;
  readonly msg: string;
}

export interface GoldenOp {
  readonly op: string;
  readonly samples: readonly GoldenSample[];
  readonly errors: readonly GoldenError[];
}

/** Golden data that cannot be used; the message says which file and why. */
export class GoldenDataError extends Error {}

export function isTensor(x: unknown): x is GoldenTensor {
  return typeof x === "object" && x !== null && "t" in x && "s" in x;
}

/** The tensors among the arguments of a call, in the order of `args`, then `kw`, lists taken apart. */
export function tensorsOf(call: Call): GoldenTensor[] {
  const found: GoldenTensor[] = [];
  const visit = (x: GoldenArg): void => {
    if (isTensor(x)) found.push(x);
    else if (Array.isArray(x)) (x as readonly GoldenArg[]).forEach(visit);
    else if (typeof x === "object" && x !== null && "tuple" in x) x.tuple.forEach(visit);
  };
  call.args.forEach(visit);
  Object.values(call.kw).forEach(visit);
  return found;
}

export function outputsOf(sample: GoldenSample): readonly GoldenTensor[] {
  return "tuple" in sample.out ? sample.out.tuple : [sample.out];
}

/** The op files of a folder: every `.json` but the index and those that begin with an underscore. */
export function opFiles(dir: string): string[] {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new GoldenDataError(`There is no folder ${dir}.`);
  const files = readdirSync(dir).filter(
    (name) => name.endsWith(".json") && name !== "index.json" && !name.startsWith("_"),
  );
  if (files.length === 0) throw new GoldenDataError(`The folder ${dir} holds no golden data (no .json file of an op).`);
  return files.sort().map((name) => join(dir, name));
}

/** Reads and checks one op file. */
export function readOp(file: string): GoldenOp {
  const check: Check = (holds, what) => {
    if (!holds) throw new GoldenDataError(`${file} is no golden data of an op: ${what}.`);
  };
  const { op, samples, errors = [] } = asRecord(parse(file));
  check(typeof op === "string", 'it has no "op"');
  check(Array.isArray(samples), 'it has no list "samples"');
  check(Array.isArray(errors), '"errors" is no list');
  return {
    op: op as string,
    samples: (samples as unknown[]).map((sample, i) => checkSample(sample, i, check)),
    errors: (errors as unknown[]).map((error, i) => checkCall(error, `error ${i}`, check) as GoldenError),
  };
}

type Check = (holds: boolean, what: string) => void;

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new GoldenDataError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function asRecord(x: unknown): Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null ? (x as Record<string, unknown>) : {};
}

function checkCall(x: unknown, what: string, check: Check): Call {
  const { id = what, args, kw = {} } = asRecord(x);
  check(typeof id === "string", `${what} has an "id" that is no text`);
  check(Array.isArray(args), `${what} has no list "args"`);
  check(typeof kw === "object" && kw !== null, `${what} has a "kw" that is no object`);
  const call = { ...asRecord(x), id, args, kw } as Call;
  for (const tensor of tensorsOf(call)) checkTensor(tensor, call.id, check);
  return call;
}

function checkSample(x: unknown, i: number, check: Check): GoldenSample {
  const sample = checkCall(x, `sample ${i}`, check) as GoldenSample;
  check(typeof (asRecord(x).out ?? 0) === "object", `${sample.id} has no "out"`);
  for (const tensor of outputsOf(sample)) checkTensor(tensor, sample.id, check);
  return sample;
}

function checkTensor({ t, s, d, st }: GoldenTensor, id: string, check: Check): void {
  check(["f64", "f32", "i64", "bool"].includes(t), `${id} has a tensor of dtype ${t}`);
  check(Array.isArray(s) && Array.isArray(d), `${id} has a tensor without shape or data`);
  const numel = s.reduce((n, size) => n * size, 1);
  check(d.length === numel, `${id} has a tensor of shape [${s.join(", ")}] with ${d.length} elements`);
  check(st === undefined || st.length === s.length, `${id} has a tensor whose strides do not fit its shape`);
}
