import type { DType } from "../dtype.ts";
import { AutogradError } from "../errors.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { HookList } from "./hooks.ts";

/** Pulls the gradient of an output back to one input (a vector-Jacobian product); null if nothing flows there. */
export type Vjp = (g: Tensor) => Tensor | null;

/** Pulls the gradient of an output back to every input at once: one gradient, or null, per input. */
export type JointVjp = (g: Tensor) => readonly (Tensor | null)[];

/** Called with a gradient, of the shape and dtype of its tensor; a returned tensor replaces it. */
export type GradientHook = (g: Tensor) => Tensor | undefined | void;

/** Called with a leaf whose `.grad` has just been updated. */
export type PostAccumulateHook = (x: Tensor) => void;

let nextId = 0;

/**
 * One recorded operation: who came before, and how to pull a gradient back to each of them.
 *
 * Nodes point to nodes, not to tensors: what backward needs is what its closures captured, nothing else stays in memory. Ids grow
 * from inputs to outputs, so descending ids are a topological order.
 *
 * PyTorch: [`torch.autograd.graph.Node`](https://pytorch.org/docs/stable/autograd.html#torch.autograd.graph.Node), whose
 * `next_functions` are `parents` here.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([1, 2], { requiresGrad: true });
 * const node = x.mul(2).exp().gradFn;
 * node?.name; // => "exp"
 * node?.parents[0]?.name; // => "mul"
 * ```
 */
export class Node {
  /** A number of its own, larger than those of all nodes it was computed from. */
  readonly id = nextId++;
  /** The operation, as the user called it. */
  readonly name: string;
  /** The shape of the output, which its gradient must have. */
  readonly shape: Shape;
  /** The dtype of the output, which its gradient must have. */
  readonly dtype: DType;
  /** The tensor whose `.grad` receives what arrives here; only leaves have one. */
  readonly leaf: Tensor | null;
  /**
   * A computed tensor that wants to keep its gradient as well.
   *
   * @internal
   */
  retained: Tensor | null = null;
  /**
   * What {@link Tensor.registerHook} has registered.
   *
   * @internal
   */
  hooks: HookList<GradientHook> | null = null;
  /**
   * What {@link Tensor.registerPostAccumulateGradHook} has registered.
   *
   * @internal
   */
  postAccumulateHooks: HookList<PostAccumulateHook> | null = null;
  /** Where the operation was called, kept in anomaly mode. */
  stack: string | null = null;
  #parents: readonly (Node | null)[];
  #vjps: readonly (Vjp | null)[] | JointVjp | null;

  constructor(
    name: string,
    output: { readonly shape: Shape; readonly dtype: DType },
    parents: readonly (Node | null)[],
    vjps: readonly (Vjp | null)[] | JointVjp,
    leaf: Tensor | null = null,
  ) {
    this.name = name;
    this.shape = output.shape;
    this.dtype = output.dtype;
    this.#parents = parents;
    this.leaf = leaf;
    this.#vjps = vjps;
  }

  /**
   * The nodes of the inputs; null for an input that needs no gradient. None after a backward that did not keep the graph: so a loss
   * that is kept does not keep all that it was computed from, as it does in PyTorch.
   */
  get parents(): readonly (Node | null)[] {
    return this.#parents;
  }

  /**
   * Whether an earlier backward has freed this part of the graph.
   *
   * @internal
   */
  get isReleased(): boolean {
    return this.#vjps === null;
  }

  /**
   * The gradient functions: one per parent, or one for all of them.
   *
   * @internal
   */
  get vjps(): readonly (Vjp | null)[] | JointVjp {
    if (this.#vjps === null) {
      throw new AutogradError(
        "backward",
        `the graph through ${this.name} was already used by an earlier backward, which freed what it had saved; ` +
          "pass { retainGraph: true } to the first backward, or compute the loss again",
      );
    }
    return this.#vjps;
  }

  /**
   * Lets go of everything that was saved for backward, and of the way back.
   *
   * @internal
   */
  release(): void {
    if (this.leaf !== null) return;
    this.#vjps = null;
    this.#parents = none;
  }
}

const none: readonly never[] = [];

/** The nodes themselves and everything they were computed from. */
export function withAncestors(nodes: Iterable<Node>): Node[] {
  const seen = new Set(nodes);
  // A set also visits what is added while it is walked.
  for (const node of seen) for (const parent of node.parents) if (parent !== null) seen.add(parent);
  return [...seen];
}
