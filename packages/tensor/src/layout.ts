import { IndexError, ShapeError } from "./errors.ts";
import { format, inferShape, normalizeDim, type Shape } from "./shape.ts";

/**
 * How a shape maps onto a flat storage: the element at index `(i, j, ...)` stands at `offset + i * strides[0] + j * strides[1] + ...`.
 *
 * Immutable and without data: a view of a tensor is the same storage under another layout. A stride of 0 repeats an element.
 */
export class Layout {
  readonly shape: Shape;
  /** Steps in the storage, in elements. */
  readonly strides: readonly number[];
  readonly offset: number;
  readonly numel: number;
  /** Whether the elements lie one after the other in row-major order. */
  readonly contiguous: boolean;
  /** Whether this is what {@link contiguousLayout} makes of its shape; an empty one never says so. */
  readonly rowMajor: boolean;

  constructor(shape: Shape, strides: readonly number[], offset: number) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    let expected = 1;
    let contiguous = true;
    let rowMajor = offset === 0;
    for (let i = shape.length - 1; i >= 0; i--) {
      if (strides[i] !== expected) {
        rowMajor = false;
        if (shape[i] !== 1) contiguous = false;
      }
      expected *= shape[i]!;
    }
    this.numel = expected;
    this.contiguous = contiguous || expected === 0;
    this.rowMajor = rowMajor && expected !== 0;
  }
}

/** Row-major, starting at 0. */
export function contiguousLayout(shape: Shape): Layout {
  return new Layout(shape, contiguousStrides(shape), 0);
}

function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  for (let i = shape.length - 1, step = 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(shape[i]!, 1);
  }
  return strides;
}

/** A single element, repeated over `shape`. */
export function repeatedLayout(shape: Shape): Layout {
  return new Layout(shape, new Array<number>(shape.length).fill(0), 0);
}

/** Broadcasts to `shape`: new leading dimensions and dimensions of size 1 get a stride of 0; -1 keeps a size. */
export function expandLayout(op: string, x: Layout, shape: Shape): Layout {
  const lead = shape.length - x.shape.length;
  if (lead < 0)
    throw new ShapeError(op, `cannot expand ${format(x.shape)} to fewer dimensions: ${format(shape)}`);
  const sizes = shape.slice();
  const strides = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < shape.length; i++) {
    const old = i < lead ? 1 : x.shape[i - lead]!;
    if (sizes[i] === -1 && i >= lead) sizes[i] = old;
    const size = sizes[i]!;
    if (!Number.isInteger(size) || size < 0)
      throw new ShapeError(
        op,
        `cannot expand ${format(x.shape)} to ${format(shape)}: a size of ${size} has no meaning at dimension ${i}`,
      );
    if (old === size && i >= lead) strides[i] = x.strides[i - lead]!;
    else if (old !== 1)
      throw new ShapeError(
        op,
        `cannot expand ${format(x.shape)} to ${format(shape)}: dimension ${i} has size ${old}, and only a size of 1 can stretch to ${size}`,
      );
  }
  return new Layout(sizes, strides, x.offset);
}

/** Reorders dimensions: dimension `i` of the result is dimension `order[i]`. */
export function permuteLayout(op: string, x: Layout, order: readonly number[]): Layout {
  const n = x.shape.length;
  if (order.length !== n)
    throw new ShapeError(
      op,
      `order ${format(order)} must name each of the ${n} dimensions of ${format(x.shape)} once`,
    );
  const dims = order.map((d) => normalizeDim(op, d, n));
  if (new Set(dims).size !== n) throw new ShapeError(op, `order ${format(order)} names a dimension twice`);
  return new Layout(
    dims.map((d) => x.shape[d]!),
    dims.map((d) => x.strides[d]!),
    x.offset,
  );
}

/** Swaps two dimensions. */
export function transposeLayout(op: string, x: Layout, dim0: number, dim1: number): Layout {
  const n = x.shape.length;
  const [i, j] = [normalizeDim(op, dim0, n), normalizeDim(op, dim1, n)];
  if (n === 0) return x;
  return new Layout(swapped(x.shape, i, j), swapped(x.strides, i, j), x.offset);
}

function swapped(list: readonly number[], i: number, j: number): number[] {
  const copy = list.slice();
  copy[i] = list[j]!;
  copy[j] = list[i]!;
  return copy;
}

/** Every `step`-th index of `dim` from `start` (inclusive) up to `stop` (exclusive); bounds must already lie inside. */
export function sliceLayout(x: Layout, dim: number, start: number, stop: number, step: number): Layout {
  const size = Math.max(0, Math.ceil((stop - start) / step));
  return new Layout(
    x.shape.map((n, i) => (i === dim ? size : n)),
    x.strides.map((s, i) => (i === dim ? s * step : s)),
    x.offset + (size > 0 ? start * x.strides[dim]! : 0),
  );
}

/** `length` indices of `dim` from `start` on. */
export function narrowLayout(op: string, x: Layout, dim: number, start: number, length: number): Layout {
  if (x.shape.length === 0) throw new ShapeError(op, "a 0-d tensor has no dimension to narrow");
  const d = normalizeDim(op, dim, x.shape.length);
  const size = x.shape[d]!;
  if (!Number.isInteger(start) || start < -size || start > size) {
    throw new IndexError(op, `start ${start} is out of range for dimension ${d} of size ${size}`);
  }
  const from = start < 0 ? start + size : start;
  if (!Number.isInteger(length) || length < 0 || from + length > size) {
    throw new IndexError(op, `start ${start} and length ${length} leave dimension ${d} of size ${size}`);
  }
  return sliceLayout(x, d, from, from + length, 1);
}

