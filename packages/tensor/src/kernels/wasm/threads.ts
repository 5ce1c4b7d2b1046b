/**
 * Threads that help with what takes long, where there are threads: Node's worker threads on the shared linear memory. The caller hands
 * out parts, computes one itself and waits, so that nothing above notices.
 */
import { matmulWork } from "@torchlet/kernels";
import { ValueError } from "../../errors.ts";
import { allocateForever, isShared } from "../../storage/memory.ts";
import type { Workspace } from "./workspace.ts";

/** Work for a thread takes at least as long as so many multiplications of a product: less is done sooner than handed over. */
const WORTH_A_THREAD = 65_000;
/** More threads are used only where they are asked for: work must be cut into as many parts. */
const MOST = 8;
/** The widest product that a thread is handed, in columns. */
export const WIDEST = 512;

/**
 * What threads share: how many parts of the present work nobody has taken, how many are not done, how many threads listen, and how many
 * of those sleep. Those that change all the time have a cache line each.
 */
const OPEN = 0;
const PENDING = 16;
const LISTENING = 32;
const ASLEEP = 33;
const STATE = 48;
/**
 * For how many milliseconds a thread looks for work before it goes to sleep, and the caller for its end. Waking takes about as
 * long; and whoever goes on looking keeps a processor from others, such as the engine's garbage collection.
 */
const PATIENCE = 0.1;
/** How often it looks between two glances at the clock. */
const LOOKS = 100;
/**
 * Milliseconds after which it is judged whether threads help. They do not where other programs need the processors: a thread loses its
 * own in the middle of a part, and the caller waits. Then they are let alone, at most for so long.
 */
const TRIAL = 30;
const LONGEST_PAUSE = 1000;
/** Numbers in the order for a part: which function, and its arguments. */
const ORDER = 16;

/** The program of a thread. It ends with the process. A WebAssembly function ignores arguments that are too many. */
const program = `
const { memory, codes, state, orders } = require("node:worker_threads").workerData;
const functions = codes.flatMap((code) => Object.values(new WebAssembly.Instance(code, { env: { memory } }).exports));
Atomics.add(state, ${LISTENING}, 1);
for (;;) {
  let part = Atomics.load(state, ${OPEN});
  for (const end = performance.now() + ${PATIENCE}; part <= 0 && performance.now() < end; )
    for (let i = 0; i < ${LOOKS} && part <= 0; i++) part = Atomics.load(state, ${OPEN});
  if (part <= 0) {
    Atomics.add(state, ${ASLEEP}, 1);
    Atomics.wait(state, ${OPEN}, part);
    Atomics.sub(state, ${ASLEEP}, 1);
  }
  part = Atomics.sub(state, ${OPEN}, 1);
  if (part <= 0) continue;
  const o = orders[part - 1];
  functions[o[0]](o[1], o[2], o[3], o[4], o[5], o[6], o[7], o[8], o[9], o[10], o[11], o[12], o[13]);
  Atomics.sub(state, ${PENDING}, 1);
}`;

/** The part of Node that is used here. */
interface Builtins {
  getBuiltinModule?(name: "node:os"): { availableParallelism(): number };
  getBuiltinModule?(name: "node:worker_threads"): {
    Worker: new (
      program: string,
      options: object,
    ) => { unref(): void; on(event: "error", f: () => void): void };
  };
}
const builtins = (globalThis as { process?: Builtins }).process ?? {};

let wanted: number | null = null;

/**
 * On how many threads large matrix products are computed, and for thousands of elements steps of Adam, sums, and in float32 functions that
 * take more than a few multiplications, such as `exp`, `gelu` and `softmax`; by default as many as the machine has processors, but at most
 * 8. Results are the same for every number.
 *
 * PyTorch: [`torch.get_num_threads`](https://pytorch.org/docs/stable/generated/torch.get_num_threads.html).
 *
 * @returns 1 where there are no threads to share memory with, as in browsers.
 *
 * @example
 * ```ts
 * import { getNumThreads, setNumThreads } from "@torchlet/tensor";
 *
 * setNumThreads(1);
 * getNumThreads(); // => 1
 * ```
 */
export function getNumThreads(): number {
  if (!isShared) return 1;
  return (wanted ??= Math.min(MOST, builtins.getBuiltinModule!("node:os").availableParallelism()));
}

/**
 * Chooses on how many threads large matrix products are computed, and for thousands of elements steps of Adam, sums, and in float32
 * functions that take more than a few multiplications, such as `exp`, `gelu` and `softmax`. Less never leaves the thread of the caller, and
 * threads start only with the first work that is large enough for them; they do not keep the process alive.
 *
 * PyTorch: [`torch.set_num_threads`](https://pytorch.org/docs/stable/generated/torch.set_num_threads.html).
 *
 * @param count - A whole number from 1 on. Browsers stay with 1, whatever is asked for.
 * @throws ValueError if `count` is no whole number, or below 1.
 *
 * @example
 * ```ts
 * import { setNumThreads } from "@torchlet/tensor";
 *
 * setNumThreads(2);
 * setNumThreads(0); // throws ValueError: must be a whole number from 1 on
 * ```
 */
export function setNumThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    const given: unknown = count;
    throw new ValueError(
      "setNumThreads",
      `the number of threads must be a whole number from 1 on, got ${typeof given === "number" ? given : typeof given}`,
    );
  }
  wanted = count;
}

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
/** When the present trial began, or will begin, and how much of it was shared in vain; how long threads were let alone before. */
let since = 0;
let lost = 0;
let pause = 0;

/**
 * Into how many parts work should be cut now that takes as long as so many multiplications of a product: 1 as long as no thread
 * listens, or other programs need the processors.
 */
export function partsFor(w: Workspace, multiplications: number): number {
  if (multiplications < 2 * WORTH_A_THREAD) return 1;
  const parts = Math.min(Math.floor(multiplications / WORTH_A_THREAD), getNumThreads());
  if (parts < 2 || performance.now() < since) return 1;
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

/** Takes note of shared work: if much of it would have taken no longer alone, threads are let alone, each time for longer. */
function judge(began: number, ended: number, alone: number): void {
  if (ended - began >= alone) lost += ended - began;
  if (ended < since + TRIAL) return;
  pause = lost > (ended - since) / 4 ? Math.min(LONGEST_PAUSE, 2 * pause || TRIAL) : 0;
  since = ended + pause;
  lost = 0;
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
