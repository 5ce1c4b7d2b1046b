/** Distributions that keep the variance from layer to layer. */
import { noGrad, randn, requireOptions, ShapeError, stack, ValueError, type Tensor } from "@torchlet/tensor";
import { format } from "@torchlet/tensor/checks";
import { normal_, uniform_ } from "./distributions.ts";
import { from, type InitOptions } from "./options.ts";

/** The activations that {@link calculateGain} knows. */
export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/**
 * By how much weights before an activation should be larger, so that the variance stays from layer to layer.
 *
 * `linear` and `sigmoid` 1, `tanh` 5/3, `relu` √2, `leakyRelu` √(2 / (1 + slope²)), `selu` 3/4. PyTorch: `nn.init.calculate_gain`.
 *
 * @param nonlinearity - The activation.
 * @param slope - The negative slope of a leaky ReLU. Default: 0.01.
 * @throws ValueError if the activation is unknown.
 *
 * @example
 * ```ts
 * import { init } from "@torchlet/nn";
 *
 * init.calculateGain("relu"); // => 1.4142135623730951
 * init.calculateGain("leakyRelu", 1); // => 1
 * ```
 */
export function calculateGain(nonlinearity: Nonlinearity, slope = 0.01): number {
  switch (nonlinearity) {
    case "linear":
    case "sigmoid":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.sqrt(2);
    case "leakyRelu":
      return Math.sqrt(2 / (1 + slope * slope));
    case "selu":
      return 3 / 4;
    default:
      throw new ValueError("calculateGain", `unknown nonlinearity ${JSON.stringify(nonlinearity)}`);
  }
}

/** How many inputs an output of this weight has, and how many outputs an input: [out, in, ...kernel]. */
function fans(op: string, x: Tensor): { fanIn: number; fanOut: number } {
  if (x.ndim < 2)
    throw new ShapeError(
      op,
      `needs at least 2 dimensions to tell inputs from outputs, got ${format(x.shape)}`,
    );
  const [out, into, ...kernel] = x.shape as [number, number, ...number[]];
  const field = kernel.reduce((a, b) => a * b, 1);
  return { fanIn: into * field, fanOut: out * field };
}

/** Options of {@link xavierUniform_} and {@link xavierNormal_}. */
export interface XavierOptions extends InitOptions {
  /** A factor for the activation that follows; see {@link calculateGain}. Default: 1. */
  gain?: number;
}

/**
 * Numbers drawn evenly from [-a, a) with `a = gain √(6 / (fanIn + fanOut))` (Glorot and Bengio 2010). PyTorch: `nn.init.xavier_uniform_`.
 *
 * @param x - A weight of at least 2 dimensions, [out, in, ...].
 * @param options - `gain`, `generator`.
 * @throws ShapeError if `x` has fewer dimensions.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.xavierUniform_(zeros(4, 2)).abs().max().item() <= 1; // => true
 * ```
 */
export function xavierUniform_(x: Tensor, options: XavierOptions = {}): Tensor {
  const a = Math.sqrt(3) * xavierStd("xavierUniform_", x, options);
  return uniform_(x, -a, a, options);
}

/**
 * Numbers from the normal distribution with standard deviation `gain √(2 / (fanIn + fanOut))`. PyTorch: `nn.init.xavier_normal_`.
 *
 * @param x - A weight of at least 2 dimensions, [out, in, ...].
 * @param options - `gain`, `generator`.
 * @throws ShapeError if `x` has fewer dimensions.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.xavierNormal_(zeros(4, 2), { gain: 0 }).toArray(); // => [[0, 0], [0, 0], [0, 0], [0, 0]]
 * ```
 */
export function xavierNormal_(x: Tensor, options: XavierOptions = {}): Tensor {
  return normal_(x, 0, xavierStd("xavierNormal_", x, options), options);
}

function xavierStd(op: string, x: Tensor, options: XavierOptions): number {
  requireOptions(op, options, "gain: 2", ["gain", "generator"]);
  const { fanIn, fanOut } = fans(op, x);
  return (options.gain ?? 1) * Math.sqrt(2 / (fanIn + fanOut));
}

