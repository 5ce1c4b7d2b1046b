/** How gradients travel through the graph: without recursion, each node once, in the order of descending ids. */
import { AutogradError, DTypeError, ShapeError } from "../errors.ts";
import { format, sameShape } from "../shape.ts";
import { inScratch, letGo } from "../storage/scratch.ts";
import { storageClock } from "../storage/storage.ts";
import { Tensor } from "../tensor.ts";
import { checkFinite, isAnomalyEnabled } from "./anomaly.ts";
import { Arrivals } from "./arrivals.ts";
import { withGradMode } from "./grad-mode.ts";
import { withAncestors, type JointVjp, type Node } from "./node.ts";

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
  const route = sweep.wanted && routeTo(sweep.wanted, seeds);
  const arrivals = new Arrivals(sweep.createGraph);
  withGradMode(sweep.createGraph, () => {
    for (const [node, g] of seeds) {
      if (isAnomalyEnabled()) checkFinite("the gradient given to backward", node, node, g);
      if (route === null || route.stops.has(node)) arrivals.add(node, g, false);
    }
    for (let arrival = arrivals.take(); arrival !== undefined; arrival = arrivals.take()) {
      const { node } = arrival;
      const g = node.hooks === null ? arrival.g : runHooks(node, arrival.g);
      if (node.retained !== null) keep(node.retained, g);
      sweep.arrive(node, g, node.hooks === null && (arrival.own || isOnlyHere(g)));
      if (node.leaf === null && (route === null || route.through.has(node))) {
        pullBack(node, g, route, arrivals, sweep.createGraph);
        if (!sweep.retainGraph) node.release();
      }
      letGo(arrival.g.storage);
    }
  });
}

/** Hands the parents of a node their gradients. */
function pullBack(
  node: Node,
  g: Tensor,
  route: Route | null,
  arrivals: Arrivals,
  createGraph: boolean,
): void {
  const { parents, vjps } = node;
  const joint = typeof vjps === "function" ? pullBackJointly(vjps, g) : null;
  for (let i = 0; i < parents.length; i++) {
    const parent = parents[i];
    if (!parent || (route !== null && !route.stops.has(parent))) continue;
    const clock = storageClock();
    const vjp = typeof vjps === "function" ? null : vjps[i]!;
    const gx = vjp === null ? joint![i]! : createGraph ? vjp(g) : inScratch(vjp, g);
    if (gx === null) continue;
    const checked = checkGradient(node.name, parent, gx);
    if (isAnomalyEnabled()) checkFinite(node.name, node, parent, checked);
    // A gradient from a user's function may be kept by it, and one that existed before this call by anybody.
    arrivals.add(parent, checked, joint === null && checked.storage.id >= clock);
  }
}

/** A function of the user's, who may keep the gradient. */
function pullBackJointly(vjp: JointVjp, g: Tensor): readonly (Tensor | null)[] {
  g.storage.moveOut();
  return vjp(g);
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

/** Which nodes gradients must come to, and which they must go through. */
interface Route {
  readonly stops: ReadonlySet<Node>;
  readonly through: ReadonlySet<Node>;
}

/**
 * The way from the seeds to the nodes that are wanted. Where an earlier backward has freed the graph the way cannot be seen: gradients
 * go there all the same, and the node says what has happened.
 */
function routeTo(wanted: ReadonlySet<Node>, seeds: readonly (readonly [Node, Tensor])[]): Route {
  const stops = new Set(wanted);
  const through = new Set<Node>();
  const fromInputs = withAncestors(seeds.map(([node]) => node)).sort((a, b) => a.id - b.id);
  for (const node of fromInputs) {
    if (node.isReleased ? wanted.has(node) : !node.parents.some((p) => p !== null && stops.has(p))) continue;
    stops.add(node);
    through.add(node);
  }
  return { stops, through };
}
