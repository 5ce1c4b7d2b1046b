/**
 * Threads that help with large products, where there are threads: Node's worker threads on the shared linear memory. The caller hands
 * out parts, computes one itself and waits, so that nothing above notices.
 */
import { matmulWork } from "@torchlet/kernels";
import { ValueError } from "../errors.ts";
import { allocateForever, isShared } from "../memory.ts";
import type { Workspace } from "./workspace.ts";

/** The functions that threads can call, by number. */
const functions = ["matmul32", "matmul64", "fused32"] as const;
/** One of the functions that threads can call. */
export type Threaded = (typeof functions)[number];

/** A product needs this many multiplications for each thread: fewer take less time than waking a thread. */
const WORTH_A_THREAD = 300_000;
/** More threads are used only where they are asked for: each product must be cut into as many parts. */
const MOST = 8;
/** The widest product that a thread is handed, in columns. */
export const WIDEST = 512;

/**
 * What threads share: the number of the present job, how many parts of it are not done, how many threads listen; then, for each thread,
 * the job of which its part is still to be taken.
 */
const JOB = 0;
const PENDING = 1;
const LISTENING = 2;
const OPEN = 3;
/** In place of a job: the part is taken. */
const TAKEN = 0;
/** How often a thread looks for its next job before it goes to sleep: some milliseconds, for waking it may take half of one. */
const SPINS = 2_000_000;
/** Numbers in the order of a thread: the function, how many arguments, the arguments. */
const ORDER = 16;

/** The program of a thread. It ends with the process. */
const program = `
const { memory, codes, state, order, open } = require("node:worker_threads").workerData;
const [plain, fused] = codes.map((code) => code && new WebAssembly.Instance(code, { env: { memory } }).exports);
const functions = [plain.matmul32, plain.matmul64, fused?.matmul32];
let seen = Atomics.load(state, ${JOB});
Atomics.add(state, ${LISTENING}, 1);
for (;;) {
  for (let i = 0; i < ${SPINS} && Atomics.load(state, ${JOB}) === seen; i++);
  Atomics.wait(state, ${JOB}, seen);
  seen = Atomics.load(state, ${JOB});
  if (Atomics.compareExchange(state, open, seen, ${TAKEN}) !== seen) continue;
  functions[order[0]](...order.subarray(2, 2 + order[1]));
  if (Atomics.sub(state, ${PENDING}, 1) === 1) Atomics.notify(state, ${PENDING});
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
 * On how many threads large matrix products are computed; by default as many as the machine has processors, but at most 8. Results are
 * the same for every number.
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
 * Chooses on how many threads large matrix products are computed. Small ones never leave the thread of the caller, and threads start
 * only when the first product is large enough for them; they do not keep the process alive.
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

/** The threads that were started, and how they are spoken to. */
interface Crew {
  readonly state: Int32Array;
  readonly orders: readonly Float64Array[];
  /** Room for what each packs. */
  readonly work: readonly number[];
}

let crew: Crew | null | undefined;

/** Into how many parts a product of so many multiplications should be cut now: 1 as long as no thread listens. */
export function partsFor(w: Workspace, multiplications: number): number {
  const parts = Math.min(Math.floor(multiplications / WORTH_A_THREAD), getNumThreads());
  if (parts < 2) return 1;
  if (crew === undefined || (crew !== null && crew.work.length + 1 < parts))
    crew = start(w, getNumThreads() - 1);
  return crew === null ? 1 : Math.min(parts, 1 + Atomics.load(crew.state, LISTENING));
}

/** Where the thread that computes part `i` may pack; part 0 is the caller's. */
export function workOf(i: number): number {
  return crew!.work[i - 1]!;
}

/**
 * Lets threads call `run`, which they know as `name`, with each of the lists of arguments after the first, and waits until all is done. The
 * caller takes the first, and then every other that no thread has taken by then: a busy machine may let threads wait long.
 */
export function share(
  name: Threaded,
  calls: readonly (readonly number[])[],
  run: (...args: number[]) => void,
): void {
  const { state, orders } = crew!;
  const job = (Atomics.load(state, JOB) + 1) & 0x7fffffff || 1;
  for (let i = 1; i < calls.length; i++) {
    orders[i - 1]!.set([functions.indexOf(name), calls[i]!.length, ...calls[i]!]);
    Atomics.store(state, OPEN + i - 1, job);
  }
  Atomics.store(state, PENDING, calls.length - 1);
  Atomics.store(state, JOB, job);
  Atomics.notify(state, JOB);
  run(...calls[0]!);
  for (let i = 1; i < calls.length; i++) {
    if (Atomics.compareExchange(state, OPEN + i - 1, job, TAKEN) !== job) continue;
    run(...calls[i]!);
    Atomics.sub(state, PENDING, 1);
  }
  for (let i = 0; i < SPINS && Atomics.load(state, PENDING) > 0; i++);
  for (let left = Atomics.load(state, PENDING); left > 0; left = Atomics.load(state, PENDING))
    Atomics.wait(state, PENDING, left);
}

/** Starts threads; null where they cannot be had. Those that were started before go on sleeping. */
function start(w: Workspace, count: number): Crew | null {
  const at = allocateForever(bytesOfState(count) + count * ORDER * 8);
  const work = Array.from({ length: count }, () => allocateForever(matmulWork(WIDEST, 8)));
  if (at === null || work.includes(null)) return null;
  const { memory } = w;
  const state = new Int32Array(memory.buffer, at, OPEN + count).fill(0);
  const orders = work.map(
    (_, i) => new Float64Array(memory.buffer, at + bytesOfState(count) + i * ORDER * 8, ORDER),
  );
  try {
    const { Worker } = builtins.getBuiltinModule!("node:worker_threads");
    const codes = [w.code, w.fused()?.code];
    orders.forEach((order, i) => {
      const workerData = { memory, codes, state, order, open: OPEN + i };
      const worker = new Worker(program, { eval: true, execArgv: [], env: {}, workerData });
      worker.on("error", () => (crew = null));
      worker.unref();
    });
  } catch {
    return null; // forbidden, or too many
  }
  return { state, orders, work: work as number[] };
}

function bytesOfState(count: number): number {
  return Math.ceil((OPEN + count) / 2) * 8;
}
