import { inspect } from "node:util";
import { expect, test } from "vitest";
import { nn, optim, tensor } from "../src/index.ts";

test("Node's console shows tensors, modules and optimizers as they print themselves, also inside objects", () => {
  const x = tensor([1, 2], { requiresGrad: true });
  const model = new nn.Sequential(new nn.Linear(2, 1), new nn.ReLU());
  const optimizer = new optim.Adam(model.parameters());
  expect(inspect({ x })).toBe("{ x: tensor([1., 2.], requiresGrad=true) }");
  for (const shown of [x, model, optimizer]) expect(inspect(shown)).toBe(String(shown));
});
