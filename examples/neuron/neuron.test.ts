import { expect, test } from "vitest";
import { runExample } from "../shared/run.ts";
import { neuron } from "./neuron.ts";

// torch.manual_seed(SEED); randn((1, 5)), randn_like, randn((1, 1)), then the sigmoid written with exp.
const golden = [
  {
    seed: 7,
    features: [
      -0.1467950940132141, 0.7861412763595581, 0.9468216300010681, -1.1143440008163452, 1.6907901763916016,
    ],
    y: 0.15950657427310944,
  },
  {
    seed: 1,
    features: [
      0.6613521575927734, 0.266924113035202, 0.06167725846171379, 0.6213173270225525, -0.4519059658050537,
    ],
    y: 0.14565333724021912,
  },
];

test.each(golden)("the neuron of seed $seed has PyTorch's features, and its y", ({ seed, features, y }) => {
  const result = neuron(seed);
  expect(result.features.toArray()).toEqual([features]);
  expect(result.y.item()).toBeCloseTo(y, 7);
});

test("pnpm example neuron prints features, weights, bias, h and y as PyTorch does", () => {
  const { lines, status } = runExample("neuron");
  expect(status).toBe(0);
  expect(lines).toEqual([
    "features = tensor([[-0.1468,  0.7861,  0.9468, -1.1143,  1.6908]])",
    "weights  = tensor([[-0.8948, -0.3556,  1.2324,  0.1382, -1.6822]])",
    "bias     = tensor([[0.3177]])",
    "h        = tensor([[-1.6619]])",
    "y        = tensor([[0.1595]])",
  ]);
});
