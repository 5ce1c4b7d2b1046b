import {
  enableGrad,
  noGrad,
  requireOptions,
  Tensor,
  ValueError,
  zerosLike,
  type Synchronous,
} from "@torchlet/tensor";
import { isIterable } from "../arguments/lists.ts";
import { checkStateDict } from "./state-dict.ts";

/** What every optimizer has an option for. */
export interface CommonOptions {
  /** The learning rate. */
  lr: number;
}

/** Some parameters and the options with which they are optimized. Change the options at any time; the next step uses them. */
export type ParamGroup<O extends object = CommonOptions> = O & {
  /** The tensors that `step` changes. */
  params: Tensor[];
  /** The learning rate with which a scheduler started; only schedulers write it. */
  initialLr?: number;
};

/** A parameter group as it is given: options that are left out are those of the optimizer. */
export type ParamGroupOptions<O extends object> = Partial<O> & {
  /** One tensor or several. */
  params: Tensor | Iterable<Tensor>;
};

/** What an optimizer optimizes: tensors such as `model.parameters()`, or groups of them with options of their own. */
export type Params<O extends object> = Iterable<Tensor> | Iterable<ParamGroupOptions<O>>;

/** A saved optimizer: plain numbers and tensors. Parameters are counted through all groups and stand as their numbers. */
export interface OptimizerStateDict<O extends object = CommonOptions, S extends object = object> {
  /** For each parameter that has been optimized, what the optimizer remembers of it. */
  state: Record<number, S>;
  /** The options of each group, and which parameters are in it. */
  paramGroups: (O & {
    /** The numbers of the group's parameters. */
    params: number[];
  })[];
}

/**
 * The base of all optimizers: parameter groups, a state per parameter, and the loop over both.
 *
 * An optimizer of your own extends it with three methods: `check` refuses bad options, `initialState` is what is remembered of a
 * parameter before its first step, and `update` is the arithmetic of one step for one parameter.
 * PyTorch: [`torch.optim.Optimizer`](https://pytorch.org/docs/stable/optim.html#torch.optim.Optimizer).
 *
 * @template O - The options of a group.
 * @template S - What is remembered of each parameter: tensors of its shape, numbers, null.
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor, type Tensor } from "@torchlet/tensor";
 *
 * // Steps of equal length whatever the gradient's size.
 * class SignDescent extends optim.Optimizer<{ lr: number }> {
 *   constructor(params: Iterable<Tensor>, options: { lr?: number } = {}) {
 *     super(params, { lr: 0.1 }, options);
 *   }
 *   protected override check() {}
 *   protected override initialState() {
 *     return {};
 *   }
 *   protected override update(x: Tensor, g: Tensor, _state: object, { lr }: { lr: number }) {
 *     x.sub_(g.sign().mul(lr));
 *   }
 * }
 *
 * const w = tensor([3, -5], { requiresGrad: true });
 * const optimizer = new SignDescent([w], { lr: 0.5 });
 * w.square().sum().backward();
 * optimizer.step();
 * w.toArray(); // => [2.5, -4.5]
 * ```
 */
export abstract class Optimizer<O extends object = CommonOptions, S extends object = object> {
  /** The options of a group that does not say otherwise. */
  readonly defaults: Readonly<O>;
  /** The parameter groups, to be read and changed. */
  readonly paramGroups: ParamGroup<O>[] = [];
  /** What is remembered of each parameter. A parameter has no state before its first step. */
  readonly state = new Map<Tensor, S>();

  /**
   * @param params - Tensors or parameter groups, in an order that is the same in every run.
   * @param defaults - All options with their default values.
   * @param options - Those that the user gave.
   * @throws ValueError if there are no parameters, one is not a leaf or appears twice, or the options are no object, unknown or bad.
   */
  protected constructor(params: Params<O>, defaults: O, options: Partial<O>) {
    requireOptions(this.constructor.name, options, "lr: 0.01");
    const unknown = Object.keys(options).filter((name) => !(name in defaults));
    if (unknown.length > 0)
      throw new ValueError(
        this.constructor.name,
        `unknown option ${unknown.join(", ")}; there are ${Object.keys(defaults).join(", ")}`,
      );
    this.defaults = { ...defaults, ...options };
    this.check(this.defaults);
    for (const group of groupsOf<O>(this.constructor.name, params)) this.addParamGroup(group);
  }

