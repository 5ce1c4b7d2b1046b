import {
  noGrad,
  requireOptions,
  Tensor,
  ValueError,
  type DType,
  type RemovableHandle,
} from "@torchlet/tensor";
import { kindOf } from "@torchlet/tensor/checks";
import { holds } from "./holds.ts";
import { Hooks, type ForwardHook, type ForwardPreHook, type FullBackwardHook } from "./hooks.ts";
import { Parameter } from "./parameter.ts";
import { loadInto, type LoadResult, type LoadStateDictOptions, type StateDict } from "./state-dict.ts";

/** Options of {@link Module.registerBuffer}. */
export interface BufferOptions {
  /** Whether `stateDict` contains it. Default: true. */
  persistent?: boolean;
  /** Its name in `stateDict`, where that shall differ from the property's, as in PyTorch's `running_mean`. Default: the property's name. */
  key?: string;
}

/** Options of the walks over parameters and buffers. */
export interface RecurseOptions {
  /** Also those of child modules. Default: true. */
  recurse?: boolean;
}

/**
 * The base class of everything that has parameters: layers, losses, and networks made of them.
 *
 * Extend it, put layers and {@link Parameter}s into class fields, and write `forward`. The properties themselves are the registry: what
 * is a `Parameter` or a `Module` is found by {@link Module.parameters}, {@link Module.stateDict} and the rest, in the order of the
 * fields. Arrays are not searched; use {@link ModuleList} or {@link Sequential}. Modules are called with `.forward(x)`.
 *
 * PyTorch: [`nn.Module`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html).
 *
 * @example
 * ```ts
 * import { ones, type Tensor } from "@torchlet/tensor";
 * import { F, Linear, Module } from "@torchlet/nn";
 *
 * class Network extends Module {
 *   fc1 = new Linear(4, 3);
 *   fc2 = new Linear(3, 2);
 *   override forward(x: Tensor): Tensor {
 *     return this.fc2.forward(F.relu(this.fc1.forward(x)));
 *   }
 * }
 * const network = new Network();
 * network.forward(ones(5, 4)).shape; // => [5, 2]
 * Object.keys(network.stateDict()); // => ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]
 * ```
 */
export class Module {
  /** Whether the module is being trained; {@link Dropout} and {@link BatchNorm1d} behave differently then. See {@link Module.train}. */
  training = true;
  readonly #buffers = new Map<string, Required<BufferOptions>>();
  #hooks: Hooks | null = null;

  /**
   * What the module computes; a subclass declares its own inputs and result.
   *
   * @throws ValueError if a subclass does not define it.
   */
  forward(..._inputs: never[]): unknown {
    throw new ValueError(this.#name(), 'the module is missing the required "forward" function');
  }

  // ----- what the module consists of -----

  /** The direct children, with their names. PyTorch: `named_children`. */
  *namedChildren(): Generator<[name: string, child: Module]> {
    const seen = new Set<Module>();
    for (const [name, value] of this.#entries()) {
      if (value instanceof Module && !seen.has(value)) {
        seen.add(value);
        yield [name, value];
      }
    }
  }

  /** The direct children. */
  *children(): Generator<Module> {
    for (const [, child] of this.namedChildren()) yield child;
  }

  /** This module (named `""`) and all modules inside it, each once, with their paths. PyTorch: `named_modules`. */
  namedModules(): Generator<[path: string, module: Module]> {
    return this.#walk("", new Set());
  }

  *#walk(path: string, seen: Set<Module>): Generator<[path: string, module: Module]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [path, this];
    for (const [name, child] of this.namedChildren()) yield* child.#walk(join(path, name), seen);
  }

  /** This module and all modules inside it, each once. */
  *modules(): Generator<Module> {
    for (const [, module] of this.namedModules()) yield module;
  }

  /**
   * All parameters with their paths, such as `fc1.weight`; one that several modules share comes once. PyTorch: `named_parameters`.
   *
   * @example
   * ```ts
   * import { Linear } from "@torchlet/nn";
   *
   * [...new Linear(3, 2).namedParameters()].map(([name, p]) => [name, p.shape]); // => [["weight", [2, 3]], ["bias", [2]]]
   * ```
   */
  *namedParameters(options: RecurseOptions = {}): Generator<[path: string, parameter: Parameter]> {
    const seen = new Set<Parameter>();
    for (const [path, module] of this.#scope(options)) {
      for (const [name, parameter] of module.#ownParameters()) {
        if (seen.has(parameter)) continue;
        seen.add(parameter);
        yield [join(path, name), parameter];
      }
    }
  }

  /** All parameters, each once: what an optimizer wants. */
  *parameters(options: RecurseOptions = {}): Generator<Parameter> {
    for (const [, parameter] of this.namedParameters(options)) yield parameter;
  }

