import { isFloatingPoint } from "../dtype.ts";
import { AutogradError } from "../errors.ts";
import { attach } from "../op.ts";
import { kindOf, requireFunction } from "../options.ts";
import { Tensor } from "../tensor.ts";
import { isGradEnabled, noGrad } from "./grad-mode.ts";
import type { Node } from "./node.ts";

/** What `forward` leaves for `backward` in a function made by {@link defineFunction}. */
export interface FunctionContext {
  /** Keeps tensors for backward; a later in-place change of one of them is found there. */
  saveForBackward(...tensors: readonly Tensor[]): void;
  /** What was kept, in the same order. */
  readonly savedTensors: readonly Tensor[];
  /** For each tensor input, whether a gradient is wanted. */
  readonly needsInputGrad: readonly boolean[];
}

/** The two halves of a differentiable function. */
export interface FunctionDefinition<A extends readonly unknown[]> {
  /** Appears in printed tensors, graphs and errors. */
  readonly name: string;
  /** Computes the result; nothing in here is recorded. Must not change its arguments in place. */
  forward(ctx: FunctionContext, ...args: A): Tensor;
  /** Given the gradient of the result, the gradient of each tensor argument in order; null for those that have none. */
  backward(ctx: FunctionContext, g: Tensor): Tensor | null | readonly (Tensor | null)[];
  /**
   * Says that `backward` reads numbers (`data`, `item()`) and so cannot be differentiated itself: differentiating its result is then
   * an error instead of a wrong second derivative. Default: false.
   */
  readonly onceDifferentiable?: boolean;
}

/**
 * A differentiable function with a gradient of your own.
 *
 * `backward` written in torchlet's operations can be differentiated again. Check it with {@link gradcheck} and {@link gradgradcheck}.
 * PyTorch: [`torch.autograd.Function`](https://pytorch.org/docs/stable/autograd.html#function), with `apply` as the call itself;
 * unlike there, `backward` returns gradients for tensor arguments only, and values are saved with `ctx` or captured by closures.
 *
 * @param definition - Name, `forward` and `backward`.
 * @returns The function, to be called with the arguments of `forward` after `ctx`. It throws AutogradError if `forward` returns no
 * tensor or changes an argument, and in backward if the gradients are not as many, or not of the shape and dtype, as the arguments.
 *
 * @example
 * ```ts
 * import { defineFunction, tensor, type Tensor } from "@torchlet/tensor";
 *
 * const cube = defineFunction({
 *   name: "cube",
 *   forward(ctx, x: Tensor) {
 *     ctx.saveForBackward(x);
 *     return x.pow(3);
 *   },
 *   backward(ctx, g) {
 *     const [x] = ctx.savedTensors;
 *     return g.mul(x!.square()).mul(3); // d(x³)/dx = 3x²
 *   },
 * });
 * const x = tensor(2, { requiresGrad: true });
 * cube(x).backward();
 * x.grad?.item(); // => 12
 * ```
 */
export function defineFunction<A extends readonly unknown[]>(
  definition: FunctionDefinition<A>,
): (...args: A) => Tensor {
  for (const half of ["forward", "backward"] as const)
    requireFunction("defineFunction", half, Reflect.get(definition, half));
  return (...args) => {
    const inputs = args.filter((a): a is Tensor & A[number] => a instanceof Tensor);
    const ctx = new Context(
      definition.name,
      inputs.map((x) => x.requiresGrad),
    );
    const result = runForward(definition, ctx, inputs, args);
    // The result gets a place of its own in the graph, also where forward returned an argument as it is.
    const y = inputs.includes(result) ? aliasOf(result) : result;
    if (isGradEnabled() && isFloatingPoint(y.dtype) && ctx.needsInputGrad.includes(true)) {
      const parents = inputs.map((x) => x.node);
      attach(definition.name, y, parents, (g) => runBackward(definition, ctx, parents, g));
      ctx.attach(result, y);
    }
    return y;
  };
}

function runForward<A extends readonly unknown[]>(
  definition: FunctionDefinition<A>,
  ctx: Context,
  inputs: readonly Tensor[],
  args: A,
): Tensor {
  const { name } = definition;
  const versions = inputs.map((x) => x.storage.version);
  const result: unknown = noGrad(() => definition.forward(ctx, ...args));
  if (!(result instanceof Tensor))
    throw new AutogradError(name, `forward must return a Tensor, it returned ${kindOf(result)}`);
  const changed = inputs.findIndex((x, i) => x.storage.version !== versions[i]);
  if (changed >= 0)
    throw new AutogradError(
      name,
      `forward changed tensor argument ${changed} in place (${inputs[changed]!.storage.changedBy}), which its history does not know; clone() it first`,
    );
  return result;
}

function aliasOf(x: Tensor): Tensor {
  x.storage.viewed = true;
  return new Tensor(x.storage, x.layout);
}

function runBackward<A extends readonly unknown[]>(
  definition: FunctionDefinition<A>,
  ctx: Context,
  parents: readonly (Node | null)[],
  g: Tensor,
): readonly (Tensor | null)[] {
  const { name, onceDifferentiable = false } = definition;
  const call = (): unknown => definition.backward(ctx, g);
  const out = onceDifferentiable ? noGrad(call) : call();
  const gradients = Array.isArray(out) ? (out as unknown[]) : [out];
  if (gradients.length !== parents.length)
    throw new AutogradError(
      name,
      `backward returned ${gradients.length} gradient(s) for ${parents.length} tensor argument(s); return null where there is none`,
    );
  for (const [i, gx] of gradients.entries())
    if (gx !== null && !(gx instanceof Tensor))
      throw new AutogradError(
        name,
        `backward returned ${kindOf(gx)} as gradient ${i}; it must be a Tensor or null`,
      );
  const checked = gradients as (Tensor | null)[];
  return onceDifferentiable && isGradEnabled()
    ? checked.map((gx) => gx && dead(name, gx, [g.node, ...parents]))
    : checked;
}

/** A gradient through which no further gradient can flow, and which says so. */
function dead(name: string, gx: Tensor, parents: readonly (Node | null)[]): Tensor {
  const y = aliasOf(gx);
  attach(`${name}Backward`, y, parents, () => {
    throw new AutogradError(
      name,
      "its backward is declared onceDifferentiable, so there is no second derivative; write backward in torchlet's operations to have one",
    );
  });
  return y;
}

class Context implements FunctionContext {
  readonly needsInputGrad: readonly boolean[];
  readonly #name: string;
  #saved: readonly Tensor[] = [];

  constructor(name: string, needsInputGrad: readonly boolean[]) {
    this.#name = name;
    this.needsInputGrad = needsInputGrad;
  }

  saveForBackward(...tensors: readonly Tensor[]): void {
    this.#saved = tensors.slice();
  }

  /** Saves what was kept, now that the result has its place in the graph: a saved result has history, too. */
  attach(result: Tensor, y: Tensor): void {
    this.#saved = this.#saved.map((x) => (x === result ? y : x).save(this.#name));
  }

  get savedTensors(): readonly Tensor[] {
    for (const x of this.#saved) x.checkSaved();
    return this.#saved;
  }
}