  /**
   * Whether `update` may keep the gradient that it is given. If not, its memory is used again for the gradients of the next step.
   * Default: true.
   */
  protected readonly keepsGradients: boolean = true;

  /** Throws a ValueError if an option has a value that makes no sense. */
  protected abstract check(options: O): void;

  /** What is remembered of parameter `x` before its first step. */
  protected abstract initialState(x: Tensor, options: O): S;

  /** Changes parameter `x` and its state in place, given its gradient `g`. Runs without recording. */
  protected abstract update(x: Tensor, g: Tensor, state: S, options: O): void;

  /**
   * Adds parameters that shall be optimized too, for instance layers that were frozen until now.
   *
   * PyTorch: `Optimizer.add_param_group`.
   *
   * @param given - `params`, and options that differ from the defaults.
   * @throws ValueError if a parameter is not a leaf, appears twice or is in another group, or an option is bad.
   */
  addParamGroup(given: ParamGroupOptions<O>): void {
    const op = this.constructor.name;
    const group = { ...this.defaults, ...given, params: tensorsOf(op, given.params) } as ParamGroup<O>;
    this.check(group);
    const seen = new Set(this.paramGroups.flatMap(({ params }) => params));
    for (const x of group.params) {
      if (seen.has(x))
        throw new ValueError(
          op,
          "a parameter appears twice, in one group or in several; it would be optimized twice per step",
        );
      seen.add(x);
    }
    this.paramGroups.push(group);
  }

  /**
   * Changes every parameter that has a gradient, once.
   *
   * PyTorch: `Optimizer.step`.
   */
  step(): undefined;
  /**
   * Computes the loss anew, then changes every parameter that has a gradient.
   *
   * @param closure - Clears the gradients, computes the loss, calls `backward` and returns the loss; runs with recording on.
   * @returns What `closure` returned.
   */
  step<L>(closure: () => Synchronous<L>): L;
  step<L>(closure?: () => Synchronous<L>): L | undefined {
    const loss = closure && enableGrad(closure);
    noGrad(() => {
      for (const group of this.paramGroups)
        for (const x of group.params) if (x.borrowGrad() !== null) this.#updateOne(x, group);
    });
    return loss;
  }

