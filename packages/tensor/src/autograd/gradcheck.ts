import { ones, tensor, zerosLike } from "../create.ts";
import { isFloatingPoint } from "../dtype.ts";
import { AutogradError, DTypeError, ValueError } from "../errors.ts";
import { sin } from "../math/index.ts";
import { kindOf, requireOptions } from "../options.ts";
import { flatIndex, format, type Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { grad } from "./backward.ts";
import { noGrad } from "./grad-mode.ts";

/** A function of tensors, checked by {@link gradcheck}. */
export type Differentiable = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/** Options of {@link gradcheck} and {@link gradgradcheck}. */
export interface GradcheckOptions {
  /** Half the distance of the two points of a central difference. Default: 1e-6. */
  eps?: number;
  /** Allowed absolute difference. Default: 1e-5. */
  atol?: number;
  /** Allowed difference relative to the numerical derivative. Default: 1e-3. */
  rtol?: number;
  /** Return false instead of throwing. Default: true, throw. */
  raiseException?: boolean;
}

/**
 * Compares the gradients of `f` with central differences, element by element.
 *
 * Every input that requires a gradient is checked; it must be `float64`, since differences of `float32` are too coarse. A gradient
 * that does not arrive at all counts as 0, and a function that gives different values for the same inputs is refused.
 * PyTorch: [`torch.autograd.gradcheck`](https://pytorch.org/docs/stable/generated/torch.autograd.gradcheck.html).
 *
 * @param f - A function that returns one tensor or several.
 * @param inputs - Its arguments.
 * @param options - `eps`, `atol`, `rtol`, `raiseException`.
 * @returns true if all gradients agree.
 * @throws AutogradError naming output, input, index and both numbers where they do not (unless `raiseException` is false), or if `f` is
 * not deterministic.
 * @throws DTypeError if an input that requires a gradient, or an output, is not float64.
 * @throws ValueError if no input requires a gradient.
 *
 * @example
 * ```ts
 * import { gradcheck, tensor } from "@torchlet/tensor";
 *
 * const x = tensor([0.5, -1.5], { dtype: "float64", requiresGrad: true });
 * gradcheck((x) => x.tanh().mul(x), [x]); // => true
 * ```
 */
export function gradcheck(
  f: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): boolean {
  requireList("gradcheck", inputs);
  return check("gradcheck", f, inputs, options, { output: (o) => `output ${o}`, input: (i) => `input ${i}` });
}

/**
 * Like {@link gradcheck}, for the gradients of the gradients: checks that backward itself is differentiated correctly.
 *
 * PyTorch: [`torch.autograd.gradgradcheck`](https://pytorch.org/docs/stable/generated/torch.autograd.gradgradcheck.html).
 *
 * @param f - A function that returns one tensor or several.
 * @param inputs - Its arguments.
 * @param options - As for {@link gradcheck}.
 * @returns true if all second derivatives agree.
 * @throws AutogradError naming output, input, index and both numbers where they do not (unless `raiseException` is false).
 *
 * @example
 * ```ts
 * import { gradgradcheck, tensor } from "@torchlet/tensor";
 *
 * const x = tensor([0.5, -1.5], { dtype: "float64", requiresGrad: true });
 * gradgradcheck((x) => x.exp().mul(x), [x]); // => true
 * ```
 */
export function gradgradcheck(
  f: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): boolean {
  requireList("gradgradcheck", inputs);
  const count = inputs.length;
  const outputs = noGrad(() => outputsOf(f, inputs));
  const cotangents = outputs.map((y, i) => wave(y.shape, i).requiresGrad_());
  const first: Differentiable = (...args) => {
    const xs = args.slice(0, count).filter((x) => x.requiresGrad);
    const ys = outputsOf(f, args.slice(0, count));
    const gs = args.slice(count);
    const kept = ys.map((y, i) => [y, gs[i]!] as const).filter(([y]) => y.requiresGrad);
    const gradients = grad(
      kept.map(([y]) => y),
      xs,
      { gradOutputs: kept.map(([, g]) => g), createGraph: true, allowUnused: true },
    );
    return gradients.map((g, i) => g ?? zerosLike(xs[i]!));
  };
  const differentiated = inputs.flatMap((x, i) => (x.requiresGrad ? [i] : []));
  return check("gradgradcheck", first, [...inputs, ...cotangents], options, {
    output: (o) => `gradient of input ${differentiated[o]}`,
    input: (i) => (i < count ? `input ${i}` : `gradOutput ${i - count}`),
  });
}

function outputsOf(f: Differentiable, inputs: readonly Tensor[]): readonly Tensor[] {
  const y = f(...inputs);
  return y instanceof Tensor ? [y] : y;
}

/** Numbers without symmetry, so that mistakes do not cancel. */
function wave(shape: Shape, phase: number): Tensor {
  const x = ones(shape, { dtype: "float64" });
  const { data } = x;
  for (let i = 0; i < data.length; i++) data[i] = 1 + 0.5 * sin(1.3 * i + phase);
  return x;
}

/** What outputs and inputs are called in the report. */
interface Labels {
  output(o: number): string;
  input(i: number): string;
}

function requireList(op: string, inputs: unknown): void {
  if (!Array.isArray(inputs))
    throw new ValueError(op, `the inputs are a list of tensors, as in [x], got ${kindOf(inputs)}`);
}

function check(
  op: string,
  f: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions,
  labels: Labels,
): boolean {
  requireOptions(op, options, "eps: 1e-5", ["eps", "atol", "rtol", "raiseException"]);
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, raiseException = true } = options;
  const wanted = inputs.flatMap((x, i) => (x.requiresGrad ? [i] : []));
  if (wanted.length === 0)
    throw new ValueError(op, "no input requires a gradient, so there is nothing to check");
  for (const i of wanted) requireFloat64(op, labels.input(i), inputs[i]!);
  // Copies: the inputs stay untouched, and each element has a place of its own in memory.
  const points = inputs.map((x) => (x.requiresGrad ? leafLike(x) : x));
  const outputs = outputsOf(f, points);
  requireSame(op, outputs, outputsOf(f, points), labels);
  for (const [o, y] of outputs.entries()) {
    if (!isFloatingPoint(y.dtype)) continue;
    requireFloat64(op, labels.output(o), y);
    const analytic = jacobian(
      y,
      wanted.map((i) => points[i]!),
    );
    for (const [k, i] of wanted.entries()) {
      const numeric = differences(f, points, i, o, eps);
      const failure = compare(analytic[k]!, numeric, y, points[i]!, atol, rtol);
      if (failure === null) continue;
      if (raiseException) throw new AutogradError(op, `${labels.output(o)}, ${labels.input(i)}: ${failure}`);
      return false;
    }
  }
  return true;
}

