/** A step in one pass and the same step operation by operation, which strided parameters take, have the same bits. */
import { noGrad, randn, type Tensor } from "@torchlet/tensor";
import { expect, test } from "vitest";
import { optim } from "../../src/index.ts";

const sizes = [
  [3, 4],
  [64, 80],
] as const;

function train(
  x: Tensor,
  gradients: readonly Tensor[],
  make: (params: Tensor[]) => optim.Optimizer,
): unknown {
  const optimizer = make([x]);
  for (const g of gradients) {
    x.grad = x.isContiguous() ? g : g.t().contiguous().t();
    optimizer.step();
  }
  return x.toArray();
}

const optimizers: Record<string, (params: Tensor[]) => optim.Optimizer> = {
  SGD: (params) => new optim.SGD(params, { lr: 0.1, momentum: 0.9 }),
  "SGD with dampening and weight decay": (params) =>
    new optim.SGD(params, { lr: 0.1, momentum: 0.8, dampening: 0.3, weightDecay: 0.01 }),
  Adam: (params) => new optim.Adam(params, { lr: 0.01 }),
  "Adam, climbing": (params) => new optim.Adam(params, { lr: 0.01, maximize: true, weightDecay: 0.1 }),
  AdamW: (params) => new optim.AdamW(params, { lr: 0.01 }),
};

test.each(Object.entries(optimizers))("%s", (_, make) => {
  for (const [rows, columns] of sizes)
    for (const dtype of ["float32", "float64"] as const) {
      const start = randn([rows, columns], { dtype });
      const gradients = [1, 2, 3].map(() => randn([rows, columns], { dtype }));
      const contiguous = start.clone().requiresGrad_();
      const strided = noGrad(() => start.t().clone())
        .t()
        .requiresGrad_();
      expect(strided.isContiguous()).toBe(false);
      expect(train(contiguous, gradients, make)).toEqual(train(strided, gradients, make));
    }
});
