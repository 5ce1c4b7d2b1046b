/** Every op on the samples of its tests: the results, and the gradients of their sum. */
import { Tensor } from "torchlet";
import * as ops from "../../../packages/tensor/src/ops/index.ts";
import { samples, type Row } from "../../../packages/tensor/test/ops/samples.ts";
import type { Programs } from "./programs.ts";

type Op = (...args: unknown[]) => unknown;

/** The tensors in a value, also in lists and objects. */
function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}

/** The value with every tensor of numbers as a fresh leaf of that dtype. */
function asLeaves(value: unknown, dtype: "float32" | "float64", gradient: boolean): unknown {
  if (value instanceof Tensor)
    return value.dtype === "float64" ? value.detach().to(dtype).clone().requiresGrad_(gradient) : value;
  if (Array.isArray(value)) return value.map((entry) => asLeaves(entry, dtype, gradient));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, asLeaves(v, dtype, gradient)]));
}

function resultsAndGradients(op: Op, args: readonly unknown[]): number[] {
  const outputs = tensorsIn(op(...args));
  for (const y of outputs) if (y.requiresGrad) y.sum().backward({ retainGraph: true });
  const gradients = tensorsIn(args).flatMap((x) => (x.grad === null ? [] : [x.grad]));
  return [...outputs, ...gradients].flatMap((x) => [...x.toTypedArray()]);
}

export const opPrograms: Programs = function* () {
  for (const [name, row] of Object.entries(samples as Record<string, Row>)) {
    const op = (ops as unknown as Record<string, Op>)[name]!;
    for (const dtype of ["float32", "float64"] as const)
      for (const [i, args] of row.samples.entries())
        yield [
          `${name} ${dtype} ${i}`,
          () => resultsAndGradients(op, asLeaves(args, dtype, row.gradient !== false) as unknown[]),
        ];
  }
};
