import { noGrad } from "./grad-mode.ts";
import { AutogradError } from "./errors.ts";
import { record } from "./op.ts";
import { Tensor } from "./tensor.ts";

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
  /** Appears in printed tensors and errors. */
  readonly name: string;
  /** Computes the result; nothing in here is recorded. */
  forward(ctx: FunctionContext, ...args: A): Tensor;
  /** Given the gradient of the result, the gradient of each tensor argument in order; null for those that have none. */
  backward(ctx: FunctionContext, g: Tensor): Tensor | null | readonly (Tensor | null)[];
}

/**
 * A differentiable function with a gradient of your own.
 *
 * `backward` written in torchlet's operations can be differentiated again. Check it with {@link gradcheck} and {@link gradgradcheck}.
 * PyTorch: [`torch.autograd.Function`](https://pytorch.org/docs/stable/autograd.html#function), with `apply` as the call itself.
 *
 * @param definition - Name, `forward` and `backward`.
 * @returns The function, to be called with the arguments of `forward` after `ctx`.
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
  const { name } = definition;
  return (...args) => {
    const inputs = args.filter((a): a is Tensor & A[number] => a instanceof Tensor);
    const ctx = new Context(
      name,
      inputs.map((x) => x.requiresGrad),
    );
    const result = noGrad(() => definition.forward(ctx, ...args));
    // A result that is an input, or a view of one, must not take over the input's place in the graph.
    const y = inputs.some((x) => x === result) ? new Tensor(result.storage, result.layout) : result;
    ctx.output = result;
    const gradients = perGradient((g: Tensor) => {
      const out = definition.backward(ctx, g);
      const list = out === null || out instanceof Tensor ? [out] : out;
      if (list.length !== inputs.length)
        throw new AutogradError(
          name,
          `backward returned ${list.length} gradient(s) for ${inputs.length} tensor argument(s)`,
        );
      return list;
    });
    record(
      name,
      y,
      inputs,
      [],
      inputs.map((_, i) => () => (g: Tensor) => gradients(g)[i]!),
    );
    ctx.attach(y);
    return y;
  };
}

/** Runs `backward` once per gradient, though each input asks for its part. */
function perGradient(
  compute: (g: Tensor) => readonly (Tensor | null)[],
): (g: Tensor) => readonly (Tensor | null)[] {
  let last: { g: Tensor; result: readonly (Tensor | null)[] } | null = null;
  return (g) => {
    if (last?.g !== g) last = { g, result: compute(g) };
    return last.result;
  };
}

class Context implements FunctionContext {
  readonly needsInputGrad: readonly boolean[];
  output: Tensor | null = null;
  readonly #name: string;
  #saved: readonly Tensor[] = [];

  constructor(name: string, needsInputGrad: readonly boolean[]) {
    this.#name = name;
    this.needsInputGrad = needsInputGrad;
  }

  saveForBackward(...tensors: readonly Tensor[]): void {
    this.#saved = tensors.map((x) => x);
  }

  /** Saves what was kept, now that the result has its place in the graph. */
  attach(y: Tensor): void {
    this.#saved = this.#saved.map((x) => (x === this.output ? y : x).save(this.#name));
    this.output = null;
  }

  get savedTensors(): readonly Tensor[] {
    for (const x of this.#saved) x.checkSaved();
    return this.#saved;
  }
}
