/** Replays the cases of an op file, and says for each whether torchlet agrees with PyTorch. */
import * as T from "../../packages/tensor/src/index.ts";
import type { Replay } from "./bind.ts";
import { calls } from "./calls.ts";
import {
  outputsOf,
  type DTypeName,
  tensorsOf,
  type GoldenArg,
  type GoldenError,
  type GoldenOp,
  type GoldenSample,
  type GoldenTensor,
} from "./format.ts";
import { Arguments, compare, dtypes, exceptions, fitsInt32, NotSupported, tolerance } from "./values.ts";

export interface Outcome {
  readonly id: string;
  readonly kind: "sample" | "error";
  readonly status: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped; empty if it passed. */
  readonly reason: string;
  /** Whether gradients were compared. */
  readonly gradients: boolean;
  /** The largest relative difference of a value or gradient. */
  readonly worst: number;
}

/** What a case found wrong; anything else that is thrown is a failure too. */
class Mismatch extends Error {}

/** All samples and error cases of an op. */
export function replayOp(op: GoldenOp): Outcome[] {
  const replay = calls[op.op];
  return [
    ...op.samples.map((s) => outcome("sample", s.id, () => replaySample(op.op, supported(op.op, replay), s))),
    ...op.errors.map((e) => outcome("error", e.id, () => replayError(op.op, supported(op.op, replay), e))),
  ];
}

function supported(op: string, replay: Replay | undefined): Replay {
  if (replay === undefined) throw new NotSupported(`there is no ${op}`);
  return replay;
}

interface Agreement {
  readonly gradients: boolean;
  readonly worst: number;
}

function outcome(kind: Outcome["kind"], id: string, run: () => Agreement): Outcome {
  try {
    return { id, kind, status: "passed", reason: "", ...run() };
  } catch (error) {
    const status = error instanceof NotSupported ? "skipped" : "failed";
    const reason = error instanceof Error ? `${describe(error)}${error.message}` : String(error);
    return { id, kind, status, reason, gradients: false, worst: 0 };
  }
}

function describe(error: Error): string {
  return error instanceof Mismatch || error instanceof NotSupported ? "" : `threw ${error.name}: `;
}

/** A sample as a call with real tensors, or with the `given` ones. */
export function decodeCall(
  sample: GoldenSample | GoldenError,
  given?: readonly T.Tensor[],
): {
  args: unknown[];
  kw: Record<string, unknown>;
  tensors: T.Tensor[];
} {
  const decoder = new Arguments(given);
  const args = sample.args.map((x) => decoder.decode(x));
  const kw = Object.fromEntries(Object.entries(sample.kw).map(([k, x]) => [k, decoder.decode(x)]));
  return { args, kw, tensors: decoder.tensors };
}

/** The tensors that a call returned: one, several, or values with indices. */
export function asList(result: unknown): T.Tensor[] {
  if (result instanceof T.Tensor) return [result];
  if (Array.isArray(result)) return result as T.Tensor[];
  if (typeof result === "object" && result !== null) return Object.values(result) as T.Tensor[];
  throw new Mismatch(`returned ${typeof result} instead of a tensor`);
}

function replaySample(op: string, replay: Replay, sample: GoldenSample): Agreement {
  const expected = outputsOf(sample);
  if (![...tensorsOf(sample), ...expected].every(fitsInt32)) throw new NotSupported("int64 values beyond 32 bits");
  const { args, kw, tensors } = decodeCall(sample);
  const outputs = asList(replay({ args, kw }));
  if (outputs.length !== expected.length)
    throw new Mismatch(`returned ${outputs.length} tensors, expected ${expected.length}`);
  const errors = outputs.map((y, i) => checkOutput(op, y, expected[i]!, sample, tensors[0]));
  checkMutations(tensors, sample);
  const gradients = checkGradients(outputs, tensors, sample);
  return { gradients: gradients.length > 0, worst: Math.max(0, ...errors, ...gradients) };
}

function checkOutput(
  op: string,
  y: T.Tensor,
  expected: GoldenTensor,
  sample: GoldenSample,
  first: T.Tensor | undefined,
): number {
  const dtype = dtypes[expected.t];
  if (y.dtype !== dtype) throw new Mismatch(`dtype is ${y.dtype}, expected ${dtype}`);
  if (y.shape.join() !== expected.s.join())
    throw new Mismatch(`shape is [${y.shape.join(", ")}], expected [${expected.s.join(", ")}]`);
  if (expected.view === 1 && y.storage !== first?.storage)
    throw new Mismatch("the result should be a view of the first tensor");
  const wider = exceptions[`${op}.${sample.dtype}`];
  const allowed = wider?.relative ?? (sample.exact === 1 ? 0 : tolerance.value[coarsest(expected.t, sample)]);
  return agreed("value", compare(y.toTypedArray(), expected.d, expected.t, allowed, wider?.absolute));
}

