import { AutogradError, DTypeError, ValueError } from "./errors.ts";
import { grad } from "./engine.ts";
import { noGrad } from "./grad-mode.ts";
import { ones, tensor } from "./create.ts";
import { format, type Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

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
 * Every input that requires a gradient is checked; it must be `float64`, since differences of `float32` are too coarse.
 * PyTorch: [`torch.autograd.gradcheck`](https://pytorch.org/docs/stable/generated/torch.autograd.gradcheck.html).
 *
 * @param f - A function that returns one tensor or several.
 * @param inputs - Its arguments.
 * @param options - `eps`, `atol`, `rtol`, `raiseException`.
 * @returns true if all gradients agree.
 * @throws AutogradError naming output, input, index and both numbers where they do not (unless `raiseException` is false).
 * @throws DTypeError if an input that requires a gradient is not float64.
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
  return check("gradcheck", f, inputs, options);
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
    return gradients.filter((g) => g !== null);
  };
  return check("gradgradcheck", first, [...inputs, ...cotangents], options);
}

function outputsOf(f: Differentiable, inputs: readonly Tensor[]): readonly Tensor[] {
  const y = f(...inputs);
  return y instanceof Tensor ? [y] : y;
}

/** Numbers without symmetry, so that mistakes do not cancel. */
function wave(shape: Shape, phase: number): Tensor {
  const x = ones(shape, { dtype: "float64" });
  const { data } = x;
  for (let i = 0; i < data.length; i++) data[i] = 1 + 0.5 * Math.sin(1.3 * i + phase);
  return x;
}

function check(op: string, f: Differentiable, inputs: readonly Tensor[], options: GradcheckOptions): boolean {
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, raiseException = true } = options;
  const wanted = inputs.flatMap((x, i) => (x.requiresGrad ? [i] : []));
  if (wanted.length === 0)
    throw new ValueError(op, "no input requires a gradient, so there is nothing to check");
  for (const i of wanted) {
    if (inputs[i]!.dtype !== "float64")
      throw new DTypeError(
        op,
        `input ${i} is ${inputs[i]!.dtype}; differences need float64: tensor(..., { dtype: "float64" })`,
      );
  }
  // Copies: the inputs stay untouched, and each element has a place of its own in memory.
  const points = inputs.map((x) => (x.requiresGrad ? leafLike(x) : x));
  const outputs = outputsOf(f, points);
  for (let o = 0; o < outputs.length; o++) {
    const y = outputs[o]!;
    if (!y.requiresGrad) continue;
    const analytic = jacobian(
      y,
      wanted.map((i) => points[i]!),
    );
    for (const [k, i] of wanted.entries()) {
      const numeric = differences(f, points, i, o, eps);
      const failure = compare(analytic[k]!, numeric, y, points[i]!, atol, rtol);
      if (failure === null) continue;
      if (raiseException) throw new AutogradError(op, `output ${o}, input ${i}: ${failure}`);
      return false;
    }
  }
  return true;
}

function leafLike(x: Tensor): Tensor {
  return tensor(x.toTypedArray(), { dtype: x.dtype }).view(x.shape).clone().requiresGrad_();
}

/** Rows of the Jacobian by backward: for each input, one gradient per element of `y`. */
function jacobian(y: Tensor, inputs: readonly Tensor[]): Float64Array[][] {
  const rows = inputs.map((): Float64Array[] => []);
  for (let j = 0; j < y.numel; j++) {
    const cotangent = new Float64Array(y.numel);
    cotangent[j] = 1;
    const seed = tensor(cotangent).view(y.shape).to(y.dtype);
    const gradients = grad(y, inputs, { gradOutputs: seed, retainGraph: true, allowUnused: true });
    gradients.forEach((g, k) =>
      rows[k]!.push(g === null ? new Float64Array(inputs[k]!.numel) : Float64Array.from(g.toTypedArray())),
    );
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
  analytic: readonly Float64Array[],
  numeric: readonly Float64Array[],
  y: Tensor,
  x: Tensor,
  atol: number,
  rtol: number,
): string | null {
  for (let i = 0; i < numeric.length; i++) {
    for (let j = 0; j < analytic.length; j++) {
      const a = analytic[j]![i]!;
      const n = numeric[i]![j]!;
      if (!(Math.abs(a - n) <= atol + rtol * Math.abs(n))) {
        return `d(y${position(j, y.shape)})/d(x${position(i, x.shape)}) is ${a} by backward but ${n} by differences`;
      }
    }
  }
  return null;
}

/** A row-major position as an index: `[1, 2]`. */
function position(flat: number, shape: Shape): string {
  const index: number[] = [];
  for (let d = shape.length - 1, rest = flat; d >= 0; d--) {
    index.unshift(rest % shape[d]!);
    rest = Math.floor(rest / shape[d]!);
  }
  return format(index);
}
