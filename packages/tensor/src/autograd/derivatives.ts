/** Derivatives of functions, rather than of recorded graphs: Jacobians, Hessians, and their products with vectors. */
import { onesLike, zeros, zerosLike } from "../create.ts";
import { AutogradError, ShapeError, ValueError } from "../errors.ts";
import { stack } from "../ops/joining.ts";
import { reshape, view } from "../ops/views/reshape.ts";
import { requireOptions } from "../options.ts";
import { format, sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { grad } from "./backward.ts";
import { withGradMode } from "./grad-mode.ts";

/** One tensor, or a list of them. */
export type Tensors = Tensor | readonly Tensor[];

/** Something for each tensor of `I`: bare where `I` is a single tensor, else a list of the same length. */
export type Each<I extends Tensors, T> = I extends Tensor ? T : { -readonly [K in keyof I]: T };

/** A function that takes the tensors of `I` as separate arguments. */
export type TensorFunction<I extends Tensors, Y extends Tensors> = (
  ...inputs: I extends readonly Tensor[] ? I : [I & Tensor]
) => Y;

/** Options of {@link jacobian}, {@link hessian}, {@link vjp}, {@link jvp}, {@link hvp} and {@link vhp}. */
export interface DerivativeOptions {
  /** Record the computation, so that the result can be differentiated by `inputs` again. Default: false. */
  createGraph?: boolean;
  /** An output that does not depend on an input is an error instead of a derivative of 0. Default: false. */
  strict?: boolean;
}

/**
 * The Jacobian of a function: all derivatives of each element of its output by each element of its input.
 *
 * For an output of shape `[...y]` and an input of shape `[...x]` it has shape `[...y, ...x]`. Several inputs give a list with one
 * Jacobian for each, several outputs a list of those. Takes one backward per element of the output.
 * PyTorch: [`torch.autograd.functional.jacobian`](https://pytorch.org/docs/stable/generated/torch.autograd.functional.jacobian.html).
 *
 * @param f - Takes the inputs as separate arguments and returns one tensor or several.
 * @param inputs - One tensor or several; they need not require gradients.
 * @param options - `createGraph`, `strict`.
 * @throws AutogradError in `strict` mode if an output does not depend on an input.
 *
 * @example
 * ```ts
 * import { jacobian, tensor } from "@torchlet/tensor";
 *
 * jacobian((x) => x.square(), tensor([1, 2])).toArray(); // => [[2, 0], [0, 4]]
 * const [dx, dy] = jacobian((x, y) => x.mul(y), [tensor(2), tensor(5)]);
 * [dx.item(), dy.item()]; // => [5, 2]
 * ```
 */
export function jacobian<const I extends Tensors, Y extends Tensors>(
  f: TensorFunction<I, Y>,
  inputs: I,
  options: DerivativeOptions = {},
): Each<Y, Each<I, Tensor>> {
  const { xs, y, ys } = evaluate("jacobian", f, inputs, options);
  const rows = ys.map((_, o) => shapedLike(inputs, jacobiansOf("jacobian", ys, o, xs, options)));
  return shapedLike(y, rows);
}

/**
 * The Hessian of a function with one number as result: all its second derivatives.
 *
 * For an input of shape `[...x]` it has shape `[...x, ...x]`. Several inputs give a list of lists: entry `[i][j]` holds the
 * derivatives by input `i`, then `j`. PyTorch: [`torch.autograd.functional.hessian`](https://pytorch.org/docs/stable/generated/torch.autograd.functional.hessian.html).
 *
 * @param f - Takes the inputs as separate arguments and returns a tensor of one element.
 * @param inputs - One tensor or several; they need not require gradients.
 * @param options - `createGraph`, `strict`.
 * @throws AutogradError if `f` returns more than one element, or in `strict` mode if a derivative does not depend on an input.
 *
 * @example
 * ```ts
 * import { hessian, tensor } from "@torchlet/tensor";
 *
 * hessian((x) => x.pow(3).sum(), tensor([1, 2])).toArray(); // => [[6, 0], [0, 12]]
 * ```
 */
export function hessian<const I extends Tensors>(
  f: TensorFunction<I, Tensor>,
  inputs: I,
  options: DerivativeOptions = {},
): Each<I, Each<I, Tensor>> {
  const { gradient } = gradientOf("hessian", f, inputs, options);
  const { xs, ys } = evaluate("hessian", gradient, inputs, options);
  return shapedLike(
    inputs,
    ys.map((_, o) => shapedLike(inputs, jacobiansOf("hessian", ys, o, xs, options))),
  );
}

/**
 * The value of a function, and the product of a vector with its Jacobian, `vᵀ J`: one backward.
 *
 * PyTorch: [`torch.autograd.functional.vjp`](https://pytorch.org/docs/stable/generated/torch.autograd.functional.vjp.html).
 *
 * @param f - Takes the inputs as separate arguments and returns one tensor or several.
 * @param inputs - One tensor or several.
 * @param v - Of the shape of the output (a list for several). Default: 1, for a single output of one element.
 * @param options - `createGraph`, `strict`.
 * @returns What `f` returned, and one product per input.
 * @throws ShapeError if `v` does not have the shape of the output.
 * @throws ValueError if `v` is left out where it is needed, or has not as many tensors.
 *
 * @example
 * ```ts
 * import { tensor, vjp } from "@torchlet/tensor";
 *
 * const [y, g] = vjp((x) => x.exp(), tensor([0, 0]), tensor([2, 3]));
 * y.toArray(); // => [1, 1]
 * g.toArray(); // => [2, 3]
 * ```
 */
export function vjp<const I extends Tensors, Y extends Tensors>(
  f: TensorFunction<I, Y>,
  inputs: I,
  v: Each<Y, Tensor> | null = null,
  options: DerivativeOptions = {},
): [outputs: Y, vjp: Each<I, Tensor>] {
  const { xs, y, ys } = evaluate("vjp", f, inputs, options);
  const product = shapedLike(inputs, gradients("vjp", ys, vectorsFor("vjp", "output", v, ys), xs, options));
  return [finished(y, options), product];
}

/**
 * The value of a function, and the product of its Jacobian with a vector, `J v`: how the output changes in a direction.
 *
 * Computed by two backward passes (the product `uᵀ J` is linear in `u`, and its derivative by `u` in the direction `v` is `J v`), so
 * `f` must be twice differentiable in torchlet. PyTorch: [`torch.autograd.functional.jvp`](https://pytorch.org/docs/stable/generated/torch.autograd.functional.jvp.html).
 *
 * @param f - Takes the inputs as separate arguments and returns one tensor or several.
 * @param inputs - One tensor or several.
 * @param v - The direction, of the shape of the input (a list for several). Default: 1, for a single input of one element.
 * @param options - `createGraph`, `strict`.
 * @returns What `f` returned, and one product per output.
 * @throws ShapeError if `v` does not have the shape of the input.
 * @throws ValueError if `v` is left out where it is needed, or has not as many tensors.
 *
 * @example
 * ```ts
 * import { jvp, tensor } from "@torchlet/tensor";
 *
 * const [y, dy] = jvp((x) => x.square(), tensor([1, 3]), tensor([1, 10]));
 * y.toArray(); // => [1, 9]
 * dy.toArray(); // => [2, 60]
 * ```
 */
export function jvp<const I extends Tensors, Y extends Tensors>(
  f: TensorFunction<I, Y>,
  inputs: I,
  v: Each<I, Tensor> | null = null,
  options: DerivativeOptions = {},
): [outputs: Y, jvp: Each<Y, Tensor>] {
  const { xs, y, ys } = evaluate("jvp", f, inputs, options);
  const product = shapedLike(y, pushForward("jvp", xs, ys, vectorsFor("jvp", "input", v, xs), options));
  return [finished(y, options), product];
}

/**
 * The value of a function with one number as result, and the product of its Hessian with a vector, `H v`.
 *
 * {@link vhp} gives the same for functions with continuous second derivatives, and is faster.
 * PyTorch: [`torch.autograd.functional.hvp`](https://pytorch.org/docs/stable/generated/torch.autograd.functional.hvp.html).
 *
 * @param f - Takes the inputs as separate arguments and returns a tensor of one element.
 * @param inputs - One tensor or several.
 * @param v - Of the shape of the input (a list for several). Default: 1, for a single input of one element.
 * @param options - `createGraph`, `strict`.
 * @returns What `f` returned, and one product per input.
 * @throws ShapeError if `v` does not have the shape of the input.
 * @throws ValueError if `v` is left out where it is needed, or has not as many tensors.
 *
 * @example
 * ```ts
 * import { hvp, tensor } from "@torchlet/tensor";
 *
 * const [y, hv] = hvp((x) => x.pow(3).sum(), tensor([1, 2]), tensor([1, 1]));
 * y.item(); // => 9
 * hv.toArray(); // => [6, 12]
 * ```
 */
export function hvp<const I extends Tensors>(
  f: TensorFunction<I, Tensor>,
  inputs: I,
  v: Each<I, Tensor> | null = null,
  options: DerivativeOptions = {},
): [output: Tensor, hvp: Each<I, Tensor>] {
  const { gradient, value } = gradientOf("hvp", f, inputs, options);
  const { xs, ys } = evaluate("hvp", gradient, inputs, options);
  const product = pushForward("hvp", xs, ys, vectorsFor("hvp", "input", v, xs), options);
  return [finished(value(), options), shapedLike(inputs, product)];
}

/**
 * The value of a function with one number as result, and the product of a vector with its Hessian, `vᵀ H`: two backward passes.
 *
 * PyTorch: [`torch.autograd.functional.vhp`](https://pytorch.org/docs/stable/generated/torch.autograd.functional.vhp.html).
 *
 * @param f - Takes the inputs as separate arguments and returns a tensor of one element.
 * @param inputs - One tensor or several.
 * @param v - Of the shape of the input (a list for several). Default: 1, for a single input of one element.
 * @param options - `createGraph`, `strict`.
 * @returns What `f` returned, and one product per input.
 * @throws ShapeError if `v` does not have the shape of the input.
 * @throws ValueError if `v` is left out where it is needed, or has not as many tensors.
 *
 * @example
 * ```ts
 * import { tensor, vhp } from "@torchlet/tensor";
 *
 * const [, vh] = vhp((x) => x.pow(3).sum(), tensor([1, 2]), tensor([1, 1]));
 * vh.toArray(); // => [6, 12]
 * ```
 */
export function vhp<const I extends Tensors>(
  f: TensorFunction<I, Tensor>,
  inputs: I,
  v: Each<I, Tensor> | null = null,
  options: DerivativeOptions = {},
): [output: Tensor, vhp: Each<I, Tensor>] {
  const { gradient, value } = gradientOf("vhp", f, inputs, options);
  const { xs, ys } = evaluate("vhp", gradient, inputs, options);
  const product = gradients("vhp", ys, vectorsFor("vhp", "input", v, xs), xs, options);
  return [finished(value(), options), shapedLike(inputs, product)];
}

/** A function called on inputs that record: the inputs that it saw, and what it returned, as it is and as a list. */
interface Evaluation<Y> {
  readonly xs: readonly Tensor[];
  readonly y: Y;
  readonly ys: readonly Tensor[];
}

function evaluate<I extends Tensors, Y extends Tensors>(
  op: string,
  f: TensorFunction<I, Y>,
  inputs: I,
  options: DerivativeOptions,
): Evaluation<Y> {
  requireOptions(op, options, "createGraph: true", ["createGraph", "strict"]);
  const { createGraph = false } = options;
  const call = f as (...xs: readonly Tensor[]) => Y;
  return withGradMode<Evaluation<Y>>(true, () => {
    // Aliases: what happens in here shall not meet the caller's own graph, except on request.
    const xs = listOf(inputs).map((x) =>
      createGraph && x.requiresGrad ? view(x, x.shape) : x.detach().requiresGrad_(),
    );
    const y = call(...xs);
    const ys = listOf(y);
    if (!Array.isArray(ys) || !ys.every((t) => t instanceof Tensor))
      throw new AutogradError(op, "the function must return a Tensor or an array of Tensors");
    return { xs, y, ys };
  });
}

function listOf(x: Tensors): readonly Tensor[] {
  return x instanceof Tensor ? [x] : x;
}

function shapedLike<I extends Tensors, T>(like: I, list: readonly T[]): Each<I, T> {
  return (like instanceof Tensor ? list[0] : list) as Each<I, T>;
}

/** An output as the caller gets it: part of the graph on request only. */
function finished<Y extends Tensors>(y: Y, { createGraph = false }: DerivativeOptions): Y {
  if (createGraph) return y;
  const detached: Tensors = y instanceof Tensor ? y.detach() : listOf(y).map((t) => t.detach());
  return detached as Y;
}

/** The gradient of a function as a function, and the value that was seen at its last call. */
function gradientOf<I extends Tensors>(
  op: string,
  f: TensorFunction<I, Tensor>,
  inputs: I,
  { strict = false }: DerivativeOptions,
): { gradient: TensorFunction<I, Each<I, Tensor> & Tensors>; value: () => Tensor } {
  const call = f as (...xs: readonly Tensor[]) => unknown;
  let y: Tensor;
  const gradient = (...xs: readonly Tensor[]): Each<I, Tensor> => {
    const result = call(...xs);
    if (!(result instanceof Tensor) || result.numel !== 1)
      throw new AutogradError(
        op,
        `the function must return a tensor of one element, got ${result instanceof Tensor ? format(result.shape) : typeof result}; reduce it with .sum() or .mean()`,
      );
    y = result;
    return shapedLike(inputs, gradients(op, [y], [onesLike(y)], xs, { createGraph: true, strict }));
  };
  return { gradient: gradient as TensorFunction<I, Each<I, Tensor> & Tensors>, value: () => y };
}

/** Like `grad`, with zeros (or, in strict mode, an error) for what does not depend on the inputs. */
function gradients(
  op: string,
  ys: readonly Tensor[],
  gradOutputs: readonly Tensor[],
  xs: readonly Tensor[],
  { createGraph = false, strict = false }: DerivativeOptions,
): Tensor[] {
  const used = ys.flatMap((y, i) => (y.requiresGrad ? [i] : []));
  if (strict && used.length < ys.length)
    throw new AutogradError(op, "strict: an output (or a derivative of it) does not depend on any input");
  const found =
    used.length === 0
      ? xs.map(() => null)
      : grad(
          used.map((i) => ys[i]!),
          xs,
          {
            gradOutputs: used.map((i) => gradOutputs[i]!),
            createGraph,
            retainGraph: true,
            allowUnused: true,
          },
        );
  return found.map((g, k) => {
    if (strict && g === null)
      throw new AutogradError(op, `strict: an output (or a derivative of it) does not depend on input ${k}`);
    return g ?? zerosLike(xs[k]!);
  });
}

/** The Jacobians of output `o` by each input. */
function jacobiansOf(
  op: string,
  ys: readonly Tensor[],
  o: number,
  xs: readonly Tensor[],
  options: DerivativeOptions,
): Tensor[] {
  const y = ys[o]!;
  const rows = Array.from({ length: y.numel }, (_, j) => {
    const unit = zerosLike(y);
    unit.data[j] = 1;
    return gradients(op, [y], [unit], xs, options);
  });
  return xs.map((x, k) => {
    const shape = [...y.shape, ...x.shape];
    return rows.length === 0
      ? zeros(shape, { dtype: x.dtype })
      : reshape(stack(rows.map((row) => row[k]!)), shape);
  });
}

/** The products of the Jacobians with `vs`, one per output. */
function pushForward(
  op: string,
  xs: readonly Tensor[],
  ys: readonly Tensor[],
  vs: readonly Tensor[],
  options: DerivativeOptions,
): Tensor[] {
  const us = ys.map((y) => zerosLike(y, { requiresGrad: true }));
  const pulled = gradients(op, ys, us, xs, { createGraph: true, strict: options.strict ?? false });
  return gradients(op, pulled, vs, us, { createGraph: options.createGraph ?? false });
}

function vectorsFor(op: string, what: string, v: Tensors | null, like: readonly Tensor[]): readonly Tensor[] {
  if (v === null) {
    if (like.length !== 1 || like[0]!.numel !== 1)
      throw new ValueError(op, `v can be left out only for a single ${what} of one element`);
    return [onesLike(like[0]!)];
  }
  const vs = listOf(v);
  if (vs.length !== like.length)
    throw new ValueError(op, `v has ${vs.length} tensor(s) for ${like.length} ${what}(s)`);
  for (const [i, x] of like.entries())
    if (!sameShape(vs[i]!.shape, x.shape))
      throw new ShapeError(
        op,
        `v of shape ${format(vs[i]!.shape)} for ${what} ${i} of shape ${format(x.shape)}`,
      );
  return vs;
}
