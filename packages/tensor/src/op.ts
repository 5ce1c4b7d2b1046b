import type { DType } from "./dtype.ts";
import { isGradEnabled } from "./grad-mode.ts";
import { kernels, type Kernels } from "./kernels/kernels.ts";
import type { Layout } from "./layout.ts";
import { Node, type Vjp } from "./node.ts";
import type { Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { recordStack } from "./anomaly.ts";

type Inputs = readonly Tensor[];

/**
 * Given the output and every argument, the function that pulls the gradient back to one input; null says "not differentiable".
 * The tensors it gets are saved values: what the returned closure captures stays in memory, and is checked when it is used.
 */
type Maker<A extends readonly unknown[]> = (y: Tensor, ...args: A) => Vjp;
type Makers<I extends Inputs, P extends readonly unknown[]> = { [K in keyof I]: Maker<[...I, ...P]> | null };

interface OpDefinition<I extends Inputs, P extends readonly unknown[]> {
  /** The output's shape; throws on bad arguments, before anything is allocated. */
  shape(...args: [...I, ...P]): Shape;
  /** The output's dtype; the first input's if left out. */
  dtype?(...args: [...I, ...P]): DType;
  /** Fills `out`. */
  run(k: Kernels, out: Tensor, ...args: [...I, ...P]): void;
  vjp: Makers<I, P>;
}

/** A differentiable function: `I` are its tensor inputs, `P` its plain parameters. */
export type Op<I extends Inputs, P extends readonly unknown[] = []> = (...args: [...I, ...P]) => Tensor;

/** An op that computes: shape rule, kernel call, one gradient per tensor input. */
export function defineOp<I extends Inputs, P extends readonly unknown[] = []>(
  name: string,
  def: OpDefinition<I, P>,
): Op<I, P> {
  const makers = def.vjp as readonly (Maker<readonly unknown[]> | null)[];
  return (...args) => {
    const inputs = args.slice(0, makers.length) as Tensor[];
    for (const x of inputs) x.checkSaved();
    const y = Tensor.allocate(def.shape(...args), def.dtype?.(...args) ?? inputs[0]!.dtype);
    def.run(kernels(), y, ...args);
    return record(name, y, inputs, args.slice(makers.length), makers);
  };
}

interface ViewDefinition<P extends readonly unknown[]> {
  /** The new layout over the same storage; throws on bad arguments. */
  view(x: Layout, ...params: P): Layout;
  vjp: Maker<[x: Tensor, ...P]>;
}

/** An op that only rearranges: same storage, new layout. */
export function defineView<P extends readonly unknown[]>(
  name: string,
  def: ViewDefinition<P>,
): Op<[x: Tensor], P> {
  const makers = [def.vjp] as readonly unknown[] as readonly Maker<readonly unknown[]>[];
  return (x, ...params) => {
    x.checkSaved();
    const layout = def.view(x.layout, ...params);
    x.storage.viewed = true;
    return record(name, new Tensor(x.storage, layout), [x], params, makers);
  };
}

interface ListOpDefinition<P extends readonly unknown[]> {
  shape(xs: Inputs, ...params: P): Shape;
  run(k: Kernels, out: Tensor, xs: Inputs, ...params: P): void;
  /** The gradient of the input at position `i`. */
  vjp(i: number, shapes: readonly Shape[], ...params: P): Vjp;
}

/** An op over a list of tensors of any length, whose gradients need only their shapes. */
export function defineListOp<P extends readonly unknown[]>(
  name: string,
  def: ListOpDefinition<P>,
): (xs: Inputs, ...params: P) => Tensor {
  return (xs, ...params) => {
    for (const x of xs) x.checkSaved();
    const y = Tensor.allocate(def.shape(xs, ...params), xs[0]!.dtype);
    def.run(kernels(), y, xs, ...params);
    const shapes = xs.map((x) => x.shape);
    return record(
      name,
      y,
      xs,
      [],
      xs.map((_, i) => () => def.vjp(i, shapes, ...params)),
    );
  };
}

/** The single place where the graph grows. */
export function record(
  name: string,
  y: Tensor,
  inputs: Inputs,
  params: readonly unknown[],
  makers: readonly (Maker<readonly unknown[]> | null)[],
): Tensor {
  if (!isGradEnabled() || !inputs.some((x, i) => x.node !== null && makers[i])) return y;
  const parents = inputs.map((x, i) => (makers[i] ? x.node : null));
  const saved = y.save(name);
  const args = [...inputs.map((x) => x.save(name)), ...params];
  const vjps = parents.map((p, i) => (p === null ? null : makers[i]!(saved, ...args)));
  y.node = saved.node = recordStack(new Node(name, y, parents, vjps));
  return y;
}
