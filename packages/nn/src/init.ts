/**
 * Initial values for parameters: each function overwrites its tensor, unrecorded, and returns it.
 *
 * PyTorch: [`torch.nn.init`](https://pytorch.org/docs/stable/nn.init.html).
 */
import {
  eye,
  noGrad,
  randn,
  randperm,
  requireOptions,
  ShapeError,
  stack,
  tensor,
  ValueError,
  type Generator,
  type Tensor,
} from "@torchlet/tensor";
import { checkFraction, checkNumbers } from "./arguments/numbers.ts";
import { format } from "./shapes.ts";

/** Options of everything that draws random numbers. */
export interface InitOptions {
  /** Where the numbers come from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

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

/** The generator in the form that in-place random functions take. */
function from({ generator }: InitOptions): { generator?: Generator } {
  return generator ? { generator } : {};
}

// ----- plain values -----

/**
 * One value everywhere. PyTorch: `nn.init.constant_`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.constant_(zeros(2), 0.5).toArray(); // => [0.5, 0.5]
 * ```
 */
export function constant_(x: Tensor, value: number): Tensor {
  checkNumbers("constant_", { value });
  return noGrad(() => x.fill_(value));
}

/**
 * Ones. PyTorch: `nn.init.ones_`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.ones_(zeros(2)).toArray(); // => [1, 1]
 * ```
 */
export function ones_(x: Tensor): Tensor {
  return constant_(x, 1);
}

/**
 * Zeros. PyTorch: `nn.init.zeros_`.
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.zeros_(ones(2)).toArray(); // => [0, 0]
 * ```
 */
export function zeros_(x: Tensor): Tensor {
  return constant_(x, 0);
}

/**
 * The identity matrix: a linear layer starts as the identity. PyTorch: `nn.init.eye_`.
 *
 * @throws ShapeError if `x` is no matrix.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.eye_(zeros(2, 3)).toArray(); // => [[1, 0, 0], [0, 1, 0]]
 * ```
 */
export function eye_(x: Tensor): Tensor {
  const [rows, columns] = matrix("eye_", x);
  return noGrad(() => x.copy_(eye(rows, columns)));
}

function matrix(op: string, x: Tensor): readonly [rows: number, columns: number] {
  if (x.ndim !== 2) throw new ShapeError(op, `needs a matrix, got ${format(x.shape)}`);
  return [x.shape[0]!, x.shape[1]!];
}

// ----- plain distributions -----

/**
 * Numbers drawn evenly from [low, high). PyTorch: `nn.init.uniform_`.
 *
 * @param x - The tensor that is overwritten.
 * @param low - The lower end. Default: 0.
 * @param high - The upper end. Default: 1.
 * @param options - `generator`.
 * @throws ValueError if `low > high`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * const x = init.uniform_(zeros(100), -2, 3);
 * x.ge(-2).all().item() && x.le(3).all().item(); // => 1
 * ```
 */
export function uniform_(x: Tensor, low = 0, high = 1, options: InitOptions = {}): Tensor {
  return x.numel === 0 ? x : noGrad(() => x.uniform_(low, high, from(options))); // the bounds for no inputs are infinite
}

/**
 * Numbers from the normal distribution. PyTorch: `nn.init.normal_`.
 *
 * @param x - The tensor that is overwritten.
 * @param mean - The mean. Default: 0.
 * @param std - The standard deviation. Default: 1.
 * @param options - `generator`.
 * @throws ValueError if `std` is negative.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.normal_(zeros(2), 5, 0).toArray(); // => [5, 5]
 * ```
 */
export function normal_(x: Tensor, mean = 0, std = 1, options: InitOptions = {}): Tensor {
  return x.numel === 0 ? x : noGrad(() => x.normal_(mean, std, from(options)));
}

/** Options of {@link truncNormal_}. */
export interface TruncNormalOptions extends InitOptions {
  /** The mean before truncation. Default: 0. */
  mean?: number;
  /** The standard deviation before truncation. Default: 1. */
  std?: number;
  /** The lowest value. Default: -2. */
  a?: number;
  /** The highest value. Default: 2. */
  b?: number;
}

/**
 * Numbers from the normal distribution as far as they lie in [a, b]: uniform numbers sent through the inverse of its distribution function.
 *
 * PyTorch: `nn.init.trunc_normal_`.
 *
 * @param x - The tensor that is overwritten.
 * @param options - `mean`, `std`, `a`, `b`, `generator`.
 * @throws ValueError if `a < b` or `std > 0` does not hold, or [a, b] is too far from the mean for any number to fall into it.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.truncNormal_(zeros(100), { std: 10 }).abs().le(2).all().item(); // => 1
 * ```
 */
export function truncNormal_(x: Tensor, options: TruncNormalOptions = {}): Tensor {
  requireOptions("truncNormal_", options, "std: 0.02", ["mean", "std", "a", "b", "generator"]);
  const { mean = 0, std = 1, a = -2, b = 2 } = options;
  if (!(a < b) || !(std > 0))
    throw new ValueError("truncNormal_", `needs a < b and std > 0, got a ${a}, b ${b}, std ${std}`);
  const [low, high] = [a, b].map((end) => erf((end - mean) / std / Math.SQRT2)) as [number, number];
  if (low === high)
    throw new ValueError("truncNormal_", `[${a}, ${b}] is out of reach of mean ${mean} and std ${std}`);
  return noGrad(() => {
    const y = x.uniform_(low, high, from(options)).to("float64");
    return x.copy_(
      erfinv(y)
        .mul(std * Math.SQRT2)
        .add(mean)
        .clamp(a, b),
    );
  });
}

function erf(x: number): number {
  return tensor(x, { dtype: "float64" }).erf().item();
}

/** The inverse of the error function: Winitzki's approximation, good to 0.2 %, made exact by Newton's method. */
function erfinv(y: Tensor): Tensor {
  const target = y.clamp(-1 + 2 ** -26, 1 - 2 ** -26); // ±1 would be infinite
  const c = 0.147;
  const log = target.square().neg().log1p();
  const half = log.div(2).add(2 / (Math.PI * c));
  let x = half.square().sub(log.div(c)).sqrt().sub(half).clampMin(0).sqrt().mul(target.sign());
  for (let i = 0; i < 4; i++)
    x = x.sub(
      x
        .erf()
        .sub(target)
        .mul(x.square().exp())
        .mul(Math.sqrt(Math.PI) / 2),
    );
  return x;
}

// ----- distributions that keep the variance from layer to layer -----

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

/** Options of {@link sparse_}. */
export interface SparseOptions extends InitOptions {
  /** The standard deviation of the elements that are not 0. Default: 0.01. */
  std?: number;
}

/**
 * A matrix of normally distributed numbers in which the given part of every column is 0 (Martens 2010). PyTorch: `nn.init.sparse_`.
 *
 * @param x - The tensor that is overwritten.
 * @param sparsity - The part of every column that is 0, rounded up to whole elements.
 * @param options - `std`, `generator`.
 * @throws ShapeError if `x` is no matrix.
 * @throws ValueError if `sparsity` is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.sparse_(zeros(4, 2), 0.5).eq(0).sum(0).toArray(); // => [2, 2]
 * ```
 */
export function sparse_(x: Tensor, sparsity: number, options: SparseOptions = {}): Tensor {
  requireOptions("sparse_", options, "std: 0.1", ["std", "generator"]);
  const [rows, columns] = matrix("sparse_", x);
  checkFraction("sparse_", { sparsity });
  return noGrad(() => {
    x.normal_(0, options.std ?? 0.01, from(options));
    for (let column = 0; column < columns; column++) {
      const zeroed = randperm(rows, from(options)).narrow(0, 0, Math.ceil(sparsity * rows));
      x.setAt_([zeroed, column], 0);
    }
    return x;
  });
}
