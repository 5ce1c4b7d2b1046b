/**
 * Threads that help with what takes long, where there are threads: Node's worker threads on the shared linear memory. The caller hands
 * out parts, computes one itself and waits, so that nothing above notices.
 */
import { matmulWork } from "@torchlet/kernels";
import { allocateForever } from "../../../storage/memory.ts";
import type { Workspace } from "../workspace.ts";
import { getNumThreads } from "./count.ts";
import { builtins } from "./node.ts";
import { ASLEEP, LISTENING, LOOKS, OPEN, ORDER, PATIENCE, PENDING, program, STATE } from "./program.ts";
import { areLetAlone, judge } from "./trial.ts";

/** Work for a thread takes at least as long as so many multiplications of a product: less is done sooner than handed over. */
const WORTH_A_THREAD = 65_000;
/** The widest product that a thread is handed, in columns. */
export const WIDEST = 512;

/** A function of WebAssembly, as threads call it: with numbers only. */
export type Call = (...args: number[]) => unknown;

/** The threads that were started, and how they are spoken to. */
interface Crew {
  readonly state: Int32Array;
  /** By the number of the part. */
  readonly orders: readonly Float64Array[];
  /** By which numbers threads know functions. */
  readonly numbers: ReadonlyMap<unknown, number>;
  /** Room for what each packs. */
  readonly work: readonly number[];
}

let crew: Crew | null | undefined;

/**
 * Into how many parts work should be cut now that takes as long as so many multiplications of a product: 1 as long as no thread
 * listens, or other programs need the processors.
 */
export function partsFor(w: Workspace, multiplications: number): number {
  if (multiplications < 2 * WORTH_A_THREAD) return 1;
  const parts = Math.min(Math.floor(multiplications / WORTH_A_THREAD), getNumThreads());
  if (parts < 2 || areLetAlone()) return 1;
  if (crew === undefined || (crew !== null && crew.work.length + 1 < parts))
    crew = start(w, getNumThreads() - 1);
  return crew === null ? 1 : Math.min(parts, 1 + Atomics.load(crew.state, LISTENING));
}

/** Where whoever computes part `i` of a product may pack; part 0 is the caller's. */
export function workOf(i: number): number {
  return crew!.work[i - 1]!;
}

/**
 * Calls a function of the workspace with each of the lists of arguments: the caller with the first, threads with the others, and the
 * caller again with those that no thread has taken by then, for a busy machine may let threads wait long.
 */
export function share(f: Call, calls: readonly (readonly number[])[]): void {
  if (calls.length === 1) {
    f(...calls[0]!);
    return;
  }
  const { state, orders, numbers } = crew!;
  const number = numbers.get(f)!;
  for (let i = 1; i < calls.length; i++) {
    const order = orders[i - 1]!;
    const call = calls[i]!;
    order[0] = number;
    for (let j = 0; j < call.length; j++) order[j + 1] = call[j]!;
  }
  Atomics.store(state, PENDING, calls.length - 1);
  Atomics.store(state, OPEN, calls.length - 1);
  if (Atomics.load(state, ASLEEP) > 0) Atomics.notify(state, OPEN, calls.length - 1);
  const began = performance.now();
  f(...calls[0]!);
  const own = performance.now() - began;
  for (let i = Atomics.sub(state, OPEN, 1); i > 0; i = Atomics.sub(state, OPEN, 1)) {
    f(...calls[i]!);
    Atomics.sub(state, PENDING, 1);
  }
  for (const end = performance.now() + PATIENCE; Atomics.load(state, PENDING) > 0 && performance.now() < end;)
    for (let i = 0; i < LOOKS && Atomics.load(state, PENDING) > 0; i++);
  for (let left = Atomics.load(state, PENDING); left > 0; left = Atomics.load(state, PENDING))
    Atomics.wait(state, PENDING, left, 1); // nobody wakes it: threads have better things to do
  judge(began, performance.now(), own * calls.length);
}

/** Starts threads; null where they cannot be had. Those that were started before go on sleeping. */
function start(w: Workspace, count: number): Crew | null {
  const at = allocateForever(STATE * 4 + count * ORDER * 8);
  const work = Array.from({ length: count }, () => allocateForever(matmulWork(WIDEST, 8)));
  if (at === null || work.includes(null)) return null;
  const { memory } = w;
  const state = new Int32Array(memory.buffer, at, STATE).fill(0);
  const orders = Array.from(
    { length: count },
    (_, i) => new Float64Array(memory.buffer, at + STATE * 4 + i * ORDER * 8, ORDER),
  );
  const fused = w.fused();
  const codes = fused ? [w.code, fused.code] : [w.code];
  const functions = [w.run, fused?.run ?? {}].flatMap((run) => Object.values<unknown>(run));
  const numbers = new Map(functions.map((f, i) => [f, i]));
  try {
    const { Worker } = builtins.getBuiltinModule!("node:worker_threads");
    for (let i = 0; i < count; i++) {
      const workerData = { memory, codes, state, orders };
      const worker = new Worker(program, { eval: true, execArgv: [], env: {}, workerData });
      worker.on("error", () => (crew = null));
      worker.unref();
    }
  } catch {
    return null; // forbidden, or too many
  }
  return { state, orders, numbers, work: work as number[] };
}
