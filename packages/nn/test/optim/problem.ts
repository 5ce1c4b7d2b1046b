import { readFileSync } from "node:fs";
import { tensor, type DType, type Tensor } from "@torchlet/tensor";
import { expect } from "vitest";
import * as optim from "../../src/optim/index.ts";

interface Flat {
  readonly s: number[];
  readonly d: number[];
}

export interface Run {
  readonly optimizer: string;
  readonly options: Record<string, unknown>;
  readonly groups?: readonly Record<string, unknown>[];
  readonly dtype: "float32" | "float64";
  readonly losses: readonly number[];
  readonly after: Record<string, { readonly w: readonly number[]; readonly b: readonly number[] }>;
}

export function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8"));
}

export function expectNear(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((e, i) =>
    expect(Math.abs(actual[i]! - e), `value ${i}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(e))),
  );
}

export const data = golden("optimizers.json") as Record<"x" | "y" | "w" | "b", Flat> & {
  readonly runs: readonly Run[];
};

function load(name: "x" | "y" | "w" | "b", dtype: DType): Tensor {
  return tensor(data[name].d, { dtype }).view(...data[name].s);
}

/** Minimise mean((tanh(x wᵀ + b) - y)²), the problem of the golden runs. */
export class Problem {
  readonly w: Tensor;
  readonly b: Tensor;
  readonly #x: Tensor;
  readonly #y: Tensor;

  constructor(dtype: DType = "float64") {
    this.#x = load("x", dtype);
    this.#y = load("y", dtype);
    this.w = load("w", dtype).requiresGrad_();
    this.b = load("b", dtype).requiresGrad_();
  }

  loss(): Tensor {
    return this.#x.matmul(this.w.T).add(this.b).tanh().sub(this.#y).square().mean();
  }

  /** The loss before each of `n` steps. */
  train(optimizer: optim.Optimizer, n: number, sign = 1): number[] {
    return Array.from({ length: n }, () => {
      optimizer.zeroGrad();
      const loss = this.loss();
      loss.mul(sign).backward();
      optimizer.step();
      return loss.item();
    });
  }

  values(): number[] {
    return [...this.w.toTypedArray(), ...this.b.toTypedArray()];
  }
}

type AnyOptimizer = new (
  params: Iterable<Tensor> | Iterable<{ params: Tensor }>,
  options?: Record<string, unknown>,
) => optim.Optimizer;

/** An optimizer by its name, with its options in PyTorch's spelling or ours. */
export function create(
  name: string,
  params: Iterable<Tensor> | Iterable<{ params: Tensor }>,
  options: Record<string, unknown> = {},
): optim.Optimizer {
  const Class = (optim as unknown as Record<string, AnyOptimizer>)[name]!;
  return new Class(params, camelCase(options));
}

export function camelCase<T extends object>(options: T): T {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as T;
}

export const optimizers = [
  "SGD",
  "Adam",
  "AdamW",
  "RMSprop",
  "Adagrad",
  "Adadelta",
  "Adamax",
  "NAdam",
  "RAdam",
];