  #updateOne(x: Tensor, group: O): void {
    const g = (this.keepsGradients ? x.grad : x.borrowGrad())!;
    const known = this.state.get(x);
    const state = known ?? this.initialState(x, group);
    if (known === undefined) this.state.set(x, state);
    this.update(x, g, state, group);
    if (x.settle() || known === undefined) settle(state);
  }

  /**
   * Forgets the gradients of all parameters, or with `setToNone: false` fills them with zeros.
   *
   * A parameter whose gradient is null is left alone by `step`; one whose gradient is zero is still moved by momentum and weight
   * decay. PyTorch: `Optimizer.zero_grad`, where the option is called `set_to_none`.
   */
  zeroGrad(options: { setToNone?: boolean } = {}): void {
    requireOptions("zeroGrad", options, "setToNone: false", ["setToNone"]);
    const { setToNone = true } = options;
    for (const { params } of this.paramGroups)
      for (const x of params) {
        if (setToNone) x.grad = null;
        else if (x.borrowGrad()?.requiresGrad) x.grad = zerosLike(x.grad!);
        else x.borrowGrad()?.zero_();
      }
  }

  /**
   * Everything that a later run needs to continue: options of the groups and state of the parameters, not the parameters themselves.
   *
   * The tensors in it are those that the optimizer works with, not copies. PyTorch: `Optimizer.state_dict`, with the same structure
   * and camelCase names.
   */
  stateDict(): OptimizerStateDict<O, S> {
    const state: Record<number, S> = {};
    let count = 0;
    const paramGroups = this.paramGroups.map((group) => {
      const indices = group.params.map((x) => {
        const remembered = this.state.get(x);
        if (remembered !== undefined) state[count] = { ...remembered };
        return count++;
      });
      return { ...group, params: indices };
    });
    return { state, paramGroups };
  }

  /**
   * Continues where a saved optimizer stood. The parameters stay as they are: load them through the model.
   *
   * Tensors are copied and take the dtype of their parameter. Options are taken as they were, whatever schedulers made of them.
   * PyTorch: `Optimizer.load_state_dict`.
   *
   * @param saved - What {@link Optimizer.stateDict} returned, of an optimizer of the same kind with the same numbers of parameters.
   * @throws ValueError that lists everything which does not fit; the optimizer is then unchanged.
   */
  loadStateDict(saved: OptimizerStateDict<O, S>): void {
    const expectedState = (x: Tensor, options: O): S => this.initialState(x, options);
    checkStateDict(this.constructor.name, this.paramGroups, this.defaults, expectedState, saved);
    const numbered = new Map<number, Tensor>();
    saved.paramGroups.forEach((group, g) => {
      const { params } = this.paramGroups[g]!;
      group.params.forEach((index, i) => numbered.set(index, params[i]!));
      Object.assign(this.paramGroups[g]!, structuredClone(group), { params });
    });
    this.state.clear();
    for (const [index, state] of Object.entries(saved.state)) {
      const x = numbered.get(Number(index))!;
      this.state.set(x, copyState(state, x));
    }
  }

  /** The groups and their options, as PyTorch prints them. */
  toString(): string {
    const groups = this.paramGroups.map((group, i) => {
      const options = Object.entries(group).filter(([name]) => name !== "params");
      options.sort(([a], [b]) => (a < b ? -1 : 1));
      return `Parameter Group ${i}\n` + options.map(([name, v]) => `    ${name}: ${show(v)}\n`).join("");
    });
    return `${this.constructor.name} (\n${groups.join("\n")})`;
  }

  /** What `console.log` shows in Node and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Moves what is remembered to where kernels use it in place. */
function settle(state: object): void {
  for (const value of Object.values(state)) if (value instanceof Tensor) value.settle();
}

function show(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function copyState<S extends object>(state: S, x: Tensor): S {
  const copies = Object.entries(state).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Tensor ? value.detach().to(x.dtype).clone() : value,
  ]);
  return Object.fromEntries(copies) as S;
}

function groupsOf<O extends object>(op: string, params: unknown): ParamGroupOptions<O>[] {
  if (!isIterable(params))
    throw new ValueError(
      op,
      "params must be an iterable of tensors or of groups, such as model.parameters(); for one tensor write [x]",
    );
  const list = [...params];
  if (list.length === 0)
    throw new ValueError(
      op,
      "the list of parameters is empty; does the model have any, or was the iterator used before?",
    );
  const groups = list.filter(isGroup);
  if (groups.length === 0) return [{ params: list } as unknown as ParamGroupOptions<O>];
  if (groups.length < list.length)
    throw new ValueError(
      op,
      "params mixes groups { params, ... } with other things; put all tensors into groups",
    );
  return groups as ParamGroupOptions<O>[];
}

function tensorsOf(op: string, params: unknown): Tensor[] {
  const list = isIterable(params) ? [...params] : [params];
  return list.map((x) => {
    if (!(x instanceof Tensor))
      throw new ValueError(
        op,
        `only tensors can be optimized, one of the parameters is ${x === null ? "null" : typeof x}`,
      );
    if (!x.isLeaf)
      throw new ValueError(
        op,
        `a parameter of shape [${x.shape.join(", ")}] is not a leaf but was computed by ${x.gradFn!.name}; optimize what it was computed from`,
      );
    return x;
  });
}

function isGroup(x: unknown): x is { params: unknown } {
  return typeof x === "object" && x !== null && !(x instanceof Tensor) && "params" in x;
}
