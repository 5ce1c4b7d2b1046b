import * as nnPackage from "@torchlet/nn";
import * as tensorPackage from "@torchlet/tensor";
import { expect, test } from "vitest";
import * as torchlet from "../src/index.ts";
import {
  DataLoader,
  F,
  init,
  manualSeed,
  nn,
  optim,
  tensor,
  TensorDataset,
  type Tensor,
} from "../src/index.ts";

test("everything of @torchlet/tensor stands at the top level", () => {
  for (const [name, value] of Object.entries(tensorPackage)) expect(torchlet).toHaveProperty(name, value);
});

test("everything of @torchlet/nn is in nn; its functions, initialisation and optimizers also have names of their own", () => {
  expect(nn).toBe(nnPackage);
  expect([F, init, optim]).toEqual([nn.functional, nn.init, nn.optim]);
  expect(nn.F).toBe(nn.functional);
});

test("everything at the top level comes from one of the two packages, and nothing is named twice", () => {
  const own = Object.keys(torchlet).filter((name) => name !== "nn");
  for (const name of own) expect(name in tensorPackage !== name in nnPackage, name).toBe(true);
});

test("modules, losses and containers are no names at the top level, and tools for data are", () => {
  const classes = Object.entries(nnPackage).filter(([, value]) => typeof value === "function");
  const isModule = (value: unknown): boolean =>
    typeof value === "function" && value.prototype instanceof nn.Module;
  const top = new Set(Object.keys(torchlet));
  const data = classes.filter(([name, value]) => !isModule(value) && !["Module", "Parameter"].includes(name));
  expect(data.map(([name]) => name).filter((name) => !top.has(name))).toEqual([]);
  expect(classes.filter(([name, value]) => isModule(value) && top.has(name))).toEqual([]);
});

test("a program that imports only torchlet learns the XOR function", () => {
  class Network extends nn.Module {
    hidden = new nn.Linear(2, 8);
    output = new nn.Linear(8, 1);
    override forward(x: Tensor): Tensor {
      return F.sigmoid(this.output.forward(F.tanh(this.hidden.forward(x))));
    }
  }
  manualSeed(4);
  const data = new TensorDataset(tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), tensor([[0], [1], [1], [0]])); // prettier-ignore
  const model = new Network();
  const criterion = new nn.BCELoss();
  const optimizer = new optim.Adam(model.parameters(), { lr: 0.1 });
  let loss = tensor(Infinity);
  for (let epoch = 0; epoch < 200; epoch++) {
    for (const [x, y] of new DataLoader(data, { batchSize: 4 })) {
      loss = criterion.forward(model.forward(x), y);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
    }
  }
  expect(loss.item()).toBeLessThan(0.02);
});
