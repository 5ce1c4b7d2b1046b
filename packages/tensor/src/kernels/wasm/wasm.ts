/** Kernels in WebAssembly SIMD: what is large; plain loops do the rest, with the same values. */
import { isFloatingPoint } from "../../dtype.ts";
import type { Operand } from "../../storage/storage.ts";
import { multiplyBatch } from "../batches.ts";
import type { Kernels } from "../kernels.ts";
import { plainKernels } from "../plain/plain.ts";
import type { ReduceOp } from "../plain/reduce.ts";
import { convert } from "./convert.ts";
import { forEachBlock } from "./elementwise.ts";
import { extremePlaces, extremeValues } from "./extremes.ts";
import { areColumns, linesFit, onColumns, onLines } from "./lines.ts";
import { wasmProduct } from "./matmul.ts";
import { catStrided, copyMoving, FEW, gatherStrided, scatterStrided } from "./moving.ts";
import { inParts } from "./parts.ts";
import { reductionOf, sum, type Reduction } from "./reduce.ts";
import { forEachShared } from "./shared.ts";
import { changeBlocks } from "./steps.ts";
import { isOscillation, oscillate } from "./trigonometric.ts";
import { workspace, type Workspace } from "./workspace.ts";

/** From which size on WebAssembly is used: below, the copies into linear memory cost more than they save. */
export interface Thresholds {
  /** Multiplications of a matrix product. */
  readonly product: number;
  /** Elements of what is computed one by one, or added up. */
  readonly elements: number;
  /** Elements that are moved from one layout to another. */
  readonly moved: number;
}

/** How long a step of Adam takes for an element, in multiplications of a product. */
const ADAM = 15;

const measured: Thresholds = { product: 64, elements: 32, moved: FEW };

