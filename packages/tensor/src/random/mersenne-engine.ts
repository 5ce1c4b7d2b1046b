import { checkCachedNormal, checkEngine, seed32 } from "./engine.ts";
import type { EngineState, FloatArray, NumpyState, TorchState } from "./engine.ts";
import { Mt19937 } from "./mt19937.ts";

/** What NumPy's generator and PyTorch's have in common: the words of a Mersenne Twister, and normals that come in pairs. */
export abstract class MersenneEngine<State extends NumpyState | TorchState> {
  abstract readonly name: State["engine"];
  protected readonly words: Mt19937;
  /** The second normal of the last pair, if it has not been used. */
  protected cachedNormal: number | null = null;

  constructor(seed: number | string) {
    this.words = new Mt19937(seed32(seed));
  }

  /** 53 bits per element. */
  bernoulli(out: FloatArray | Int32Array | Uint8Array, p: number): void {
    for (let i = 0; i < out.length; i++) out[i] = this.double() < p ? 1 : 0;
  }

  bernoulliEach(out: FloatArray | Int32Array | Uint8Array, p: FloatArray): void {
    for (let i = 0; i < out.length; i++) out[i] = this.double() < p[i]! ? 1 : 0;
  }

  getState(): State {
    return { engine: this.name, ...this.words.getState(), cachedNormal: this.cachedNormal } as State;
  }

  setState(state: EngineState): void {
    const { key, position, cachedNormal } = checkEngine(state, this.name) as State;
    checkCachedNormal("setState", cachedNormal);
    this.words.setState("setState", key, position);
    this.cachedNormal = cachedNormal;
  }

  /** A multiple of 2^-53 below 1. */
  protected abstract double(): number;

  /** Two normals: returns the first, and leaves the second in `cachedNormal`. */
  protected abstract drawPair(): number;

  /** A normal: the one that is left of the last pair, else the first of a new one. */
  protected gauss(): number {
    const cached = this.cachedNormal;
    this.cachedNormal = null;
    return cached ?? this.drawPair();
  }
}