/** Where float32 takes part in a float64 result, no more than its precision can be asked for. */
function coarsest(type: DTypeName, sample: GoldenSample): DTypeName {
  const isCoarse = (x: GoldenTensor): boolean => x.t === "f32";
  return type === "f64" && [...tensorsOf(sample), ...outputsOf(sample)].some(isCoarse) ? "f32" : type;
}

function agreed(what: string, { error, failure }: { error: number; failure: string | null }): number {
  if (failure !== null) throw new Mismatch(`${what}: ${failure} (relative to the largest: ${error.toPrecision(3)})`);
  return error;
}

function checkMutations(tensors: readonly T.Tensor[], sample: GoldenSample): void {
  tensorsOf(sample).forEach((x, i) => {
    const after = sample.after?.[i] ?? x.d;
    agreed(`argument ${i} after the call`, compare(tensors[i]!.toTypedArray(), after, x.t, sample.after ? tolerance.value[x.t] : 0));
  });
}

/** Compares the gradient of the sum of outputs times cotangents; gives the relative differences. */
function checkGradients(
  outputs: readonly T.Tensor[],
  tensors: readonly T.Tensor[],
  sample: GoldenSample,
): number[] {
  const expected = outputsOf(sample);
  const inputs = tensorsOf(sample);
  const wanted = inputs.flatMap((x, i) => (x.g === 1 && x.grad !== undefined ? [i] : []));
  const seeded = outputs.flatMap((y, i) => (expected[i]!.cot === undefined ? [] : [[y, expected[i]!] as const]));
  if (wanted.length === 0 || seeded.length === 0) return [];
  const recorded = seeded.filter(([y]) => y.requiresGrad);
  const gradients =
    recorded.length === 0
      ? wanted.map(() => null)
      : T.grad(
          recorded.map(([y]) => y),
          wanted.map((i) => tensors[i]!),
          { gradOutputs: recorded.map(([, e]) => cotangent(e)), allowUnused: true },
        );
  return wanted.map((i, k) => {
    const allowed = tolerance.gradient[coarsest(inputs[i]!.t, sample)];
    return checkGradient(gradients[k]!, inputs[i]!, i, allowed);
  });
}

function cotangent(expected: GoldenTensor): T.Tensor {
  return T.tensor(expected.cot!.map(Number), { dtype: dtypes[expected.t] }).reshape(expected.s);
}

function checkGradient(g: T.Tensor | null, x: GoldenTensor, i: number, allowed: number): number {
  if (g === null || x.grad === null || x.grad === undefined) {
    if ((g === null) === (x.grad === null)) return 0;
    throw new Mismatch(`gradient ${i} is ${g === null ? "missing" : "not"} null`);
  }
  if (g.dtype !== dtypes[x.t] || g.shape.join() !== x.s.join())
    throw new Mismatch(`gradient ${i} is ${g.dtype} [${g.shape.join(", ")}]`);
  return agreed(`gradient ${i}`, compare(g.toTypedArray(), x.grad, x.t, allowed));
}

function isWholeFloat(x: GoldenArg): boolean {
  return typeof x === "object" && x !== null && "f" in x && Number.isInteger(x.f);
}

/** The names under which an op may complain: its own in camelCase, or the method that stands for it. */
function ownNames(op: string): string[] {
  const name = op.replace("nn.functional.", "").replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return op === "__getitem__" ? ["at", "slice"] : [name];
}

function replayError(op: string, replay: Replay, error: GoldenError): Agreement {
  let result: unknown;
  try {
    result = replay(decodeCall(error));
  } catch (thrown) {
    if (thrown instanceof NotSupported) throw thrown;
    if (!(thrown instanceof T.TorchletError))
      throw new Mismatch(`threw a plain ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : "value"}`);
    if (!ownNames(op).some((name) => thrown.message.startsWith(`[${name}] `)))
      throw new Mismatch(`the message does not name ${op}: ${thrown.message}`);
    return { gradients: false, worst: 0 };
  }
  if (/\bfloat/.test(error.msg) && [...error.args, ...Object.values(error.kw)].some(isWholeFloat))
    throw new NotSupported("JavaScript does not tell the float 1.0 from the integer 1");
  throw new Mismatch(`did not throw, but returned ${result instanceof T.Tensor ? `a tensor of shape [${result.shape.join(", ")}]` : typeof result}`);
}
