import { join } from "node:path";
import { expect, test } from "vitest";
import { readPicture, runInFolder } from "../shared/run.ts";
import { neuron, teach } from "./neuron.ts";

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

test("the neuron of seed 7 learns to say 1 with PyTorch's errors", () => {
  const errors = Array.from(teach(neuron(7), 100), ({ loss }) => loss);
  expect(errors).toHaveLength(101);
  // The same loop in PyTorch.
  const golden = [
    [0, 0.7064292430877686],
    [1, 0.2931958734989166],
    [5, 0.009115012362599373],
    [9, 0.0048400601372122765],
    [30, 0.0013768270146101713],
    [99, 0.000403391954023391],
  ] as const;
  for (const [step, error] of golden) expect(errors[step]! / error).toBeCloseTo(1, 4);
});

test("pnpm example neuron prints features, weights, bias, h and y as PyTorch does, and draws a picture", () => {
  runInFolder("neuron", [], ({ lines, status, folder }) => {
    expect(status).toBe(0);
    expect(lines).toEqual([
      "features = tensor([[-0.1468,  0.7861,  0.9468, -1.1143,  1.6908]])",
      "weights  = tensor([[-0.8948, -0.3556,  1.2324,  0.1382, -1.6822]])",
      "bias     = tensor([[0.3177]])",
      "h        = tensor([[-1.6619]])",
      "y        = tensor([[0.1595]])",
      "",
      `picture: ${join(folder, "learning.svg")}`,
    ]);
    readPicture(folder, "learning.svg");
  });
});
