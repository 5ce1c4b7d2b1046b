import { recordStack } from "./autograd/anomaly.ts";
import { isGradEnabled } from "./autograd/grad-mode.ts";
import { Node, type JointVjp, type Vjp } from "./autograd/node.ts";
import { isFloatingPoint, type DType } from "./dtype.ts";
import { kernels, type Kernels } from "./kernels/kernels.ts";
import type { Layout } from "./layout.ts";
import type { Shape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

type Inputs = readonly Tensor[];

/**
 * Given the output and every argument, the function that pulls the gradient back to one input; null says "not differentiable".
 * The tensors it gets are saved values: what the returned closure captures stays in memory, and is checked when it is used. Only those
 * are saved whose place some maker of the op declares: what no gradient asks for, later changes in place do not harm.
 */
type Maker<A extends readonly unknown[]> = (y: Tensor, ...args: A) => Vjp;
type Makers<I extends Inputs, P extends readonly unknown[]> = { [K in keyof I]: Maker<[...I, ...P]> | null };

interface OpDefinition<I extends Inputs, P extends readonly unknown[]> {
  /** The output's shape; throws on bad arguments, before anything is allocated. */
  shape(...args: [...I, ...P]): Shape;
  /** The output's dtype; the first input's if left out. */
  dtype?(...args: [...I, ...P]): DType;
  /** Fills `out`, all of it: what stands there before is undefined. */
  run(k: Kernels, out: Tensor, ...args: [...I, ...P]): void;
  vjp: Makers<I, P>;
}

/** A differentiable function: `I` are its tensor inputs, `P` its plain parameters. */
export type Op<I extends Inputs, P extends readonly unknown[] = []> = (...args: [...I, ...P]) => Tensor;

type UpToThree = readonly [Tensor] | readonly [Tensor, Tensor] | readonly [Tensor, Tensor, Tensor];
type UpToFour = readonly [a?: unknown, b?: unknown, c?: unknown, d?: unknown];

/** {@link OpDefinition} as engines like it: arguments by position, since spreading a list takes them several times as long. */
interface Positional {
  shape(a: Tensor, b: unknown, c: unknown, d: unknown): Shape;
  dtype?(a: Tensor, b: unknown, c: unknown, d: unknown): DType;
  run(k: Kernels, out: Tensor, a: Tensor, b: unknown, c: unknown, d: unknown): void;
}

/** An op that computes: shape rule, kernel call, one gradient per tensor input. */
export function defineOp<I extends UpToThree, P extends readonly unknown[] = []>(
  name: string,
  definition: [...I, ...P] extends UpToFour ? OpDefinition<I, P> : never,
): Op<I, P> {
  const def = definition as unknown as Positional;
  const makers = definition.vjp as readonly unknown[] as UncheckedMakers;
  const declared = declaredBy(makers);
  const op = (a: Tensor, b: unknown, c: unknown, d: unknown): Tensor => {
    const recorded = checkInputs(makers.length, a, b, c) && isGradEnabled();
    const dtype = def.dtype === undefined ? a.dtype : def.dtype(a, b, c, d);
    const y = Tensor.unset(def.shape(a, b, c, d), dtype, a.layout);
    def.run(kernels(), y, a, b, c, d);
    return recorded ? record(name, y, [a, b, c, d], makers, declared) : y;
  };
  return op as Op<readonly Tensor[], readonly unknown[]>;
}

/** Checks saved values among the first `count` arguments, the tensor inputs; true if one of them has a place in the graph. */
function checkInputs(count: number, a: Tensor, b: unknown, c: unknown): boolean {
  let found = checkInput(a);
  if (count > 1) found = checkInput(b as Tensor) || found;
  if (count > 2) found = checkInput(c as Tensor) || found;
  return found;
}

function checkInput(x: Tensor): boolean {
  x.checkSaved();
  return x.node !== null;
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
  const makers = [def.vjp] as readonly unknown[] as UncheckedMakers;
  const declared = declaredBy(makers);
  return (x, ...params) => {
    x.checkSaved();
    const y = new Tensor(x.storage, def.view(x.layout, ...params));
    // A saved value stays one when seen from elsewhere, so that no read of it goes unchecked.
    if (x.savedBy !== null) y.inheritSaved(x);
    else if (hiding === 0) x.storage.viewed = true;
    return x.node !== null && isGradEnabled() ? record(name, y, [x, ...params], makers, declared) : y;
  };
}

/** How many operations are at work that show their views to nobody. */
let hiding = 0;

/**
 * Runs an operation that is made of others. The views that it takes are gone when it is done, so that its inputs, and a result that is
 * a view of something of its own, can still be changed in place and that be recorded.
 */
export function hidden<Y extends Tensor | null>(inputs: Inputs, f: () => Y): Y {
  hiding++;
  try {
    const y = f();
    for (const x of inputs)
      if (x !== y && x.storage === y?.storage && x.savedBy === null) x.storage.viewed = true;
    return y;
  } finally {
    hiding--;
  }
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
    const recorded = xs.map(checkInput).includes(true) && isGradEnabled();
    const y = Tensor.unset(def.shape(xs, ...params), xs[0]!.dtype);
    def.run(kernels(), y, xs, ...params);
    if (!recorded) return y;
    const shapes = xs.map((x) => x.shape);
    return record(
      name,
      y,
      xs.slice(),
      xs.map((_, i) => () => def.vjp(i, shapes, ...params)),
      0,
    );
  };
}

type UncheckedMakers = readonly (Maker<readonly never[]> | null)[];

/** How many of their arguments, the output first, the makers of an op declare. */
function declaredBy(makers: UncheckedMakers): number {
  return Math.max(...makers.map((maker) => maker?.length ?? 0));
}

/** Makes `y` part of the graph; the tensor inputs come first in `args`, one for each maker, and saved values take their places. */
function record(name: string, y: Tensor, args: unknown[], makers: UncheckedMakers, declared: number): Tensor {
  const count = makers.length;
  const parents = new Array<Node | null>(count);
  let found = false;
  for (let i = 0; i < count; i++) {
    parents[i] = makers[i] === null ? null : (args[i] as Tensor).node;
    found ||= parents[i] !== null;
  }
  if (!found || !isFloatingPoint(y.dtype)) return y;
  const saved = declared > 0 ? y.save(name) : y;
  for (let i = 0; i < count && i + 1 < declared; i++) args[i] = (args[i] as Tensor).save(name);
  const vjps = new Array<Vjp | null>(count);
  for (let i = 0; i < count; i++)
    vjps[i] = parents[i] === null ? null : makers[i]!(saved, ...(args as never[]));
  attach(name, y, parents, vjps);
  saved.node = y.node;
  return y;
}

/** The single place where the graph grows. */
export function attach(
  name: string,
  y: Tensor,
  parents: readonly (Node | null)[],
  vjps: readonly (Vjp | null)[] | JointVjp,
): void {
  y.node = recordStack(new Node(name, y, parents, vjps));
}
