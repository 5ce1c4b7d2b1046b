/** Ops that give every element another place. */
import { ShapeError, ValueError } from "../errors.ts";
import { flipLayout, sliceLayout } from "../layout.ts";
import { defineOp, hidden, type Op } from "../op.ts";
import { format, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { flat, type Numbers } from "./views/numbers.ts";

/**
 * Reverses the order along the given dimensions, as a copy. Gradient: reversed as well.
 *
 * PyTorch: [`torch.flip`](https://pytorch.org/docs/stable/generated/torch.flip.html).
 *
 * @param x - Any shape, any dtype.
 * @param dims - `flip(0, 1)` or `flip([0, 1])`; none leaves the order as it is.
 * @returns Shape of `x`.
 * @throws ShapeError if a dimension does not exist or is named twice.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([[1, 2], [3, 4]]).flip(1).toArray(); // => [[2, 1], [4, 3]]
 * ```
 */
export function flip(x: Tensor, ...dims: Numbers): Tensor {
  const list = flat(dims);
  const normalized = list.map((d) => normalizeDim("flip", d, x.ndim));
  if (new Set(normalized).size < normalized.length)
    throw new ShapeError("flip", `a dim appears twice in ${format(list)}`);
  return flipOp(x, normalized);
}

const flipOp: Op<[x: Tensor], [dims: readonly number[]]> = defineOp<[x: Tensor], [dims: readonly number[]]>(
  "flip",
  {
    shape: (x) => x.shape,
    run: (k, out, x, dims) => k.copy(out, { storage: x.storage, layout: flipLayout(x.layout, dims) }),
    vjp: [(_y, _x, dims) => (g) => flipOp(g, dims)],
  },
);

/**
 * Moves the elements along dimensions by some places; what leaves at the end comes back at the beginning. Without `dims`, the elements
 * count as flat. Gradient: moved back.
 *
 * PyTorch: [`torch.roll`](https://pytorch.org/docs/stable/generated/torch.roll.html).
 *
 * @param x - Any shape, any dtype.
 * @param shifts - By how many places, for each dimension; negative moves towards the beginning.
 * @param dims - The dimensions.
 * @throws ShapeError if there are not as many shifts as dimensions.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * tensor([1, 2, 3, 4]).roll(1).toArray(); // => [4, 1, 2, 3]
 * tensor([[1, 2, 3], [4, 5, 6]]).roll(-1, 1).toArray(); // => [[2, 3, 1], [5, 6, 4]]
 * ```
 */
export function roll(
  x: Tensor,
  shifts: number | readonly number[],
  dims?: number | readonly number[],
): Tensor {
  const places = typeof shifts === "number" ? [shifts] : shifts;
  if (dims === undefined && places.length === 1)
    return hidden([x], () => roll(x.reshape(-1), places, 0).reshape(x.shape));
  const list = (typeof dims === "number" ? [dims] : (dims ?? [])).map((d) => normalizeDim("roll", d, x.ndim));
  if (list.length !== places.length || places.length === 0)
    throw new ShapeError(
      "roll",
      `shifts ${format(places)} and dims ${format(list)} must be equally many, and at least one`,
    );
  return list.reduce((y, d, i) => rollOne(y, places[i]!, d), x);
}

function rollOne(x: Tensor, places: number, dim: number): Tensor {
  if (!Number.isInteger(places)) throw new ValueError("roll", `shifts must be integers, got ${places}`);
  const size = x.shape[dim] ?? 1;
  return size === 0 || places % size === 0 ? x.clone() : rollOp(x, ((places % size) + size) % size, dim);
}

const rollOp: Op<[x: Tensor], [places: number, dim: number]> = defineOp<
  [x: Tensor],
  [places: number, dim: number]
>("roll", {
  shape: (x) => x.shape,
  run: (k, out, { storage, layout }, places, dim) => {
    const cut = layout.shape[dim]! - places;
    const [first, last] = [
      sliceLayout(layout, dim, 0, cut, 1),
      sliceLayout(layout, dim, cut, cut + places, 1),
    ];
    k.cat(
      out,
      [last, first].map((part) => ({ storage, layout: part })),
      dim,
    );
  },
  vjp: [
    (_y, { shape }, places, dim) =>
      (g) =>
        rollOp(g, shape[dim]! - places, dim),
  ],
});
