import { tensor, type DType, type Tensor } from "@torchlet/tensor";
import { expect, test } from "vitest";
import { Adam, SGD } from "../../src/optim/index.ts";
import { expectNear, golden } from "./problem.ts";

interface Flat {
  readonly s: number[];
  readonly d: number[];
}

interface Run {
  readonly name: "sgd_lr2_momentum09" | "sgd_lr05" | "adam_lr005";
  readonly dtype: "float32" | "float64";
  readonly steps: number;
  readonly losses_first30: number[];
  readonly losses_every10: number[];
}

const names = ["0.weight", "0.bias", "2.weight", "2.bias"] as const;
const xor = golden("xor.json") as {
  readonly init: Record<(typeof names)[number], Flat>;
  readonly x: number[][];
  readonly y: number[][];
  readonly runs: Run[];
};

const optimizers = {
  sgd_lr2_momentum09: (params: Tensor[]) => new SGD(params, { lr: 2, momentum: 0.9 }),
  sgd_lr05: (params: Tensor[]) => new SGD(params, { lr: 0.5 }),
  adam_lr005: (params: Tensor[]) => new Adam(params, { lr: 0.05 }),
};

function initial(name: (typeof names)[number], dtype: DType): Tensor {
  const { s, d } = xor.init[name];
  return tensor(d, { dtype })
    .view(...s)
    .requiresGrad_();
}

test.each(xor.runs.map((run) => [`${run.name} in ${run.dtype}`, run] as const))(
  "a network learns XOR by PyTorch's losses: %s",
  (_, run) => {
    const [w1, b1, w2, b2] = names.map((name) => initial(name, run.dtype)) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const x = tensor(xor.x, { dtype: run.dtype });
    const y = tensor(xor.y, { dtype: run.dtype });
    const optimizer = optimizers[run.name]([w1, b1, w2, b2]);
    const losses = Array.from({ length: run.steps }, () => {
      const hidden = x.matmul(w1.T).add(b1).sigmoid();
      const loss = hidden.matmul(w2.T).add(b2).sigmoid().sub(y).square().mean();
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      return loss.item();
    });
    const tolerance = run.dtype === "float64" ? 1e-10 : 1e-4;
    expectNear(losses.slice(0, 30), run.losses_first30, tolerance);
    expectNear(
      losses.filter((_, i) => i % 10 === 0),
      run.losses_every10,
      tolerance,
    );
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  },
);
