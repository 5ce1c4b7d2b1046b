import { ShapeError } from "../errors.ts";
import { narrowLayout } from "../layout.ts";
import { defineListOp } from "../op.ts";
import { format, normalizeDim, sameShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { to } from "./convert.ts";
import { expand } from "./broadcast.ts";
import { commonDType, requireTensor } from "./operands.ts";
import { flat, type Numbers } from "./views.ts";

/** An empty 1-d tensor joins anything, as in PyTorch. */
function joinsAnything(shape: Shape): boolean {
  return shape.length === 1 && shape[0] === 0;
}

function shapeOf(x: Tensor): Shape {
  return x.shape;
}

function sizeAlong(shape: Shape, dim: number): number {
  return joinsAnything(shape) ? 0 : shape[dim]!;
}

/** Where each piece of a concatenation begins along `dim`. */
function startOf(i: number, shapes: readonly Shape[], dim: number): number {
  return shapes.slice(0, i).reduce((n, shape) => n + sizeAlong(shape, dim), 0);
}

const catOp = defineListOp<[dim: number]>("cat", {
  shape: (xs, dim) => {
    const first = xs.find((x) => !joinsAnything(x.shape)) ?? xs[0]!;
    return first.shape.map((size, d) => (d === dim ? startOf(xs.length, xs.map(shapeOf), dim) : size));
  },
  run: (k, out, xs, dim) => {
    const shapes = xs.map(shapeOf);
    xs.forEach((x, i) => {
      const layout = narrowLayout("cat", out.layout, dim, startOf(i, shapes, dim), sizeAlong(x.shape, dim));
      if (x.numel > 0) k.copy({ storage: out.storage, layout }, x);
    });
  },
  vjp: (i, shapes, dim) => (g) =>
    g.narrow(dim, startOf(i, shapes, dim), sizeAlong(shapes[i]!, dim)).reshape(shapes[i]!),
});

function requireList(op: string, xs: readonly Tensor[]): void {
  if (!Array.isArray(xs) || xs.length === 0) throw new ShapeError(op, "needs a list of at least one tensor");
  xs.forEach((x, i) => requireTensor(op, x, `element ${i} of the list`));
}

/** Joins tensors along an existing dimension; all other sizes must agree. Gradient: the matching piece of `g`. */
export function cat(xs: readonly Tensor[], dim = 0): Tensor {
  requireList("cat", xs);
  const dtype = commonDType(xs);
  const pieces = xs.map((x) => to(x, dtype));
  const first = pieces.find((x) => !joinsAnything(x.shape)) ?? pieces[0]!;
  const d = normalizeDim("cat", dim, first.ndim);
  for (const x of pieces) {
    if (joinsAnything(x.shape)) continue;
    if (x.ndim === 0) throw new ShapeError("cat", "0-d tensors cannot be joined; use stack");
    if (x.ndim !== first.ndim || !x.shape.every((size, i) => i === d || size === first.shape[i])) {
      throw new ShapeError(
        "cat",
        `shapes ${format(first.shape)} and ${format(x.shape)} may differ only in dimension ${d}`,
      );
    }
  }
  return catOp(pieces, d);
}

/** Joins tensors of one shape along a new dimension. */
export function stack(xs: readonly Tensor[], dim = 0): Tensor {
  requireList("stack", xs);
  for (const x of xs) {
    if (!sameShape(x.shape, xs[0]!.shape))
      throw new ShapeError("stack", `shapes ${format(xs[0]!.shape)} and ${format(x.shape)} differ`);
  }
  const d = normalizeDim("stack", dim, xs[0]!.ndim + 1);
  return cat(
    xs.map((x) => x.unsqueeze(d)),
    d,
  );
}

/** Tiles a tensor: `counts[i]` copies along dimension `i`; further leading counts add dimensions. Gradient: summed over the copies. */
export function repeat(x: Tensor, ...counts: Numbers): Tensor {
  const times = flat(counts);
  if (times.length < x.ndim)
    throw new ShapeError(
      "repeat",
      `needs at least as many counts as dimensions: ${format(times)} for shape ${format(x.shape)}`,
    );
  if (times.some((n) => !Number.isInteger(n) || n < 0))
    throw new ShapeError("repeat", `counts must be non-negative integers, got ${format(times)}`);
  const shape = [...new Array<number>(times.length - x.ndim).fill(1), ...x.shape];
  const interleaved = x.reshape(shape.flatMap((size) => [1, size]));
  const expanded = expand(
    interleaved,
    times.flatMap((n, i) => [n, shape[i]!]),
  );
  return expanded.reshape(times.map((n, i) => n * shape[i]!));
}
