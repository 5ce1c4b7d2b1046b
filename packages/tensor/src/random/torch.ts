/**
 * The values of PyTorch's CPU generator (`torch.manual_seed`), as version 1.13 built without MKL computes them on a
 * processor with AVX2.
 *
 * Float32 and float64 tensors draw differently in PyTorch; here the type of the array decides.
 */

import { fma, fmaf } from "../math/fma.ts";
import { log } from "../math/log.ts";
import { sincos } from "../math/trigonometric.ts";
import type { FloatArray, RandomEngine, TorchState } from "./engine.ts";
import { MersenneEngine } from "./mersenne-engine.ts";
import { normalFill16 } from "./vector-math.ts";

/** PyTorch's CPUGeneratorImpl with the distributions of its CPU kernels. */
export class TorchEngine extends MersenneEngine<TorchState> implements RandomEngine {
  readonly name = "torch";
  private readonly trig = new Float64Array(2);

  /** `tensor.uniform_(low, high)`, with 0 and 1 `torch.rand`. As in PyTorch, rounding may reach `high`. */
  uniform(out: FloatArray, low: number, high: number): void {
    if (out instanceof Float32Array) {
      const from = Math.fround(low);
      const range = Math.fround(Math.fround(high) - from);
      if (from === 0) for (let i = 0; i < out.length; i++) out[i] = this.float() * range;
      else for (let i = 0; i < out.length; i++) out[i] = fmaf(this.float(), range, from);
    } else {
      const range = high - low;
      if (low === 0) for (let i = 0; i < out.length; i++) out[i] = this.double() * range;
      else for (let i = 0; i < out.length; i++) out[i] = fma(this.double(), range, low);
    }
  }

  /** `tensor.normal_(mean, std)`, with 0 and 1 `torch.randn`: Box and Muller in pairs below 16 elements, in blocks of 16 from there. */
  normal(out: FloatArray, mean: number, std: number): void {
    if (out.length < 16) {
      for (let i = 0; i < out.length; i++) out[i] = fma(this.gauss(), std, mean);
      return;
    }
    for (let i = 0; i < out.length; i++) out[i] = out instanceof Float32Array ? this.float() : this.double();
    this.normalFill(out, 0, out.length - 15, mean, std);
    if (out.length % 16 !== 0) {
      const at = out.length - 16;
      for (let i = at; i < out.length; i++)
        out[i] = out instanceof Float32Array ? this.float() : this.double();
      this.normalFill(out, at, at + 1, mean, std);
    }
  }

  /** `torch.randint(low, high)`: a 32-bit word modulo the range, a 64-bit one for ranges of 2^32 and more. */
  integers(out: Int32Array | FloatArray, low: number, high: number): void {
    const range = high - low;
    if (range < 2 ** 32) for (let i = 0; i < out.length; i++) out[i] = low + (this.words.next() % range);
    else for (let i = 0; i < out.length; i++) out[i] = low + this.modulo64(range);
  }

  /** `torch.bernoulli(p)`: 24 bits per element for float32 probabilities, 53 for float64. */
  override bernoulliEach(out: FloatArray | Int32Array | Uint8Array, p: FloatArray): void {
    if (p instanceof Float32Array) for (let i = 0; i < out.length; i++) out[i] = this.float() < p[i]! ? 1 : 0;
    else super.bernoulliEach(out, p);
  }

  /** `torch.randperm(n)`: Fisher and Yates from the front. */
  permutation(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    const wide = n >= 0xffffffff / 20;
    for (let i = 0; i < n - 1; i++) {
      const j = i + (wide ? this.modulo64(n - i) : this.words.next() % (n - i));
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }

  /** The low 32 bits of `torch.empty((), dtype=torch.int64).random_()`: all that `manual_seed` uses of it. */
  drawSeed(): number {
    this.words.next();
    return this.words.next();
  }

  /** 24 bits of a word. */
  private float(): number {
    return (this.words.next() & 0xffffff) / 2 ** 24;
  }

  /** The low 53 bits of two words, the higher word first. */
  protected double(): number {
    const high = this.words.next() & 0x1fffff;
    return (high * 2 ** 32 + this.words.next()) / 2 ** 53;
  }

  private modulo64(range: number): number {
    const high = BigInt(this.words.next());
    return Number(((high << 32n) | BigInt(this.words.next())) % BigInt(range));
  }

  protected drawPair(): number {
    const u1 = this.double();
    const u2 = this.double();
    const radius = Math.sqrt(-2 * log(1 - u2));
    sincos(2 * Math.PI * u1, this.trig);
    this.cachedNormal = radius * this.trig[0]!;
    return radius * this.trig[1]!;
  }

  /** Turns the blocks of 16 uniforms that start at `at`, `at + 16`, ... below `end` into normals. */
  private normalFill(out: FloatArray, at: number, end: number, mean: number, std: number): void {
    if (out instanceof Float32Array) {
      const mean32 = Math.fround(mean);
      const std32 = Math.fround(std);
      for (let i = at; i < end; i += 16) normalFill16(out, i, mean32, std32);
      return;
    }
    for (let i = at; i < end; i += 16) {
      for (let j = i; j < i + 8; j++) {
        const radius = Math.sqrt(-2 * log(1 - out[j]!));
        sincos(2 * Math.PI * out[j + 8]!, this.trig);
        out[j] = fma(radius * this.trig[1]!, std, mean);
        out[j + 8] = fma(radius * this.trig[0]!, std, mean);
      }
    }
  }
}