/** One index of `dim`; the dimension disappears. */
export function selectLayout(op: string, x: Layout, dim: number, index: number): Layout {
  if (x.shape.length === 0)
    throw new ShapeError(op, "a 0-d tensor has no dimension to select from; read it with .item()");
  const d = normalizeDim(op, dim, x.shape.length);
  const size = x.shape[d]!;
  if (!Number.isInteger(index) || index < -size || index >= size) {
    throw new IndexError(op, `index ${index} is out of range for dimension ${d} of size ${size}`);
  }
  const i = index < 0 ? index + size : index;
  return new Layout(
    x.shape.filter((_, k) => k !== d),
    x.strides.filter((_, k) => k !== d),
    x.offset + i * x.strides[d]!,
  );
}

/** Drops the given dimensions where their size is 1. */
export function squeezeLayout(x: Layout, dims: readonly number[]): Layout {
  const keep = (i: number): boolean => x.shape[i] !== 1 || !dims.includes(i);
  return new Layout(
    x.shape.filter((_, i) => keep(i)),
    x.strides.filter((_, i) => keep(i)),
    x.offset,
  );
}

/** Inserts a dimension of size 1 before `dim`. */
export function unsqueezeLayout(op: string, x: Layout, dim: number): Layout {
  const d = normalizeDim(op, dim, x.shape.length + 1);
  const stride = d < x.shape.length ? x.shape[d]! * x.strides[d]! : 1;
  return new Layout(x.shape.toSpliced(d, 0, 1), x.strides.toSpliced(d, 0, stride), x.offset);
}

/** The diagonal of dimensions `dim1` and `dim2`, `offset` columns to the right, as a new last dimension. */
export function diagonalLayout(op: string, x: Layout, offset: number, dim1: number, dim2: number): Layout {
  const n = x.shape.length;
  const [i, j] = [normalizeDim(op, dim1, n), normalizeDim(op, dim2, n)];
  if (n < 2 || i === j)
    throw new ShapeError(
      op,
      `needs two different dimensions, got dim1 ${dim1} and dim2 ${dim2} of ${format(x.shape)}`,
    );
  if (!Number.isInteger(offset)) throw new ShapeError(op, `offset must be an integer, got ${offset}`);
  const [si, sj] = [x.strides[i]!, x.strides[j]!];
  const length = Math.max(0, Math.min(x.shape[i]! + Math.min(offset, 0), x.shape[j]! - Math.max(offset, 0)));
  const start = length === 0 ? 0 : offset >= 0 ? offset * sj : -offset * si;
  const rest = x.shape.map((_, d) => d).filter((d) => d !== i && d !== j);
  return new Layout(
    [...rest.map((d) => x.shape[d]!), length],
    [...rest.map((d) => x.strides[d]!), si + sj],
    x.offset + start,
  );
}

/** Walks the given dimensions backwards; the strides become negative, so only kernels' inputs may look like this. */
export function flipLayout(x: Layout, dims: readonly number[]): Layout {
  const flipped = (d: number): boolean => dims.includes(d) && x.shape[d]! > 0;
  const start = x.shape.reduce(
    (at, size, d) => (flipped(d) ? at + (size - 1) * x.strides[d]! : at),
    x.offset,
  );
  return new Layout(
    x.shape,
    x.strides.map((s, d) => (flipped(d) ? -s : s)),
    start,
  );
}

/** The same elements under another shape without moving them, or `null` where the strides do not allow it. */
export function tryReshape(op: string, x: Layout, wanted: Shape): Layout | null {
  const shape = inferShape(op, wanted, x.numel);
  if (x.contiguous) return new Layout(shape, contiguousStrides(shape), x.offset);
  const strides = new Array<number>(shape.length).fill(1);
  let target = shape.length - 1;
  for (const run of evenRuns(x)) {
    // Each run of old dimensions must be filled exactly by new ones.
    let filled = 1;
    while (target >= 0 && (filled < run.numel || shape[target] === 1)) {
      strides[target] = filled * run.stride;
      filled *= shape[target]!;
      target--;
    }
    if (filled !== run.numel) return null;
  }
  return new Layout(shape, strides, x.offset);
}

interface Run {
  numel: number;
  readonly stride: number;
}

/** Runs of dimensions whose elements are evenly spaced, innermost first; dimensions of size 1 do not matter. */
function evenRuns(x: Layout): readonly Run[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  for (let d = x.shape.length - 1; d >= 0; d--) {
    if (x.shape[d] === 1) continue;
    if (run && x.strides[d] === run.numel * run.stride) run.numel *= x.shape[d]!;
    else runs.push((run = { numel: x.shape[d]!, stride: x.strides[d]! }));
  }
  return runs;
}

/** Whether two indices can reach the same element: a stride of 0 over more than one index. */
export function overlaps(x: Layout): boolean {
  return x.shape.some((size, i) => size > 1 && x.strides[i] === 0);
}