  /** All buffers with their paths, each once. PyTorch: `named_buffers`. */
  *namedBuffers(options: RecurseOptions = {}): Generator<[path: string, buffer: Tensor]> {
    const seen = new Set<Tensor>();
    for (const [path, module] of this.#scope(options)) {
      for (const [key, buffer] of module.#ownBuffers()) {
        if (seen.has(buffer)) continue;
        seen.add(buffer);
        yield [join(path, key), buffer];
      }
    }
  }

  /** All buffers, each once. */
  *buffers(options: RecurseOptions = {}): Generator<Tensor> {
    for (const [, buffer] of this.namedBuffers(options)) yield buffer;
  }

  /**
   * The module at a path such as `"encoder.fc1"`; `""` is this module itself. PyTorch: `get_submodule`.
   *
   * @throws ValueError if there is none.
   */
  getSubmodule(path: string): Module {
    return path === ""
      ? this
      : path.split(".").reduce<Module>((module, name) => module.#child(name, path), this);
  }

  #child(name: string, path: string): Module {
    const child = Object.hasOwn(this, name) ? (Reflect.get(this, name) as unknown) : undefined;
    if (child instanceof Module) return child;
    throw new ValueError("getSubmodule", `"${path}": ${this.#name()} has no module named "${name}"`);
  }