function requireFloat64(op: string, what: string, x: Tensor): void {
  if (x.dtype !== "float64")
    throw new DTypeError(
      op,
      `${what} is ${x.dtype}; differences need float64: tensor(..., { dtype: "float64" })`,
    );
}

function requireSame(op: string, first: readonly Tensor[], again: readonly Tensor[], labels: Labels): void {
  for (const [o, y] of first.entries()) {
    const [before, after] = [y.toTypedArray(), again[o]?.toTypedArray()];
    const i = before.findIndex((v, k) => !Object.is(v, after?.[k]));
    if (i >= 0)
      throw new AutogradError(
        op,
        `${labels.output(o)} is not deterministic: element ${format(flatIndex(i, y.shape))} was ${before[i]}, then ${after?.[i]}; seed the random numbers inside the function`,
      );
  }
}

function leafLike(x: Tensor): Tensor {
  return tensor(x.toTypedArray(), { dtype: x.dtype }).view(x.shape).clone().requiresGrad_();
}

/** Rows of the Jacobian by backward: for each input, one gradient per element of `y`; null where none arrives. */
function jacobian(y: Tensor, inputs: readonly Tensor[]): (Float64Array | null)[][] {
  const rows = inputs.map((): (Float64Array | null)[] => []);
  for (let j = 0; j < y.numel; j++) {
    const seed = zerosLike(y);
    seed.data[j] = 1;
    const gradients = y.requiresGrad
      ? grad(y, inputs, { gradOutputs: seed, retainGraph: true, allowUnused: true })
      : inputs.map(() => null);
    gradients.forEach((g, k) => rows[k]!.push(g && Float64Array.from(g.toTypedArray())));
  }
  return rows;
}

/** Columns of the Jacobian by central differences: for each element of the input, the change of every element of the output. */
function differences(
  f: Differentiable,
  points: readonly Tensor[],
  input: number,
  output: number,
  eps: number,
): Float64Array[] {
  const { data } = points[input]!;
  const at = (i: number, value: number): Float64Array => {
    const before = data[i]!;
    data[i] = value;
    const y = Float64Array.from(outputsOf(f, points)[output]!.toTypedArray());
    data[i] = before;
    return y;
  };
  return Array.from(data, (x, i) => {
    const low = at(i, x - eps);
    return at(i, x + eps).map((v, j) => (v - low[j]!) / (2 * eps));
  });
}

function compare(
  analytic: readonly (Float64Array | null)[],
  numeric: readonly Float64Array[],
  y: Tensor,
  x: Tensor,
  atol: number,
  rtol: number,
): string | null {
  for (let i = 0; i < numeric.length; i++) {
    for (let j = 0; j < analytic.length; j++) {
      const a = analytic[j]?.[i];
      const n = numeric[i]![j]!;
      if (Math.abs((a ?? 0) - n) <= atol + rtol * Math.abs(n)) continue;
      const where = `d(y${format(flatIndex(j, y.shape))})/d(x${format(flatIndex(i, x.shape))})`;
      return `${where} is ${a ?? "missing (no gradient arrives)"} by backward but ${n} by differences`;
    }
  }
  return null;
}
