import { AutogradError, DTypeError, ShapeError } from "./errors.ts";
import { withGradMode } from "./grad-mode.ts";
import { kernels } from "./kernels/kernels.ts";
import type { Node } from "./node.ts";
import { onesLike } from "./create.ts";
import { format, sameShape } from "./shape.ts";
import { storageClock, type Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/** Options of {@link backward} and {@link grad}. */
export interface BackwardOptions {
  /** Keep what was saved, so that backward can run again through the same graph. Default: the value of `createGraph`. */
  retainGraph?: boolean;
  /** Record the computation of the gradients too, for derivatives of higher order. Default: false. */
  createGraph?: boolean;
}

/**
 * Computes the gradient of `y` with respect to every leaf it depends on, and adds it to the leaf's `.grad`.
 *
 * For a scalar `y`, each leaf `x` receives `dy/dx`; otherwise `gradient` is the vector `v` of the product `vᵀ dy/dx`.
 * Gradients accumulate: call `zeroGrad` (or set `.grad = null`) between steps.
 * PyTorch: [`Tensor.backward`](https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html).
 *
 * @param y - Where to start.
 * @param gradient - The gradient with respect to `y`, of its shape; needed unless `y` has one element. Default: 1.
 * @param options - `retainGraph`, `createGraph`, and `inputs`: only these leaves receive gradients.
 * @throws AutogradError if `y` has no history, is not a scalar and `gradient` is missing, or its graph has been freed.
 * @throws ShapeError if `gradient` has another shape than `y`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor(3, { requiresGrad: true });
 * x.square().backward(); // d(x²)/dx = 2x
 * x.grad?.item(); // => 6
 * ```
 */
export function backward(
  y: Tensor,
  gradient?: Tensor | null,
  options: BackwardOptions & { inputs?: readonly Tensor[] } = {},
): void {
  const root = rootNode("backward", y);
  const seed = seedGradient("backward", y, gradient);
  const wanted = options.inputs?.map((x) => inputNode("backward", x));
  const { createGraph = false } = options;
  const started = storageClock();
  const given = new Set<Storage>();
  propagate([[root, seed]], wanted, options, (node, g) => {
    if (node.leaf !== null && (!wanted || wanted.includes(node)))
      accumulate(node.leaf, g, createGraph, started, given);
  });
}

/**
 * The gradients of `outputs` with respect to `inputs`, returned instead of accumulated.
 *
 * Several outputs count as their sum. PyTorch: [`torch.autograd.grad`](https://pytorch.org/docs/stable/generated/torch.autograd.grad.html).
 *
 * @param outputs - One tensor or several.
 * @param inputs - What to differentiate by; leaves or computed tensors.
 * @param options - `gradOutputs`: gradients of the outputs (default 1, for scalars); `allowUnused`: null instead of an error for an
 * input that `outputs` do not depend on; `retainGraph`; `createGraph` for derivatives of higher order.
 * @returns One gradient per input.
 * @throws AutogradError if an input is not part of the graph (without `allowUnused`).
 *
 * @example
 * ```ts
 * import { grad, tensor } from "@torchlet/tensor";
 *
 * const x = tensor(2, { requiresGrad: true });
 * const [dx] = grad(x.pow(3), [x], { createGraph: true });
 * const [d2x] = grad(dx, [x]);
 * [dx.item(), d2x.item()]; // => [12, 12]
 * ```
 */
export function grad<const I extends readonly Tensor[]>(
  outputs: Tensor | readonly Tensor[],
  inputs: I,
  options?: BackwardOptions & { gradOutputs?: Tensor | readonly (Tensor | null)[]; allowUnused?: false },
): { -readonly [K in keyof I]: Tensor };
export function grad<const I extends readonly Tensor[]>(
  outputs: Tensor | readonly Tensor[],
  inputs: I,
  options: BackwardOptions & { gradOutputs?: Tensor | readonly (Tensor | null)[]; allowUnused: boolean },
): { -readonly [K in keyof I]: Tensor | null };
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: readonly Tensor[],
  options: BackwardOptions & {
    gradOutputs?: Tensor | readonly (Tensor | null)[];
    allowUnused?: boolean;
  } = {},
): (Tensor | null)[] {
  const ys = outputs instanceof Tensor ? [outputs] : outputs;
  const gs = options.gradOutputs instanceof Tensor ? [options.gradOutputs] : (options.gradOutputs ?? []);
  const seeds = ys.map((y, i): [Node, Tensor] => [rootNode("grad", y), seedGradient("grad", y, gs[i])]);
  const wanted = inputs.map((x) => inputNode("grad", x));
  const found = new Map<Node, Tensor>();
  propagate(seeds, wanted, options, (node, g) => {
    if (wanted.includes(node)) found.set(node, g);
  });
  return wanted.map((node, i) => {
    const g = found.get(node);
    if (g === undefined && !options.allowUnused) {
      throw new AutogradError(
        "grad",
        `input ${i} of shape ${format(node.shape)} was not used to compute the outputs; pass { allowUnused: true } to get null for it`,
      );
    }
    return g ?? null;
  });
}

