/** Generators: streams of random numbers that a user seeds, saves and restores; and the default one. */

import { ValueError } from "../errors.ts";
import { requireOptions } from "../options.ts";
import type { EngineName, EngineState, FloatArray, RandomEngine } from "./engine.ts";
import { checkSeed, entropySeed } from "./engine.ts";
import { NumpyEngine } from "./numpy.ts";
import { SeedrandomEngine } from "./seedrandom.ts";
import { TorchEngine } from "./torch.ts";

/** Options of {@link Generator} and {@link manualSeed}. */
export interface GeneratorOptions {
  /**
   * Which algorithm draws the numbers: `"seedrandom"` (torchlet's own, the fastest), `"torch"` (PyTorch's values) or
   * `"numpy"` (the values of NumPy's RandomState).
   */
  engine?: EngineName;
}

/** A saved {@link Generator}: plain data that survives `JSON.stringify`. */
export interface GeneratorState {
  /** What the generator was last seeded with. */
  readonly seed: number | string;
  /** Which engine draws, and where in its stream it stands. */
  readonly engine: EngineState;
}

/** What a Generator without a seed starts from, as in PyTorch. */
const DEFAULT_SEED = 67280421310721;

function createEngine(name: EngineName, seed: number | string): RandomEngine {
  switch (name) {
    case "seedrandom":
      return new SeedrandomEngine(seed);
    case "numpy":
      return new NumpyEngine(seed);
    case "torch":
      return new TorchEngine(seed);
    default:
      throw new ValueError(
        "Generator",
        `engine must be "seedrandom", "numpy" or "torch", got ${String(name)}`,
      );
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Checks the seed and makes the engine for it, before anything is changed. */
function seededEngine(op: string, name: EngineName, seed: number | string): RandomEngine {
  checkSeed(op, seed, name);
  return createEngine(name, seed);
}

/**
 * A stream of random numbers: the same seed gives the same bits, in Node and in every browser.
 *
 * Wherever torchlet draws random numbers it takes a `generator`; without one it draws from the generator that
 * {@link manualSeed} seeds. A generator is independent of all others.
 *
 * Which numbers come out is up to its engine. `"seedrandom"` takes any finite number or string as seed (`42` and
 * `"42"` are the same seed). `"torch"` draws PyTorch's values and takes integers modulo 2^32, `"numpy"` draws those of
 * `numpy.random.RandomState` and takes integers from 0 to 2^32 - 1; both turn a string into such an integer by
 * seedrandom, so that `"42"` is not 42.
 *
 * PyTorch: `torch.Generator`. Without a seed it starts from the same fixed number as there, so two generators without
 * a seed draw the same; {@link Generator.seed} starts from an unpredictable one.
 *
 * @example
 * ```ts
 * import { Generator } from "@torchlet/tensor";
 *
 * const generator = new Generator(0, { engine: "torch" });
 * [...generator.permutation(10)]; // => [4, 1, 7, 5, 3, 9, 0, 8, 6, 2]
 *
 * // In the middle of a stream, go back to where it was saved.
 * const state = generator.getState();
 * const first = generator.random();
 * generator.setState(JSON.parse(JSON.stringify(state)));
 * generator.random() === first; // => true
 * ```
 */
export class Generator {
  #engine: RandomEngine;
  #seed: number | string;

  /**
   * @param seed - A number or a string. Default: 67280421310721, PyTorch's (its low 32 bits for engine "numpy").
   * @param options - `engine`: which algorithm draws. Default: `"seedrandom"`.
   * @throws ValueError if the engine does not exist or cannot take the seed: NaN, an infinity, for "torch" and "numpy"
   * a fraction, for "numpy" an integer outside 0 ... 2^32 - 1; if an option is unknown.
   */
  constructor(seed?: number | string, options: GeneratorOptions = {}) {
    requireOptions("Generator", options, 'engine: "torch"', ["engine"]);
    const name = options.engine ?? "seedrandom";
    this.#seed = seed ?? (name === "numpy" ? DEFAULT_SEED % 2 ** 32 : DEFAULT_SEED);
    this.#engine = seededEngine("Generator", name, this.#seed);
  }

  /**
   * Which algorithm draws the numbers: `"seedrandom"`, `"torch"` or `"numpy"`.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * new Generator(0).engine; // => "seedrandom"
   * ```
   */
  get engine(): EngineName {
    return this.#engine.name;
  }

  /**
   * Starts the stream of a seed from its beginning. PyTorch: `Generator.manual_seed`.
   *
   * @param seed - A number or a string, as the engine takes it.
   * @param options - `engine`: draw with another algorithm from now on. Default: the one in use.
   * @returns This generator.
   * @throws ValueError as the constructor does; the generator is then unchanged.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const generator = new Generator("a string will do");
   * const x = generator.random();
   * generator.manualSeed("a string will do").random() === x; // => true
   * ```
   */
  manualSeed(seed: number | string, options: GeneratorOptions = {}): this {
    requireOptions("manualSeed", options, 'engine: "torch"', ["engine"]);
    this.#engine = seededEngine("manualSeed", options.engine ?? this.engine, seed);
    this.#seed = seed;
    return this;
  }

  /**
   * Starts from an unpredictable seed and returns it.
   *
   * PyTorch: [`Generator.seed`](https://pytorch.org/docs/stable/generated/torch.Generator.html#torch.Generator.seed).
   *
   * @returns An integer below 2^53 (2^32 for engine "numpy"); {@link Generator.manualSeed} with it repeats the stream.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const generator = new Generator();
   * const seed = generator.seed();
   * const x = generator.random();
   * generator.manualSeed(seed).random() === x; // => true
   * ```
   */
  seed(): number {
    const seed = entropySeed(this.engine);
    this.manualSeed(seed);
    return seed;
  }

  /**
   * The seed that the stream began with.
   *
   * PyTorch: [`Generator.initial_seed`](https://pytorch.org/docs/stable/generated/torch.Generator.html#torch.Generator.initial_seed).
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * new Generator(42).initialSeed(); // => 42
   * ```
   */
  initialSeed(): number | string {
    return this.#seed;
  }

  /**
   * Where the stream stands, as plain data: `JSON.parse(JSON.stringify(state))` restores it exactly, the half-used pair of normals
   * included.
   *
   * PyTorch: [`Generator.get_state`](https://pytorch.org/docs/stable/generated/torch.Generator.html#torch.Generator.get_state), which
   * returns bytes.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const generator = new Generator(42);
   * const state = generator.getState();
   * const x = generator.random();
   * generator.setState(state).random() === x; // => true
   * ```
   */
  getState(): GeneratorState {
    return { seed: this.#seed, engine: this.#engine.getState() };
  }

  /**
   * Continues where a saved stream stood, with the engine that it was saved from.
   *
   * PyTorch: [`Generator.set_state`](https://pytorch.org/docs/stable/generated/torch.Generator.html#torch.Generator.set_state).
   *
   * @param state - What {@link Generator.getState} returned, of any generator.
   * @returns This generator.
   * @throws ValueError if it is not such a state; the generator is then unchanged.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const a = new Generator(1);
   * const b = new Generator(2).setState(a.getState());
   * a.random() === b.random(); // => true
   * ```
   */
  setState(state: GeneratorState): this {
    const op = "setState";
    if (!isRecord(state) || !isRecord(state.engine)) {
      throw new ValueError(op, "expected what getState() returned: { seed, engine: { engine, ... } }");
    }
    const { seed, engine: saved } = state;
    const engine = seededEngine(op, saved.engine, seed);
    engine.setState(saved);
    this.#engine = engine;
    this.#seed = seed;
    return this;
  }

  /**
   * Another generator at the same place of the same stream; the two then go their own ways.
   *
   * PyTorch: `Generator.clone_state`.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const a = new Generator(42);
   * const b = a.clone();
   * a.random() === b.random(); // => true
   * ```
   */
  clone(): Generator {
    return new Generator().setState(this.getState());
  }

  /**
   * A seed for another generator, drawn from this one: an integer below 2^32.
   *
   * With engine "torch" it is `torch.empty((), dtype=torch.int64).random_().item()` modulo 2^32, which seeds the same stream: so
   * PyTorch's samplers and data loaders seed theirs.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const workers = new Generator(new Generator(42).drawSeed());
   * workers.initialSeed() === new Generator(42).drawSeed(); // => true
   * ```
   */
  drawSeed(): number {
    return this.#engine.drawSeed();
  }

  /**
   * One number from [0, 1), a float64. PyTorch: `torch.rand((), dtype=torch.float64).item()`.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * // numpy.random.RandomState(42).rand()
   * new Generator(42, { engine: "numpy" }).random(); // => 0.3745401188473625
   * ```
   */
  random(): number {
    const out = new Float64Array(1);
    this.#engine.uniform(out, 0, 1);
    return out[0]!;
  }

  /**
   * Fills an array with samples of the uniform distribution on [low, high): 24 random bits for each element of a Float32Array, 53 for
   * a Float64Array.
   *
   * Engine "torch" reproduces that PyTorch's rounding can reach `high`; the default engine never does.
   *
   * PyTorch: [`Tensor.uniform_`](https://pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html).
   *
   * @param out - The array to fill; its type decides the precision.
   * @param low - The smallest value. Default: 0.
   * @param high - The bound above all values. Default: 1.
   * @throws ValueError if a bound is not finite, `low > high`, or their distance overflows.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * // torch.manual_seed(0); torch.rand(3)
   * const out = new Float32Array(3);
   * new Generator(0, { engine: "torch" }).uniform(out);
   * Array.from(out); // => [0.4963, 0.7682, 0.0885]
   * ```
   */
  uniform(out: FloatArray, low = 0, high = 1): void {
    if (!(low <= high) || !Number.isFinite(high - low)) {
      throw new ValueError("uniform", `needs finite low <= high, got ${low} and ${high}`);
    }
    this.#engine.uniform(out, low, high);
  }

  /**
   * Fills an array with samples of the normal distribution. PyTorch: `Tensor.normal_`.
   *
   * @param out - The array to fill; its type decides the precision.
   * @param mean - The mean. Default: 0.
   * @param std - The standard deviation. Default: 1.
   * @throws ValueError if one is not finite or `std` is negative.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * // torch.manual_seed(0); torch.randn(3)
   * const out = new Float32Array(3);
   * new Generator(0, { engine: "torch" }).normal(out);
   * Array.from(out, (x) => x.toFixed(4)); // => ["1.5410", "-0.2934", "-2.1788"]
   * ```
   */
  normal(out: FloatArray, mean = 0, std = 1): void {
    if (!Number.isFinite(mean) || !(std >= 0 && std < Infinity)) {
      throw new ValueError("normal", `needs a finite mean and a finite std >= 0, got ${mean} and ${std}`);
    }
    this.#engine.normal(out, mean, std);
  }

  /**
   * Fills an array with integers, each of low ... high - 1 equally likely. PyTorch: `torch.randint`.
   *
   * With engine "torch" the values are those of an int64 tensor, PyTorch's default.
   *
   * @param out - The array to fill.
   * @param low - The smallest value.
   * @param high - The integer after the largest value.
   * @throws ValueError if they are not integers within ±2^53, `low >= high`, their distance is beyond 2^53, or an Int32Array
   * cannot hold the values.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * // numpy.random.RandomState(0).randint(0, 10, 5)
   * const dice = new Int32Array(5);
   * new Generator(0, { engine: "numpy" }).integers(dice, 0, 10);
   * [...dice]; // => [5, 0, 3, 3, 7]
   * ```
   */
  integers(out: Int32Array | FloatArray, low: number, high: number): void {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low >= high || high - low > 2 ** 53) {
      throw new ValueError(
        "integers",
        `needs integers low < high at most 2^53 apart, got ${low} and ${high}`,
      );
    }
    if (out instanceof Int32Array && (low < -(2 ** 31) || high > 2 ** 31)) {
      throw new ValueError("integers", `int32 holds -2^31 ... 2^31 - 1, got low ${low} and high ${high}`);
    }
    this.#engine.integers(out, low, high);
  }

  /**
   * Fills an array with 1 with probability `p`, else 0; also the mask of dropout.
   *
   * PyTorch: [`Tensor.bernoulli_`](https://pytorch.org/docs/stable/generated/torch.Tensor.bernoulli_.html).
   *
   * @param out - The array to fill.
   * @param p - The probability of a 1.
   * @throws ValueError if `p` is not between 0 and 1.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * const out = new Uint8Array(3);
   * new Generator(0).bernoulli(out, 1);
   * [...out]; // => [1, 1, 1]
   * ```
   */
  bernoulli(out: FloatArray | Int32Array | Uint8Array, p: number): void {
    if (!(p >= 0 && p <= 1)) throw new ValueError("bernoulli", `p must lie between 0 and 1, got ${p}`);
    this.#engine.bernoulli(out, p);
  }

  /**
   * Fills an array with 1 with the probability at the same place of another, else 0.
   *
   * PyTorch: [`torch.bernoulli`](https://pytorch.org/docs/stable/generated/torch.bernoulli.html); whose draws depend on the dtype of
   * the probabilities.
   *
   * @param out - The array to fill.
   * @param p - The probabilities, as many as `out` has elements.
   * @throws ValueError if the lengths differ or a probability is not between 0 and 1.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * // torch.manual_seed(0); torch.bernoulli(torch.tensor([0.5, 0.5, 0.5, 0.5]))
   * const out = new Float32Array(4);
   * new Generator(0, { engine: "torch" }).bernoulliEach(out, new Float32Array(4).fill(0.5));
   * [...out]; // => [1, 0, 1, 1]
   * ```
   */
  bernoulliEach(out: FloatArray | Int32Array | Uint8Array, p: FloatArray): void {
    const op = "bernoulli";
    if (p.length !== out.length) {
      throw new ValueError(op, `${p.length} probabilities for ${out.length} elements`);
    }
    for (let i = 0; i < p.length; i++) {
      if (!(p[i]! >= 0 && p[i]! <= 1)) {
        throw new ValueError(op, `probabilities must lie between 0 and 1, got ${p[i]!} at index ${i}`);
      }
    }
    this.#engine.bernoulliEach(out, p);
  }

  /**
   * The integers 0 ... n - 1 in random order, every order equally likely.
   *
   * PyTorch: [`torch.randperm`](https://pytorch.org/docs/stable/generated/torch.randperm.html).
   *
   * @param n - How many.
   * @throws ValueError if `n` is not an integer from 0 to 2^31 - 1.
   *
   * @example
   * ```ts
   * import { Generator } from "@torchlet/tensor";
   *
   * // torch.manual_seed(0); torch.randperm(5)
   * [...new Generator(0, { engine: "torch" }).permutation(5)]; // => [4, 0, 1, 3, 2]
   * ```
   */
  permutation(n: number): Int32Array {
    if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31) {
      throw new ValueError("permutation", `n must be an integer from 0 to 2^31 - 1, got ${n}`);
    }
    return this.#engine.permutation(n);
  }
}

let theDefault: Generator | undefined;

/**
 * The generator that random functions draw from when they are given none.
 *
 * It is one object for the life of the program. Until {@link manualSeed} is called its stream is a different one in each run, begun
 * from an unpredictable seed (its `initialSeed()` says which).
 *
 * PyTorch: `torch.default_generator`.
 *
 * @example
 * ```ts
 * import { defaultGenerator, manualSeed } from "@torchlet/tensor";
 *
 * manualSeed(42);
 * defaultGenerator().initialSeed(); // => 42
 * defaultGenerator() === defaultGenerator(); // => true
 * ```
 */
export function defaultGenerator(): Generator {
  return (theDefault ??= new Generator(entropySeed("seedrandom")));
}

/**
 * Seeds the default generator, and so everything random in a program that passes no generators of its own.
 *
 * PyTorch: `torch.manual_seed`. Its values come out with `{ engine: "torch" }`; the default engine draws others.
 *
 * @param seed - A number or a string, as the engine takes it.
 * @param options - `engine`: draw with another algorithm from now on. Default: the one in use, at first "seedrandom".
 * @returns The default generator.
 * @throws ValueError if the engine does not exist or cannot take the seed, or an option is unknown; nothing is then changed.
 *
 * @example
 * ```ts
 * import { manualSeed } from "@torchlet/tensor";
 *
 * // torch.manual_seed(42); torch.rand((), dtype=torch.float64)
 * manualSeed(42, { engine: "torch" }).random(); // => 0.05815448596142969
 *
 * // Back to torchlet's own stream.
 * const x = manualSeed("spring", { engine: "seedrandom" }).random();
 * manualSeed("spring").random() === x; // => true
 * ```
 */
export function manualSeed(seed: number | string, options: GeneratorOptions = {}): Generator {
  return defaultGenerator().manualSeed(seed, options);
}
