/** What runs around a module's `forward` once somebody has registered a hook. */
import { defineFunction, Tensor, ValueError, zeros, type RemovableHandle } from "@torchlet/tensor";
import type { Module } from "./module.ts";

/** Called before `forward` with its inputs; what it returns (one input, or an array of all) replaces them. */
export type ForwardPreHook<M extends Module> = (
  module: M,
  inputs: Parameters<M["forward"]>,
) => Tensor | readonly unknown[] | undefined | void;

/** Called after `forward` with its inputs and its result; what it returns replaces the result. */
export type ForwardHook<M extends Module> = (
  module: M,
  inputs: Parameters<M["forward"]>,
  output: ReturnType<M["forward"]>,
) => ReturnType<M["forward"]> | undefined | void;

/** The gradients of several tensors; null for those that have none. */
export type Gradients = readonly (Tensor | null)[];

/** Called in backward with the gradients of the inputs and of the outputs; what it returns replaces those of the inputs. */
export type FullBackwardHook<M extends Module> = (
  module: M,
  gradInput: Gradients,
  gradOutput: Gradients,
) => Gradients | Tensor | undefined | void;

type Forward = (...inputs: unknown[]) => unknown;
interface Kinds {
  pre: (inputs: unknown[]) => Tensor | readonly unknown[] | undefined | void;
  forward: (inputs: unknown[], output: unknown) => unknown;
  backward: (gradInput: Gradients, gradOutput: Gradients) => Gradients | Tensor | undefined | void;
}

/** The hooks of one module, which replace its `forward` by {@link Hooks.call} as long as there are any. */
export class Hooks {
  readonly #module: Module;
  readonly #lists: { [K in keyof Kinds]: Map<object, Kinds[K]> } = {
    pre: new Map(),
    forward: new Map(),
    backward: new Map(),
  };
  /** The module's own `forward` before it was replaced, if it had one that shadows its class's. */
  #shadowed: PropertyDescriptor | undefined;
  #forward: Forward | null = null;

  constructor(module: Module) {
    this.#module = module;
  }

  add<K extends keyof Kinds>(kind: K, hook: Kinds[K]): RemovableHandle {
    const list = this.#lists[kind];
    const handle = {
      remove: () => {
        if (list.delete(handle) && this.#empty()) this.#unwrap();
      },
    };
    list.set(handle, hook);
    if (this.#forward === null) this.#wrap();
    return handle;
  }

  #empty(): boolean {
    return Object.values(this.#lists).every((list) => list.size === 0);
  }

  #wrap(): void {
    const module = this.#module;
    this.#shadowed = Object.getOwnPropertyDescriptor(module, "forward");
    this.#forward = (module.forward as Forward).bind(module);
    Object.defineProperty(module, "forward", {
      value: (...inputs: unknown[]) => this.call(inputs),
      configurable: true,
      writable: true,
    });
  }

  #unwrap(): void {
    const module = this.#module;
    if (this.#shadowed) Object.defineProperty(module, "forward", this.#shadowed);
    else Reflect.deleteProperty(module, "forward");
    this.#forward = null;
  }

  /** `forward` with everything that was registered around it. */
  call(given: unknown[]): unknown {
    const { pre, forward, backward } = this.#lists;
    const run = this.#forward!;
    let inputs = given;
    for (const hook of [...pre.values()]) {
      const changed = hook(inputs);
      if (changed) inputs = changed instanceof Tensor ? [changed] : [...changed];
    }
    const watch = backward.size > 0 ? new BackwardWatch([...backward.values()]) : null;
    if (watch) inputs = watch.inputs(inputs);
    let output = run(...inputs);
    for (const hook of [...forward.values()]) output = hook(inputs, output) ?? output;
    return watch ? watch.output(output) : output;
  }
}

/** One call of a module with full backward hooks: collects what flows in at its outputs, and calls them when it has reached the inputs. */
class BackwardWatch {
  readonly #hooks: readonly Kinds["backward"][];
  #gradOutput: Gradients = [];
  #inputCount = 0;
  #inputsWatched = false;

  constructor(hooks: readonly Kinds["backward"][]) {
    this.#hooks = hooks;
  }

  inputs(inputs: readonly unknown[]): unknown[] {
    this.#inputCount = inputs.length;
    this.#inputsWatched = inputs.some(isWatchable);
    return watchGradients(inputs, (gradInput) => this.#call(gradInput));
  }

  output(output: unknown): unknown {
    if (!(output instanceof Tensor || (Array.isArray(output) && output.every((y) => y instanceof Tensor))))
      throw new ValueError(
        "registerFullBackwardHook",
        "the module's forward must return a tensor or an array of tensors",
      );
    const outputs = output instanceof Tensor ? [output] : output;
    const watched = watchGradients(outputs, (gradOutput) => {
      this.#gradOutput = gradOutput;
      if (!this.#inputsWatched) this.#call(Array.from({ length: this.#inputCount }, () => null));
      return gradOutput;
    });
    return output instanceof Tensor ? watched[0] : watched;
  }

  #call(gradInput: Gradients): Gradients {
    let current = gradInput;
    for (const hook of this.#hooks) {
      const changed = hook(current, this.#gradOutput) ?? current;
      current = changed instanceof Tensor ? [changed] : changed;
      if (current.length !== gradInput.length)
        throw new ValueError(
          "registerFullBackwardHook",
          `the hook returned ${current.length} gradient(s) for ${gradInput.length} input(s)`,
        );
    }
    return current;
  }
}

function isWatchable(x: unknown): x is Tensor {
  return x instanceof Tensor && x.requiresGrad;
}

/**
 * The same values, whose gradients are shown to `see` all at once; what it returns flows on instead.
 *
 * Each tensor becomes a view that hangs on one common gate. In backward the views keep their gradients and send the gate a mere signal;
 * the gate, which is older than all views and therefore comes after them, lets all gradients through.
 */
function watchGradients(values: readonly unknown[], see: (gradients: Gradients) => Gradients): unknown[] {
  const watched = values.flatMap((x, i) => (isWatchable(x) ? [{ x, i }] : []));
  if (watched.length === 0) return [...values];
  const arrived: (Tensor | null)[] = values.map(() => null);
  const gate = defineFunction({
    name: "BackwardHook",
    forward: (_ctx, ..._xs: Tensor[]) => zeros([]),
    backward: () => {
      const gradients = see(arrived.slice());
      arrived.fill(null);
      return watched.map(({ i }) => gradients[i]!);
    },
  });
  const signal = gate(...watched.map(({ x }) => x));
  const result = [...values];
  for (const { x, i } of watched) {
    const view = defineFunction({
      name: "BackwardHook",
      forward: (_ctx, _signal: Tensor) => x.viewAs(x),
      backward: (_ctx, g) => {
        arrived[i] = g;
        return zeros([]);
      },
    });
    result[i] = view(signal);
  }
  return result;
}