function rootNode(op: string, y: Tensor): Node {
  if (y.node === null) {
    throw new AutogradError(
      op,
      "the tensor does not require a gradient and has no history; was it computed under noGrad, detached, or from tensors without requiresGrad?",
    );
  }
  return y.node;
}

function inputNode(op: string, x: Tensor): Node {
  if (x.node === null)
    throw new AutogradError(op, `an input of shape ${format(x.shape)} does not require a gradient`);
  return x.node;
}

function seedGradient(op: string, y: Tensor, gradient: Tensor | null | undefined): Tensor {
  if (!gradient) {
    if (y.numel !== 1) {
      throw new AutogradError(
        op,
        `a gradient can be left out only for a tensor of one element, this one has shape ${format(y.shape)}; reduce it with .sum() or .mean(), or pass the gradient`,
      );
    }
    return onesLike(y.detach());
  }
  if (!sameShape(gradient.shape, y.shape))
    throw new ShapeError(
      op,
      `gradient of shape ${format(gradient.shape)} for a tensor of shape ${format(y.shape)}`,
    );
  if (gradient.dtype !== y.dtype)
    throw new DTypeError(op, `gradient of dtype ${gradient.dtype} for a tensor of dtype ${y.dtype}`);
  return gradient;
}

/** Carries gradients from the seeds back through the graph, telling `arrive` each node's complete gradient. */
function propagate(
  seeds: readonly (readonly [Node, Tensor])[],
  wanted: readonly Node[] | undefined,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions,
  arrive: (node: Node, g: Tensor) => void,
): void {
  const order = ancestors(seeds.map(([node]) => node)).sort((a, b) => b.id - a.id);
  const needed = wanted && leadingTo(order, wanted);
  const grads = new Map<Node, Tensor>();
  const add = (node: Node, g: Tensor): void => {
    const before = grads.get(node);
    grads.set(node, before === undefined ? g : before.add(g));
  };
  withGradMode(createGraph, () => {
    for (const [node, g] of seeds) add(node, g);
    for (const node of order) {
      let g = grads.get(node);
      if (g === undefined || (needed && !needed.has(node))) continue;
      grads.delete(node);
      for (const hook of node.hooks) g = checkGradient(`hook of ${node.name}`, node, hook(g) ?? g);
      arrive(node, g);
      pullBack(node, g, needed, add);
      if (!retainGraph) node.release();
    }
  });
}

function pullBack(
  node: Node,
  g: Tensor,
  needed: Set<Node> | undefined,
  add: (node: Node, g: Tensor) => void,
): void {
  if (node.parents.length === 0) return;
  const { vjps } = node;
  node.parents.forEach((parent, i) => {
    if (parent === null || (needed && !needed.has(parent))) return;
    const gx = vjps[i]!(g);
    if (gx !== null) add(parent, checkGradient(node.name, parent, gx));
  });
}

/** A gradient has the shape and dtype of what it is the gradient of; anything else is a defect of a custom op or hook. */
function checkGradient(source: string, of: Node, g: Tensor): Tensor {
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
  return g;
}

function ancestors(roots: readonly Node[]): Node[] {
  const seen = new Set(roots);
  const stack = [...seen];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const parent of node.parents) {
      if (parent !== null && !seen.has(parent)) {
        seen.add(parent);
        stack.push(parent);
      }
    }
  }
  return [...seen];
}

/** The nodes through which some wanted node is reached; `order` runs from outputs to inputs. */
function leadingTo(order: readonly Node[], wanted: readonly Node[]): Set<Node> {
  const needed = new Set(wanted);
  for (const node of order.toReversed())
    if (node.parents.some((p) => p !== null && needed.has(p))) needed.add(node);
  return needed;
}

/**
 * Adds to a leaf's gradient, in place where nothing recorded can see it. The first gradient becomes the leaf's own: taken over if
 * this backward made it and nobody else holds it, else copied.
 */
function accumulate(
  leaf: Tensor,
  g: Tensor,
  createGraph: boolean,
  started: number,
  given: Set<Storage>,
): void {
  const before = leaf.grad;
  if (before === null) {
    const fresh = g.storage.id >= started && !given.has(g.storage) && leaf.node?.hooks.size === 0;
    const whole = g.layout.contiguous && g.numel === g.storage.data.length;
    given.add(g.storage);
    leaf.grad = createGraph || (fresh && whole) ? g : g.clone();
  } else if (createGraph || before.requiresGrad || !before.layout.contiguous) {
    leaf.grad = before.add(g);
  } else {
    before.storage.touch("backward");
    kernels().binary(before, "add", before, g);
  }
}