/** Options of {@link kaimingUniform_} and {@link kaimingNormal_}. */
export interface KaimingOptions extends InitOptions {
  /** The negative slope of the leaky ReLU that follows. Default: 0. */
  a?: number;
  /** Keep the variance in forward (`"fanIn"`) or in backward (`"fanOut"`). Default: `"fanIn"`. */
  mode?: "fanIn" | "fanOut";
  /** The activation that follows. Default: `"leakyRelu"`, which with slope 0 is a ReLU. */
  nonlinearity?: Nonlinearity;
}

/**
 * Numbers drawn evenly from [-a, a) with `a = gain √(3 / fan)` (He et al. 2015). PyTorch: `nn.init.kaiming_uniform_`.
 *
 * @param x - A weight of at least 2 dimensions, [out, in, ...].
 * @param options - `a`, `mode`, `nonlinearity`, `generator`.
 * @throws ShapeError if `x` has fewer dimensions.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.kaimingUniform_(zeros(4, 6), { nonlinearity: "relu" }).abs().max().item() <= 1; // => true
 * ```
 */
export function kaimingUniform_(x: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingStd("kaimingUniform_", x, options);
  return uniform_(x, -bound, bound, options);
}

/**
 * Numbers from the normal distribution with standard deviation `gain / √fan` (He et al. 2015). PyTorch: `nn.init.kaiming_normal_`.
 *
 * @param x - A weight of at least 2 dimensions, [out, in, ...].
 * @param options - `a`, `mode`, `nonlinearity`, `generator`.
 * @throws ShapeError if `x` has fewer dimensions.
 *
 * @example
 * ```ts
 * import { Linear, init } from "@torchlet/nn";
 *
 * const layer = new Linear(4, 2);
 * init.kaimingNormal_(layer.weight, { mode: "fanOut", nonlinearity: "relu" }) === layer.weight; // => true
 * ```
 */
export function kaimingNormal_(x: Tensor, options: KaimingOptions = {}): Tensor {
  return normal_(x, 0, kaimingStd("kaimingNormal_", x, options), options);
}

function kaimingStd(op: string, x: Tensor, options: KaimingOptions): number {
  requireOptions(op, options, "a: 0.1", ["a", "mode", "nonlinearity", "generator"]);
  const { a = 0, nonlinearity = "leakyRelu" } = options;
  const mode: string = options.mode ?? "fanIn";
  if (mode !== "fanIn" && mode !== "fanOut")
    throw new ValueError(op, `mode must be "fanIn" or "fanOut", got ${JSON.stringify(mode)}`);
  const { fanIn, fanOut } = fans(op, x);
  return calculateGain(nonlinearity, a) / Math.sqrt(mode === "fanIn" ? fanIn : fanOut);
}

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times `gain` (Saxe et al. 2013).
 *
 * More than 2 dimensions count as [out, everything else]. PyTorch: `nn.init.orthogonal_`.
 *
 * @param x - The tensor that is overwritten.
 * @param options - `gain`, `generator`.
 * @throws ShapeError if `x` has fewer than 2 dimensions.
 *
 * @example
 * ```ts
 * import { eye, zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * const q = init.orthogonal_(zeros([3, 5], { dtype: "float64" }));
 * q.matmul(q.t()).sub(eye(3)).abs().max().item() < 1e-12; // => true
 * ```
 */
export function orthogonal_(x: Tensor, options: XavierOptions = {}): Tensor {
  if (x.ndim < 2) throw new ShapeError("orthogonal_", `needs at least 2 dimensions, got ${format(x.shape)}`);
  if (x.numel === 0) return x;
  const rows = x.shape[0]!;
  return noGrad(() => {
    const random = randn([rows, x.numel / rows], { dtype: x.dtype, ...from(options) }).to("float64");
    const wide = rows < x.numel / rows;
    const basis = orthonormal((wide ? random : random.t()).unbind());
    return x.copy_((wide ? basis : basis.t()).mul(options.gain ?? 1).reshape(x.shape));
  });
}

/** Gram-Schmidt, twice for each vector since once loses digits; the results as rows. */
function orthonormal(vectors: readonly Tensor[]): Tensor {
  const basis: Tensor[] = [];
  for (const vector of vectors) {
    let v = vector;
    for (let pass = 0; pass < 2 && basis.length > 0; pass++) {
      const q = stack(basis);
      v = v.sub(q.matmul(v).matmul(q));
    }
    basis.push(v.div(v.square().sum().sqrt()));
  }
  return stack(basis);
}