  /**
   * The parameter at a path such as `"fc1.weight"`. PyTorch: `get_parameter`.
   *
   * @throws ValueError if there is none.
   */
  getParameter(path: string): Parameter {
    const dot = path.lastIndexOf(".");
    const module = this.getSubmodule(path.slice(0, Math.max(dot, 0)));
    const name = path.slice(dot + 1);
    for (const [key, parameter] of module.#ownParameters()) if (key === name) return parameter;
    throw new ValueError("getParameter", `"${path}": ${module.#name()} has no parameter named "${name}"`);
  }

  /**
   * Declares a tensor that belongs to the module's state but is not learned, such as a running mean, and puts it into the property `name`.
   *
   * Later assignments to the property replace the buffer. PyTorch: `register_buffer`.
   *
   * @param name - The property's name.
   * @param value - The tensor, or null for a buffer that is absent so far.
   * @param options - `persistent`, `key`.
   * @returns `value`, so that a class field can be initialised with it.
   * @throws ValueError if the name is empty, contains a dot, or is taken.
   *
   * @example
   * ```ts
   * import { zeros, type Tensor } from "@torchlet/tensor";
   * import { Module } from "@torchlet/nn";
   *
   * class Counter extends Module {
   *   count: Tensor = this.registerBuffer("count", zeros([]));
   * }
   * Object.keys(new Counter().stateDict()); // => ["count"]
   * ```
   */
  registerBuffer<T extends Tensor | null>(name: string, value: T, options: BufferOptions = {}): T {
    requireOptions("registerBuffer", options, "persistent: false", ["persistent", "key"]);
    const { persistent = true, key = name } = options;
    for (const text of [name, key]) checkName("registerBuffer", text);
    if (!this.#buffers.has(name) && Reflect.get(this, name) !== undefined && Reflect.get(this, name) !== null)
      throw new ValueError("registerBuffer", `${this.#name()} already has a property "${name}"`);
    this.#buffers.set(name, { persistent, key });
    Reflect.set(this, name, value);
    return value;
  }

  // ----- changing all of it -----

  /**
   * Calls `f` on every module inside, children first, and on this module last; often used to initialise weights.
   *
   * @example
   * ```ts
   * import { init, Linear, ReLU, Sequential } from "@torchlet/nn";
   *
   * const model = new Sequential(new Linear(2, 2), new ReLU());
   * model.apply((module) => {
   *   if (module instanceof Linear) init.ones_(module.weight);
   * });
   * model.getParameter("0.weight").toArray(); // => [[1, 1], [1, 1]]
   * ```
   */
  apply(f: (module: Module) => void): this {
    for (const child of this.children()) child.apply(f);
    f(this);
    return this;
  }

  /** Switches this module and all modules inside to training mode, or with `false` to evaluation mode. */
  train(mode = true): this {
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /** Switches to evaluation mode: `train(false)`. */
  eval(): this {
    return this.train(false);
  }

  /** Sets `requiresGrad` of all parameters; with `false` they are frozen. PyTorch: `requires_grad_`. */
  requiresGrad_(wanted = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(wanted);
    return this;
  }

  /** Forgets the gradients of all parameters: sets them to null, or with `setToNone: false` fills them with zeros. PyTorch: `zero_grad`. */
  zeroGrad(options: { setToNone?: boolean } = {}): void {
    requireOptions("zeroGrad", options, "setToNone: false", ["setToNone"]);
    const { setToNone = true } = options;
    for (const parameter of this.parameters())
      parameter.grad = setToNone || parameter.grad === null ? null : parameter.grad.detach().zero_();
  }

  /**
   * Converts all floating-point parameters and buffers to `dtype`, in place.
   *
   * The `Parameter` objects stay the same, so an optimizer that holds them stays valid (its own state keeps the old dtype). PyTorch: `Module.to`.
   *
   * @param dtype - `"float32"` or `"float64"`.
   * @throws ValueError if `dtype` is not a floating-point dtype.
   */
  to(dtype: DType): this {
    if (dtype !== "float32" && dtype !== "float64")
      throw new ValueError("to", `a module's parameters must be float32 or float64, not ${dtype}`);
    for (const parameter of this.parameters()) parameter.to_(dtype);
    for (const module of this.modules()) {
      for (const [name, value] of module.#bufferProperties())
        if (value.dtype.startsWith("float")) Reflect.set(module, name, value.to(dtype));
    }
    return this;
  }

  // ----- saving and loading -----

  /**
   * All parameters and persistent buffers by path, in PyTorch's names; the tensors share memory with the module and have no history.
   *
   * PyTorch: [`state_dict`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.state_dict).
   *
   * @throws ValueError if a module stands inside itself, as where a child keeps its parent: the paths would have no end.
   */
  stateDict(): StateDict {
    const state: StateDict = {};
    this.#collect("", state, []);
    return state;
  }

  /** A module or parameter that appears twice is in the state twice, as in PyTorch: so it can be loaded wherever it is looked for. */
  #collect(path: string, state: StateDict, around: readonly Module[]): void {
    if (around.includes(this))
      throw new ValueError(
        "stateDict",
        `"${path}" is a module that it stands in itself; keep it in a #private field, which is not looked into`,
      );
    for (const [name, parameter] of this.#ownParameters()) state[join(path, name)] = parameter.detach();
    for (const [key, buffer] of this.#ownBuffers(true)) state[join(path, key)] = buffer.detach();
    for (const [name, value] of this.#entries())
      if (value instanceof Module) value.#collect(join(path, name), state, [...around, this]);
  }

  /**
   * Copies values into the existing parameters and buffers; optimizers that hold them stay valid.
   *
   * Nothing is changed unless everything fits. PyTorch: `load_state_dict`, which loads what fits before it throws.
   *
   * @param state - What {@link Module.stateDict} returned, or tensors of the same names and shapes; dtypes are converted.
   * @param options - `strict`: whether missing and unexpected names are errors. Default: true.
   * @returns The missing and the unexpected names: with `strict` both are empty.
   * @throws ValueError listing all missing, unexpected and wrongly shaped entries at once.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   * import { Linear } from "@torchlet/nn";
   *
   * const layer = new Linear(2, 1);
   * layer.loadStateDict({ weight: tensor([[1, 2]]), bias: tensor([3]) });
   * layer.forward(tensor([10, 20])).toArray(); // => [53]
   * ```
   */
  loadStateDict(state: Readonly<StateDict>, options: LoadStateDictOptions = {}): LoadResult {
    requireOptions("loadStateDict", options, "strict: false", ["strict"]);
    return noGrad(() => loadInto(this.stateDict(), state, this.#name(), options));
  }

  // ----- hooks -----

  /**
   * Calls `hook` before every `forward`, with the module and the inputs; what it returns replaces the inputs.
   *
   * @param hook - May return nothing, one input, or an array of all inputs.
   * @returns A handle whose `remove()` takes the hook away.
   * @throws ValueError if `hook` is no function.
   */
  registerForwardPreHook<M extends Module>(this: M, hook: ForwardPreHook<M>): RemovableHandle {
    return this.#around("registerForwardPreHook", hook).add("pre", (inputs) =>
      hook(this, inputs as Parameters<M["forward"]>),
    );
  }

  /**
   * Calls `hook` after every `forward`, with the module, the inputs and the result; what it returns replaces the result.
   *
   * @param hook - May return nothing, or another result.
   * @returns A handle whose `remove()` takes the hook away.
   * @throws ValueError if `hook` is no function.
   *
   * @example
   * ```ts
   * import { ones } from "@torchlet/tensor";
   * import { Linear } from "@torchlet/nn";
   *
   * const layer = new Linear(3, 2);
   * const shapes: (readonly number[])[] = [];
   * const handle = layer.registerForwardHook((_layer, [x], y) => void shapes.push(x.shape, y.shape));
   * layer.forward(ones(5, 3));
   * handle.remove();
   * layer.forward(ones(7, 3));
   * shapes; // => [[5, 3], [5, 2]]
   * ```
   */
  registerForwardHook<M extends Module>(this: M, hook: ForwardHook<M>): RemovableHandle {
    return this.#around("registerForwardHook", hook).add("forward", (inputs, output) =>
      hook(this, inputs as Parameters<M["forward"]>, output as ReturnType<M["forward"]>),
    );
  }

  /**
   * Calls `hook` in backward, when the gradients of all inputs are known, with the module, these, and the gradients of the outputs.
   *
   * What it returns replaces the gradients of the inputs. Inputs that need no gradient count as null. `forward` must return a tensor or
   * an array of tensors. PyTorch: `register_full_backward_hook`.
   *
   * @param hook - May return nothing, one gradient, or an array with one per input.
   * @returns A handle whose `remove()` takes the hook away.
   * @throws ValueError if `hook` is no function.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   * import { Tanh } from "@torchlet/nn";
   *
   * const layer = new Tanh();
   * layer.registerFullBackwardHook((_layer, gradInput) => gradInput.map((g) => g && g.mul(10)));
   * const x = tensor(0, { requiresGrad: true });
   * layer.forward(x).backward();
   * x.grad?.item(); // => 10
   * ```
   */
  registerFullBackwardHook<M extends Module>(this: M, hook: FullBackwardHook<M>): RemovableHandle {
    return this.#around("registerFullBackwardHook", hook).add("backward", (gradInput, gradOutput) =>
      hook(this, gradInput, gradOutput),
    );
  }

  /** What runs around `forward`; `hook` is what `op` was given to join it. */
  #around(op: string, hook: unknown): Hooks {
    if (typeof hook !== "function")
      throw new ValueError(op, `the hook must be a function, got ${kindOf(hook)}`);
    return (this.#hooks ??= new Hooks(this));
  }

  // ----- printing -----

  /** The settings that printing shows in parentheses; a subclass with settings overrides it. PyTorch: `extra_repr`. */
  extraRepr(): string {
    return "";
  }

  /**
   * The module and its children as PyTorch prints them, with torchlet's names.
   *
   * @example
   * ```ts
   * import { Linear } from "@torchlet/nn";
   *
   * String(new Linear(784, 128)); // => "Linear(inFeatures=784, outFeatures=128, bias=true)"
   * ```
   */
  toString(): string {
    if (printing.includes(this)) return `${this.#name()}(...)`; // it stands inside itself
    printing.push(this);
    try {
      const extra = this.extraRepr();
      const lines = extra === "" ? [] : extra.split("\n");
      const children = [...this.#entries()].flatMap(([name, value]) =>
        value instanceof Module ? [`(${name}): ${value.toString().replaceAll("\n", "\n  ")}`] : [],
      );
      if (children.length === 0 && lines.length <= 1) return `${this.#name()}(${extra})`;
      return `${this.#name()}(\n  ${[...lines, ...children].join("\n  ")}\n)`;
    } finally {
      printing.pop();
    }
  }

  /** What `console.log` shows in Node and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  // ----- the properties as a registry -----

  #name(): string {
    return this.constructor.name;
  }

  #scope(options: RecurseOptions): Iterable<[path: string, module: Module]> {
    requireOptions(this.#name(), options, "recurse: false", ["recurse"]);
    return (options.recurse ?? true) ? this.namedModules() : [["", this]];
  }

  /** The own properties; modules in an array or the like, which would silently be overlooked, are an error. */
  *#entries(): Generator<[name: string, value: unknown]> {
    const entries = Object.entries(this) as [string, unknown][];
    const values = new Set(entries.map(([, value]) => value));
    for (const [name, value] of entries) {
      if (holds(value, (x) => (x instanceof Module || x instanceof Parameter) && !values.has(x)))
        throw new ValueError(
          this.#name(),
          `the property "${name}" is ${kindOf(value)}, whose modules and parameters would not be found; use new ` +
            (Array.isArray(value) || value instanceof Set ? "ModuleList([...])" : "ModuleDict({ ... })"),
        );
      yield [name, value];
    }
  }

  *#ownParameters(): Generator<[name: string, parameter: Parameter]> {
    for (const [name, value] of this.#entries()) if (value instanceof Parameter) yield [name, value];
  }

  *#bufferProperties(persistentOnly = false): Generator<[name: string, buffer: Tensor, key: string]> {
    for (const [name, { persistent, key }] of this.#buffers) {
      const value: unknown = Reflect.get(this, name);
      if (value instanceof Tensor && (persistent || !persistentOnly)) yield [name, value, key];
    }
  }

  *#ownBuffers(persistentOnly = false): Generator<[key: string, buffer: Tensor]> {
    for (const [, buffer, key] of this.#bufferProperties(persistentOnly)) yield [key, buffer];
  }
}

/** The modules that are being printed, each inside the one before. */
const printing: Module[] = [];

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** Throws unless `name` can be one step of a path. */
export function checkName(op: string, name: string): void {
  if (name === "" || name.includes("."))
    throw new ValueError(op, `a name must not be empty or contain a dot, got ${JSON.stringify(name)}`);
}
