/** Modules that hold other modules under names that are chosen at run time. */
import { IndexError, ValueError, type Tensor } from "@torchlet/tensor";
import { kindOf } from "@torchlet/tensor/checks";
import { isIterable } from "../arguments/lists.ts";
import { checkName, Module } from "./module.ts";

/** A module that makes one tensor of one tensor: what {@link Sequential} chains. */
export interface Layer extends Module {
  /** What the layer computes. */
  forward(x: Tensor): Tensor;
}

/** Puts a child into the property `name`, unless that would hide something. */
function adopt(parent: Module, name: string, child: Module): void {
  const op = parent.constructor.name;
  checkName(op, name);
  if (!(child instanceof Module))
    throw new ValueError(
      op,
      `"${name}" must be a module, got ${kindOf(child)}${typeof child === "function" ? "; write new nn.ReLU(), not nn.ReLU or F.relu" : ""}`,
    );
  if (name in parent && !Object.hasOwn(parent, name))
    throw new ValueError(op, `the name "${name}" is taken by a method of modules; choose another`);
  if (Object.hasOwn(parent, name) && !(Reflect.get(parent, name) instanceof Module))
    throw new ValueError(op, `the name "${name}" is taken by a property of modules; choose another`);
  Reflect.set(parent, name, child);
}

/** The child at a position; negative positions count from the end. */
function childAt(parent: Module, children: readonly Module[], index: number): Module {
  const child = Number.isInteger(index) ? children.at(index) : undefined;
  if (child === undefined)
    throw new IndexError(
      parent.constructor.name,
      `no module at index ${index}; there are ${children.length}`,
    );
  return child;
}

/** The children in order, also those that appear twice. */
function childrenOf(parent: Module): Module[] {
  return Object.values(parent).filter((value): value is Module => value instanceof Module);
}

/**
 * Layers in a row: each gets what the one before returned.
 *
 * They are named `"0"`, `"1"`, ... or, given as an object, by its keys. PyTorch: [`nn.Sequential`](https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html).
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 * import { Linear, ReLU, Sequential } from "@torchlet/nn";
 *
 * const model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
 * model.forward(ones(3, 4)).shape; // => [3, 2]
 * const named = new Sequential({ fc: new Linear(4, 2), act: new ReLU() });
 * Object.keys(named.stateDict()); // => ["fc.weight", "fc.bias"]
 * ```
 */
export class Sequential extends Module implements Iterable<Layer> {
  /**
   * @param layers - The layers, or one object of named layers.
   * @throws ValueError if a name is empty, contains a dot, or is a name that modules use themselves.
   */
  constructor(...layers: readonly Layer[] | readonly [layers: Readonly<Record<string, Layer>>]) {
    super();
    const [first] = layers;
    const named =
      layers.length === 1 &&
      typeof first === "object" &&
      (first as unknown) !== null &&
      !(first instanceof Module)
        ? first
        : layers;
    for (const [name, layer] of Object.entries(named)) adopt(this, name, layer as Layer);
  }

  /** Sends `x` through all layers. */
  override forward(x: Tensor): Tensor {
    let y = x;
    for (const layer of this) y = layer.forward(y);
    return y;
  }

  /** The number of layers. */
  get length(): number {
    return childrenOf(this).length;
  }

  /**
   * The layer at a position; negative positions count from the end.
   *
   * @throws IndexError if there is none.
   */
  at(index: number): Layer {
    return childAt(this, childrenOf(this), index) as Layer;
  }

  /** Adds a layer at the end, named by its position. */
  append(layer: Layer): this {
    adopt(this, String(this.length), layer);
    return this;
  }

  /** The layers in order. */
  [Symbol.iterator](): Iterator<Layer> {
    return (childrenOf(this) as Layer[]).values();
  }
}

/**
 * A list of modules whose parameters are found, unlike those in a plain array. It has no `forward`: use its elements.
 *
 * PyTorch: [`nn.ModuleList`](https://pytorch.org/docs/stable/generated/torch.nn.ModuleList.html).
 *
 * @example
 * ```ts
 * import { ones, type Tensor } from "@torchlet/tensor";
 * import { Linear, Module, ModuleList } from "@torchlet/nn";
 *
 * class Deep extends Module {
 *   layers = new ModuleList([new Linear(4, 4), new Linear(4, 1)]);
 *   override forward(x: Tensor): Tensor {
 *     for (const layer of this.layers) x = layer.forward(x).tanh();
 *     return x;
 *   }
 * }
 * new Deep().forward(ones(2, 4)).shape; // => [2, 1]
 * Object.keys(new Deep().stateDict()); // => ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]
 * ```
 */
