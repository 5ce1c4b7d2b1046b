import { AutogradError, ShapeError, ValueError } from "../errors.ts";
import { kernels } from "../kernels/kernels.ts";
import { overlaps } from "../layout.ts";
import { to } from "../ops/convert.ts";
import { requireOptions } from "../options.ts";
import { format, sameShape } from "../shape.ts";
import { inScratch, reclaim } from "../storage/scratch.ts";
import { Tensor } from "../tensor.ts";
import type { Node } from "./node.ts";
import { propagate } from "./propagate.ts";

/** Options of {@link backward} and {@link grad}. */
export interface BackwardOptions {
  /** Keep what was saved, so that backward can run again through the same graph. Default: the value of `createGraph`. */
  retainGraph?: boolean;
  /** Record the computation of the gradients too, for derivatives of higher order. Default: false. */
  createGraph?: boolean;
}

/** Options of {@link backward}. */
export interface AccumulateOptions extends BackwardOptions {
  /** Only these tensors receive gradients, computed ones too. Default: every leaf. */
  inputs?: readonly Tensor[];
}

/** What may follow the tensor in {@link backward}: the gradient, the options, or both. */
export type BackwardArguments =
  [gradient?: Tensor | null | undefined, options?: AccumulateOptions] | [options?: AccumulateOptions];

/**
 * Computes the gradient of `y` with respect to every leaf it depends on, and adds it to the leaf's `.grad`.
 *
 * For a scalar `y`, each leaf `x` receives `dy/dx`; otherwise `gradient` is the vector `v` of the product `vᵀ dy/dx`.
 * Gradients accumulate: call `zeroGrad` (or set `.grad = null`) between steps.
 * PyTorch: [`Tensor.backward`](https://pytorch.org/docs/stable/generated/torch.Tensor.backward.html).
 *
 * @param y - Where to start.
 * @param args - `gradient`: the gradient with respect to `y`, of its shape; converted to its dtype. Needed unless `y` has one element.
 * Default: 1. `options`: `retainGraph`, `createGraph`, and `inputs`: only these tensors receive gradients, computed ones too. Either may
 * be left out: `y.backward({ retainGraph: true })`.
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
export function backward(y: Tensor, ...args: BackwardArguments): void {
  const [first, second] = args;
  const gradient = first instanceof Tensor ? first : null;
  const options = second ?? (first instanceof Tensor ? {} : (first ?? {}));
  requireOptions("backward", options, "retainGraph: true", ["retainGraph", "createGraph", "inputs"]);
  const { createGraph = false, retainGraph = createGraph, inputs } = options;
  const root = rootNode("backward", y);
  const seed = seedGradient("backward", y, gradient);
  const targets = inputs && new Map(checkInputs("backward", inputs).map((node, i) => [node, inputs[i]!]));
  propagate([[root, seed]], {
    createGraph,
    retainGraph,
    wanted: targets ? new Set(targets.keys()) : null,
    arrive(node, g, own) {
      const x = targets ? targets.get(node) : node.leaf;
      // A leaf may have been switched off since it was used.
      if (!x?.requiresGrad || x === node.retained) return;
      accumulate(x, g, own, createGraph);
      if (node.postAccumulateHooks !== null) for (const hook of node.postAccumulateHooks) hook(x);
    },
  });
}

const GRAD_OPTIONS = ["retainGraph", "createGraph", "gradOutputs", "allowUnused"];

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
 * @throws AutogradError if an input is not part of the graph (without `allowUnused`), or an output or input needs no gradient.
 * @throws ValueError if `inputs` is no list or empty, or there are not as many `gradOutputs` as outputs.
 * @throws ShapeError if a `gradOutputs` has another shape than its output.
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
  requireOptions("grad", options, "createGraph: true", GRAD_OPTIONS);
  const { createGraph = false, retainGraph = createGraph, gradOutputs, allowUnused = false } = options;
  const ys = outputs instanceof Tensor ? [outputs] : outputs;
  const gs = gradOutputs instanceof Tensor ? [gradOutputs] : (gradOutputs ?? ys.map(() => null));
  if (gs.length !== ys.length)
    throw new ValueError(
      "grad",
      `got ${ys.length} outputs but ${gs.length} gradOutputs; pass one for each output`,
    );
  const seeds = ys.map((y, i) => [rootNode("grad", y), seedGradient("grad", y, gs[i])] as const);
  const nodes = checkInputs("grad", inputs);
  const wanted = new Set(nodes);
  const found = new Map<Node, Tensor>();
  propagate(seeds, {
    createGraph,
    retainGraph,
    wanted,
    arrive(node, g) {
      if (!wanted.has(node)) return;
      g.storage.moveOut();
      found.set(node, g);
    },
  });
  return nodes.map((node, i) => {
    const g = found.get(node);
    if (g === undefined && !allowUnused) {
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

function checkInputs(op: string, inputs: readonly Tensor[]): Node[] {
  if (inputs instanceof Tensor) throw new ValueError(op, "inputs must be a list of tensors, as in [x]");
  if (inputs.length === 0) throw new ValueError(op, "inputs is empty; name the tensors to differentiate by");
  return inputs.map((x, i) => {
    if (x.node === null)
      throw new AutogradError(
        op,
        `input ${i} of shape ${format(x.shape)} does not require a gradient; call requiresGrad_() on it before computing with it`,
      );
    return x.node;
  });
}

function seedGradient(op: string, y: Tensor, gradient: Tensor | null | undefined): Tensor {
  if (!gradient) {
    if (y.numel !== 1) {
      throw new AutogradError(
        op,
        `a gradient can be left out only for a tensor of one element, this one has shape ${format(y.shape)}; reduce it with .sum() or .mean(), or pass the gradient`,
      );
    }
    const one = Tensor.unset(y.shape, y.dtype);
    kernels().fill(one, 1);
    return one;
  }
  if (!sameShape(gradient.shape, y.shape))
    throw new ShapeError(
      op,
      `gradient of shape ${format(gradient.shape)} for a tensor of shape ${format(y.shape)}`,
    );
  return to(gradient, y.dtype);
}

/**
 * Adds to a tensor's gradient, in place as PyTorch does, unless the sum is to be recorded. The first gradient becomes the
 * tensor's own: taken over if nobody else can hold it, else copied.
 */
function accumulate(x: Tensor, g: Tensor, own: boolean, createGraph: boolean): void {
  const before = x.borrowGrad();
  if (before === null) {
    const whole = g.layout.contiguous && g.numel === g.storage.data.length;
    x.grad = createGraph ? g.clone() : own && whole ? g : inScratch(copyOf, g);
    reclaim();
  } else if (createGraph || overlaps(before.layout)) {
    x.grad = before.add(g);
  } else {
    addInto(before, g);
  }
}

function copyOf(g: Tensor): Tensor {
  return g.clone();
}

function addInto(x: Tensor, g: Tensor): void {
  if (x.layout.contiguous && g.storage !== x.storage) kernels().binary(x, "add", x, g);
  else kernels().copy(x, x.add(g));
  x.storage.touch("backward");
}