/** Kernels that use WebAssembly where it is there and pays. */
export function wasmKernels(from: Thresholds = measured): Kernels {
  const openFor = (size: number, threshold: number): Workspace | null =>
    size > 0 && size >= threshold ? workspace() : null;
  const open = (x: Operand, size: number, threshold: number): Workspace | null =>
    isFloatingPoint(x.storage.dtype) ? openFor(size, threshold) : null;
  const openToMove = ({ layout: { numel } }: Operand): Workspace | null =>
    numel > 0 && numel >= from.moved ? workspace() : null;
  return {
    ...plainKernels,
    name: "wasm",

    matmul(out, a, b) {
      const w = open(out, multiplications(out, a), from.product);
      if (w === null) {
        plainKernels.matmul(out, a, b);
        return;
      }
      a.storage.noteUse();
      b.storage.noteUse();
      multiplyBatch(out, a, b, wasmProduct(w));
    },

    addmm(out, row, a, b) {
      const w = open(out, multiplications(out, a), from.product);
      if (w === null) {
        plainKernels.addmm(out, row, a, b);
        return;
      }
      for (const x of [row, a, b]) x.storage.noteUse();
      multiplyBatch(out, a, b, wasmProduct(w, row));
    },

    unary(out, op, x) {
      const w = openFor(x.layout.numel, from.elements);
      if (w && isSingle(x) && isOscillation(op) && oscillate(w, out, op, x)) return;
      const f = w?.unary[x.storage.dtype].get(op);
      if (!w || !f) plainKernels.unary(out, op, x);
      else forEachShared(w, out, [x], op, f, (f, n, at) => f(at[0]!, at[1]!, n));
    },

    binary(out, op, a, b) {
      const w = openFor(a.layout.numel, from.elements);
      const f = w?.binary[a.storage.dtype].get(op);
      if (!w || !f) plainKernels.binary(out, op, a, b);
      else forEachShared(w, out, [a, b], op, f, (f, n, at) => f(at[0]!, at[1]!, at[2]!, n));
    },

    activation(out, op, x, parameters) {
      const w = open(x, x.layout.numel, from.elements);
      const f = w?.activation[floatType(x)].get(op);
      if (!w || !f) plainKernels.activation(out, op, x, parameters);
      else {
        const [a, b, c] = parameters;
        forEachShared(w, out, [x], op, f, (f, n, at) => f(at[0]!, at[1]!, n, a, b, c));
      }
    },

    activationBackward(out, op, g, x, parameters) {
      const w = open(x, x.layout.numel, from.elements);
      const f = w?.activationBackward[floatType(x)].get(op);
      if (!w || !f) plainKernels.activationBackward(out, op, g, x, parameters);
      else {
        const [a, b, c] = parameters;
        forEachShared(w, out, [g, x], op, f, (f, n, at) => f(at[0]!, at[1]!, at[2]!, n, a, b, c));
      }
    },

    addScaled(out, a, b, alpha) {
      const w = open(out, out.layout.numel, from.elements);
      if (w === null) plainKernels.addScaled(out, a, b, alpha);
      else {
        const f = floatType(out) === "float32" ? w.run.addScaled32 : w.run.addScaled64;
        forEachBlock(w, out, [a, b], (n, at) => f(at[0]!, at[1]!, at[2]!, alpha, n));
      }
    },

    clamp(out, x, min, max) {
      const w = open(out, out.layout.numel, from.elements);
      if (w === null) {
        this.binary(out, "maximum", x, min);
        this.binary(out, "minimum", out, max);
      } else {
        const f = floatType(out) === "float32" ? w.run.clamp32 : w.run.clamp64;
        forEachBlock(w, out, [x, min, max], (n, at) => f(at[0]!, at[1]!, at[2]!, at[3]!, n));
      }
    },

    where(out, condition, a, b) {
      const bits = 8 * out.storage.data.BYTES_PER_ELEMENT;
      const w = bits === 8 ? null : openFor(out.layout.numel, from.elements);
      if (w === null) plainKernels.where(out, condition, a, b);
      else {
        const f = bits === 32 ? w.run.where32 : w.run.where64;
        forEachBlock(w, out, [condition, a, b], (n, at) => f(at[0]!, at[1]!, at[2]!, at[3]!, n));
      }
    },

    dropout(out, x, mask, scale) {
      const w = open(out, out.layout.numel, from.elements);
      if (w === null) plainKernels.dropout(out, x, mask, scale);
      else {
        const f = floatType(out) === "float32" ? w.run.dropout32 : w.run.dropout64;
        forEachBlock(w, out, [x, mask], (n, at) => f(at[0]!, at[1]!, at[2]!, scale, n));
      }
    },

    momentumStep(x, velocity, g, factors) {
      const w = open(x, x.layout.numel, from.elements);
      if (w === null) plainKernels.momentumStep(x, velocity, g, factors);
      else {
        const { decay, gain, rate } = factors;
        const f = w.run[`momentum${bitsOf(x)}`];
        changeBlocks(w, [x, velocity, g], (n, at) => f(at[0]!, at[1]!, at[2]!, decay, gain, rate, n));
      }
    },

    adamStep(x, average, square, g, factors) {
      const w = open(x, x.layout.numel, from.elements);
      if (w === null) plainKernels.adamStep(x, average, square, g, factors);
      else {
        const { decay1, gain1, decay2, gain2, correction, eps, rate } = factors;
        const f = w.run[`adam${bitsOf(x)}`];
        const itemSize = x.storage.data.BYTES_PER_ELEMENT;
        const compute = inParts(w, f, ADAM, itemSize, (f, n, at) =>
          f(at[0]!, at[1]!, at[2]!, at[3]!, decay1, gain1, decay2, gain2, correction, eps, rate, n),
        );
        changeBlocks(w, [x, average, square, g], compute);
      }
    },

    copy(out, x) {
      const converts = out.storage.dtype !== x.storage.dtype && out.layout.contiguous;
      const w = converts ? openFor(out.layout.numel, from.elements) : openToMove(out);
      if (w === null) plainKernels.copy(out, x);
      else if (!converts) copyMoving(w, out, x);
      else if (!convert(w, out, x)) plainKernels.copy(out, x);
    },

    cat(out, xs, dim) {
      const w = openToMove(out);
      if (w === null || !catStrided(w, out, xs, dim)) plainKernels.cat(out, xs, dim);
    },

    gather(out, x, dim, index) {
      const w = x.storage.dtype === "bool" ? null : openToMove(out);
      if (w === null || !gatherStrided(w, out, x, dim, index)) plainKernels.gather(out, x, dim, index);
    },

    scatter(out, op, dim, index, src) {
      const { dtype } = out.storage;
      const simple = op === "set" ? dtype !== "bool" : op === "add" && isFloatingPoint(dtype);
      const w = simple ? openToMove(index) : null;
      if (w === null || op === "multiply" || !scatterStrided(w, out, op, dim, index, src))
        plainKernels.scatter(out, op, dim, index, src);
    },

    reduce(out, op, x) {
      const integers = op === "sum" && x.storage.dtype === "int32";
      const known =
        integers || (isFloatingPoint(x.storage.dtype) && (op === "sum" || op === "max" || op === "min"));
      const w = known ? openFor(x.layout.numel, from.elements) : null;
      const reduction = w && reductionOf(out.layout, x.layout);
      if (!reduction || !reduceMatrix(w, out, op, x, reduction)) plainKernels.reduce(out, op, x);
    },

    argReduce(out, op, x, dim) {
      const w = x.layout.contiguous ? open(x, x.layout.numel, from.elements) : null;
      if (w === null || !extremePlaces(w, out, x, dim, op === "argmin"))
        plainKernels.argReduce(out, op, x, dim);
    },

    standardize(out, x, dim, eps) {
      const w = linesFit(x, dim) ? open(x, x.layout.numel, from.elements) : null;
      if (w === null) plainKernels.standardize(out, x, dim, eps);
      else if (areColumns(x, dim)) onColumns(w, w.run[`standardizeColumns${bitsOf(x)}`], out, [x], [eps]);
      else onLines(w, w.run[`standardize${bitsOf(x)}`], out, [x], dim, [eps]);
    },

    standardizeBackward(out, g, x, dim, eps) {
      const w = linesFit(x, dim) ? open(x, x.layout.numel, from.elements) : null;
      if (w === null) plainKernels.standardizeBackward(out, g, x, dim, eps);
      else if (areColumns(x, dim))
        onColumns(w, w.run[`standardizeColumnsBackward${bitsOf(x)}`], out, [g, x], [eps]);
      else onLines(w, w.run[`standardizeBackward${bitsOf(x)}`], out, [g, x], dim, [eps]);
    },

    softmax(out, x, dim) {
      const w = isSingle(x) && linesFit(x, dim) ? open(x, x.layout.numel, from.elements) : null;
      if (w === null) plainKernels.softmax(out, x, dim);
      else onLines(w, w.run.softmax32, out, [x], dim);
    },

    logSoftmax(out, x, dim) {
      const w = isSingle(x) && linesFit(x, dim) ? open(x, x.layout.numel, from.elements) : null;
      if (w === null) plainKernels.logSoftmax(out, x, dim);
      else onLines(w, w.run.logSoftmax32, out, [x], dim);
    },

    softmaxBackward(out, g, y, dim) {
      const w = linesFit(y, dim) ? open(y, y.layout.numel, from.elements) : null;
      if (w === null) plainKernels.softmaxBackward(out, g, y, dim);
      else onLines(w, w.run[`softmaxBackward${bitsOf(y)}`], out, [g, y], dim);
    },

    logSoftmaxBackward(out, g, y, dim) {
      const w = isSingle(y) && linesFit(y, dim) ? open(y, y.layout.numel, from.elements) : null;
      if (w === null) plainKernels.logSoftmaxBackward(out, g, y, dim);
      else onLines(w, w.run.logSoftmaxBackward32, out, [g, y], dim);
    },
  };
}

function reduceMatrix(w: Workspace, out: Operand, op: ReduceOp, x: Operand, matrix: Reduction): boolean {
  if (op === "sum") return sum(w, out, x, matrix);
  const { along, rows, columns } = matrix;
  const lines =
    along === "rows" ? { outer: rows, n: columns, inner: 1 } : { outer: 1, n: rows, inner: columns };
  return extremeValues(w, out, x, lines, op === "min");
}

/** How many multiplications each product of a batch takes. */
function multiplications(out: Operand, a: Operand): number {
  const { shape } = out.layout;
  return shape[shape.length - 1]! * shape[shape.length - 2]! * a.layout.shape[shape.length - 1]!;
}

/** The dtype of an operand that is known to be floating-point. */
function floatType({ storage }: Operand): "float32" | "float64" {
  return storage.dtype as "float32" | "float64";
}

/** The bits of an element, with which the names of functions end. */
function bitsOf(x: Operand): 32 | 64 {
  return isSingle(x) ? 32 : 64;
}

function isSingle({ storage }: Operand): boolean {
  return storage.dtype === "float32";
}
