/** How gradients travel through the graph: without recursion, each node once, in the order of descending ids. */
import { checkFinite, isAnomalyEnabled } from "./anomaly.ts";
import { AutogradError, DTypeError, ShapeError } from "./errors.ts";
import { withGradMode } from "./grad-mode.ts";
import { withAncestors, type JointVjp, type Node } from "./node.ts";
import { format, sameShape } from "./shape.ts";
import { hold, inScratch, letGo, reclaim } from "./scratch.ts";
import { storageClock } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/** What one run of backward is to do. */
export interface Sweep {
  /** Record the computation of the gradients. */
  readonly createGraph: boolean;
  /** Keep what nodes saved. */
  readonly retainGraph: boolean;
  /** The nodes whose gradients are wanted; all of them if null. */
  readonly wanted: ReadonlySet<Node> | null;
  /** Told each node's complete gradient; `own` if nobody else can hold it. */
  arrive(node: Node, g: Tensor, own: boolean): void;
}

/** Carries the gradients of the seeds back to everything that the sweep wants. */
export function propagate(seeds: readonly (readonly [Node, Tensor])[], sweep: Sweep): void {
  const order = withAncestors(seeds.map(([node]) => node)).sort((a, b) => b.id - a.id);
  const needed = sweep.wanted && leadingTo(order, sweep.wanted);
  const pending = new Map<Node, Tensor>();
  /** Leaves whose pending gradient was made for them and is held by nobody else. */
  const owners = new Set<Node>();
  const add = (node: Node, g: Tensor, fresh: boolean): void => {
    const before = pending.get(node);
    const sum = before === undefined ? g : sweep.createGraph ? before.add(g) : inScratch(total, before, g);
    hold(sum.storage);
    pending.set(node, sum);
    if (before !== undefined) letGo(before.storage);
    reclaim();
    if (node.leaf !== null && (fresh || before !== undefined)) owners.add(node);
  };
  withGradMode(sweep.createGraph, () => {
    for (const [node, g] of seeds) {
      if (isAnomalyEnabled()) checkFinite("the gradient given to backward", node, node, g);
      add(node, g, false);
    }
    for (const node of order) {
      const arrived = pending.get(node);
      if (arrived === undefined || (needed !== null && !needed.has(node))) continue;
      pending.delete(node);
      const g = node.hooks === null ? arrived : runHooks(node, arrived);
      if (node.retained !== null) keep(node.retained, g);
      sweep.arrive(node, g, node.hooks === null && (owners.has(node) || isOnlyHere(g)));
      if (pullBack(node, g, needed, add, sweep.createGraph) && !sweep.retainGraph) node.release();
      letGo(arrived.storage);
    }
  });
}

/** Hands the parents of a node their gradients; false if none of them wants one. */
function pullBack(
  node: Node,
  g: Tensor,
  needed: ReadonlySet<Node> | null,
  add: (node: Node, g: Tensor, fresh: boolean) => void,
  createGraph: boolean,
): boolean {
  const { parents } = node;
  if (needed === null ? parents.length === 0 : !parents.some((p) => p !== null && needed.has(p)))
    return false;
  const { vjps } = node;
  const joint = typeof vjps === "function" ? pullBackJointly(vjps, g) : null;
  for (let i = 0; i < parents.length; i++) {
    const parent = parents[i];
    if (!parent || (needed !== null && !needed.has(parent))) continue;
    const clock = storageClock();
    const vjp = typeof vjps === "function" ? null : vjps[i]!;
    const gx = vjp === null ? joint![i]! : createGraph ? vjp(g) : inScratch(vjp, g);
    if (gx === null) continue;
    const checked = checkGradient(node.name, parent, gx);
    if (isAnomalyEnabled()) checkFinite(node.name, node, parent, checked);
    // A gradient from a user's function may be kept by it, and one that existed before this call by anybody.
    add(parent, checked, joint === null && checked.storage.id >= clock);
  }
  return true;
}

/** A function of the user's, who may keep the gradient. */
function pullBackJointly(vjp: JointVjp, g: Tensor): readonly (Tensor | null)[] {
  g.storage.moveOut();
  return vjp(g);
}

function total(a: Tensor, b: Tensor): Tensor {
  return a.add(b);
}

/** Whether a gradient on its way stands in memory that nobody else sees. */
function isOnlyHere({ storage }: Tensor): boolean {
  return storage.scratch && storage.holders === 1;
}

function runHooks(node: Node, g: Tensor): Tensor {
  g.storage.moveOut();
  for (const hook of node.hooks!) {
    const replaced = hook(g);
    if (!replaced) continue;
    g = checkGradient(`a hook of ${node.name}`, node, replaced);
    if (isAnomalyEnabled()) checkFinite(`a hook of ${node.name}`, node, node, g);
  }
  return g;
}

function keep(x: Tensor, g: Tensor): void {
  x.grad = x.grad === null ? g.clone() : x.grad.add(g);
}

/** A gradient has the shape and dtype of what it is the gradient of; anything else is a defect of a custom function or hook. */
function checkGradient(source: string, of: Node, g: Tensor): Tensor {
  if (!(g instanceof Tensor))
    throw new AutogradError("backward", `${source} returned ${typeof g} as a gradient; it must be a Tensor`);
  if (!sameShape(g.shape, of.shape))
    throw new ShapeError(
      "backward",
      `${source} returned a gradient of shape ${format(g.shape)} for a tensor of shape ${format(of.shape)}`,
    );
  if (g.dtype !== of.dtype)
    throw new DTypeError(
      "backward",
      `${source} returned a gradient of dtype ${g.dtype} for a tensor of dtype ${of.dtype}`,
    );
  return g.savedBy === null ? g : g.unsaved();
}

/** The nodes through which some wanted node is reached; `order` runs from outputs to inputs. */
function leadingTo(order: readonly Node[], wanted: ReadonlySet<Node>): ReadonlySet<Node> {
  const needed = new Set(wanted);
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    if (node.parents.some((p) => p !== null && needed.has(p))) needed.add(node);
  }
  return needed;
}
