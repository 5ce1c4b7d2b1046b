/** What every random number engine can do, the states they save, and the seeds they take. No Tensor here. */

import { ValueError } from "../errors.ts";
import { seedWords } from "./seed-words.ts";

/**
 * Which algorithm draws the numbers.
 *
 * - `"seedrandom"`: torchlet's own stream, the default. Any number or string is a seed. The fastest.
 * - `"numpy"`: the values of NumPy's `numpy.random.RandomState(seed)`.
 * - `"torch"`: the values of PyTorch on the CPU after `torch.manual_seed(seed)`.
 */
export type EngineName = "seedrandom" | "numpy" | "torch";

/** Arrays that take real random numbers; the type decides between float32 and float64 draws. */
export type FloatArray = Float32Array | Float64Array;

/** The state of the engine "seedrandom". */
export interface SeedrandomState {
  /** Which engine this state belongs to. */
  readonly engine: "seedrandom";
  /** Four words for each of four xoshiro128++ generators. */
  readonly lanes: number[];
  /** How many of the 256 words that follow from them have been used. */
  readonly position: number;
}

/** The state of the engine "numpy": what `RandomState.get_state()` returns. */
export interface NumpyState {
  /** Which engine this state belongs to. */
  readonly engine: "numpy";
  /** The 624 words of the Mersenne Twister. */
  readonly key: number[];
  /** How many of the current 624 words have been used. */
  readonly position: number;
  /** The second normal of the last pair, if it has not been used. */
  readonly cachedNormal: number | null;
}

/** The state of the engine "torch". */
export interface TorchState {
  /** Which engine this state belongs to. */
  readonly engine: "torch";
  /** The 624 words of the Mersenne Twister. */
  readonly key: number[];
  /** How many of the current 624 words have been used. */
  readonly position: number;
  /** The second normal of the last pair, if it has not been used (only arrays of fewer than 16 elements use it). */
  readonly cachedNormal: number | null;
}

/** What an engine needs to continue exactly where it was. Plain data: survives JSON. */
export type EngineState = SeedrandomState | NumpyState | TorchState;

/** Draws random numbers into preallocated arrays. The arguments have been checked by {@link Generator}. */
export interface RandomEngine {
  /** Which engine this is. */
  readonly name: EngineName;
  /** Fills with samples of the uniform distribution on [low, high). */
  uniform(out: FloatArray, low: number, high: number): void;
  /** Fills with samples of the normal distribution. */
  normal(out: FloatArray, mean: number, std: number): void;
  /** Fills with integers, low <= value < high. */
  integers(out: Int32Array | FloatArray, low: number, high: number): void;
  /** Fills with 1 with probability p, else 0. */
  bernoulli(out: FloatArray | Int32Array | Uint8Array, p: number): void;
  /** The same with a probability for each element. */
  bernoulliEach(out: FloatArray | Int32Array | Uint8Array, p: FloatArray): void;
  /** The integers 0 ... n - 1 in random order. */
  permutation(n: number): Int32Array;
  /** An integer below 2^32 that seeds another generator. */
  drawSeed(): number;
  /** What `setState` needs to continue from here. */
  getState(): EngineState;
  /** Continues from a saved state; throws and changes nothing if it is not a state of this engine. */
  setState(state: EngineState): void;
}

/** Refuses a seed that the engine cannot take. */
export function checkSeed(op: string, seed: number | string, engine: EngineName): void {
  if (typeof seed === "string") return;
  if (typeof seed !== "number" || !Number.isFinite(seed)) {
    throw new ValueError(op, `a seed is a finite number or a string, got ${String(seed)}`);
  }
  if (engine === "seedrandom") return;
  if (!Number.isSafeInteger(seed)) {
    throw new ValueError(
      op,
      `a seed of engine "${engine}" is an integer within ±(2^53 - 1) or a string, got ${seed}`,
    );
  }
  if (engine === "numpy" && (seed < 0 || seed >= 2 ** 32)) {
    throw new ValueError(
      op,
      `a seed of engine "numpy" lies between 0 and 2^32 - 1, as in NumPy, got ${seed}`,
    );
  }
}

/** The 32 bits that seed a Mersenne Twister: an integer modulo 2^32, of a string what seedrandom makes of it. */
export function seed32(seed: number | string): number {
  return (typeof seed === "string" ? seedWords(seed)() : seed) >>> 0;
}

/** A seed that nobody can guess: an integer below 2^53, for engine "numpy" below 2^32. */
export function entropySeed(engine: EngineName): number {
  const word = seedWords();
  const low = word() >>> 0;
  return engine === "numpy" ? low : (word() >>> 11) * 2 ** 32 + low;
}

/** The integers 0 ... n - 1, shuffled by Fisher and Yates from the end; `upTo` draws an integer from 0 to `last` inclusive. */
export function shuffledFromEnd(n: number, upTo: (last: number) => number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = upTo(i);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

/** The state, if it is one of the engine `name`. */
export function checkEngine<N extends EngineName>(
  state: EngineState,
  name: N,
): Extract<EngineState, { engine: N }> {
  if (state.engine !== name)
    throw new ValueError("setState", `a state of engine "${state.engine}" does not fit engine "${name}"`);
  return state as Extract<EngineState, { engine: N }>;
}

/** Refuses a saved state that cannot be one: every word must be a 32-bit unsigned integer. */
export function checkWords(
  op: string,
  what: string,
  words: unknown,
  length: number,
): asserts words is number[] {
  if (!Array.isArray(words) || words.length !== length) {
    throw new ValueError(op, `the state's \`${what}\` is not an array of ${length} numbers`);
  }
  for (const word of words as unknown[]) {
    if (typeof word !== "number" || word >>> 0 !== word) {
      throw new ValueError(
        op,
        `the state's \`${what}\` holds ${String(word)}, which is not an unsigned 32-bit integer`,
      );
    }
  }
}

/** Refuses a saved position outside 0 ... last. */
export function checkPosition(op: string, position: unknown, last: number): asserts position is number {
  if (!Number.isInteger(position) || (position as number) < 0 || (position as number) > last) {
    throw new ValueError(
      op,
      `the state's \`position\` is ${String(position)}, not an integer from 0 to ${last}`,
    );
  }
}

/** Refuses a saved normal that is neither a finite number nor null. */
export function checkCachedNormal(op: string, value: unknown): asserts value is number | null {
  if (value !== null && !Number.isFinite(value)) {
    throw new ValueError(op, "the state's `cachedNormal` is neither a finite number nor null");
  }
}