export class ModuleList<M extends Module = Module> extends Module implements Iterable<M> {
  /** @param modules - The first elements. */
  constructor(modules: Iterable<M> = []) {
    super();
    if (!isIterable(modules) || modules instanceof Module)
      throw new ValueError(
        "ModuleList",
        `needs one list of modules, as in new ModuleList([a, b]), got ${kindOf(modules)}`,
      );
    this.extend(modules);
  }

  /** The number of modules. */
  get length(): number {
    return childrenOf(this).length;
  }

  /**
   * The module at a position; negative positions count from the end.
   *
   * @throws IndexError if there is none.
   */
  at(index: number): M {
    return childAt(this, childrenOf(this), index) as M;
  }

  /** Adds a module at the end. */
  append(module: M): this {
    adopt(this, String(this.length), module);
    return this;
  }

  /** Adds several modules at the end. */
  extend(modules: Iterable<M>): this {
    for (const module of modules) this.append(module);
    return this;
  }

  /**
   * Puts a module before the one at `index`.
   *
   * @throws IndexError if `index` is not between 0 and the length.
   */
  insert(index: number, module: M): this {
    const modules = [...this];
    if (!Number.isInteger(index) || index < 0 || index > modules.length)
      throw new IndexError("insert", `index ${index} is not between 0 and ${modules.length}`);
    modules.splice(index, 0, module);
    modules.forEach((m, i) => adopt(this, String(i), m));
    return this;
  }

  /** The modules in order. */
  [Symbol.iterator](): Iterator<M> {
    return (childrenOf(this) as M[]).values();
  }
}

/**
 * Modules by name, whose parameters are found. It has no `forward`: use its elements.
 *
 * The order is that of insertion, except that names which are integers come first, as in every JavaScript object.
 * PyTorch: [`nn.ModuleDict`](https://pytorch.org/docs/stable/generated/torch.nn.ModuleDict.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { ModuleDict, ReLU, Sigmoid } from "@torchlet/nn";
 *
 * const activations = new ModuleDict({ relu: new ReLU(), sigmoid: new Sigmoid() });
 * activations.get("relu").forward(tensor([-1, 2])).toArray(); // => [0, 2]
 * [...activations.keys()]; // => ["relu", "sigmoid"]
 * ```
 */
export class ModuleDict<M extends Module = Module> extends Module implements Iterable<[string, M]> {
  /** @param modules - The first entries. */
  constructor(modules: Readonly<Record<string, M>> = {}) {
    super();
    for (const [name, module] of Object.entries(modules)) this.set(name, module);
  }

  /** The number of modules. */
  get size(): number {
    return childrenOf(this).length;
  }

  /** Whether there is a module of this name. */
  has(name: string): boolean {
    return Object.hasOwn(this, name) && Reflect.get(this, name) instanceof Module;
  }

  /**
   * The module of this name.
   *
   * @throws ValueError if there is none.
   */
  get(name: string): M {
    if (!this.has(name))
      throw new ValueError(
        "ModuleDict",
        `no module named "${name}"; there are: ${[...this.keys()].join(", ")}`,
      );
    return Reflect.get(this, name) as M;
  }

  /** Adds or replaces a module. */
  set(name: string, module: M): this {
    adopt(this, name, module);
    return this;
  }

  /** Takes a module out; says whether there was one. */
  delete(name: string): boolean {
    return this.has(name) && Reflect.deleteProperty(this, name);
  }

  /** The names in order. */
  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  /** The modules in order. */
  *values(): Generator<M> {
    for (const [, module] of this) yield module;
  }

  /** Names and modules in order. */
  *[Symbol.iterator](): Generator<[string, M]> {
    for (const [name, value] of Object.entries(this) as [string, unknown][])
      if (value instanceof Module) yield [name, value as M];
  }
}
