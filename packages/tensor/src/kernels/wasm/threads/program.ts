/** What a thread does, and the numbers that it shares with the caller. */

/**
 * What threads share: how many parts of the present work nobody has taken, how many are not done, how many threads listen, and how many
 * of those sleep. Those that change all the time have a cache line each.
 */
export const OPEN = 0;
export const PENDING = 16;
export const LISTENING = 32;
export const ASLEEP = 33;
export const STATE = 48;
/**
 * For how many milliseconds a thread looks for work before it goes to sleep, and the caller for its end. Waking takes about as
 * long; and whoever goes on looking keeps a processor from others, such as the engine's garbage collection.
 */
export const PATIENCE = 0.1;
/** How often it looks between two glances at the clock. */
export const LOOKS = 100;

/** Numbers in the order for a part: which function, and its arguments. */
export const ORDER = 16;

/** The program of a thread. It ends with the process. A WebAssembly function ignores arguments that are too many. */
export const program = `
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
