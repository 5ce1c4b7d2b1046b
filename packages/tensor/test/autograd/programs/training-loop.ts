/** Trains synchronously, and prints the bytes in use after one and after three thirds of the steps, as JSON. */
import { grad, noGrad, ones, randn, type Tensor } from "@torchlet/tensor";

const steps = 600;
const w = randn([64, 64], { requiresGrad: true });
const x = ones(32, 64);
let penalty = 0;

function step(i: number): Tensor {
  const loss = x.matmul(w).tanh().square().mean();
  loss.backward();
  noGrad(() => w.sub_(w.grad!.mul(0.01)));
  w.grad = null;
  if (i % 10 === 0) {
    const [g] = grad(x.matmul(w).square().mean(), [w], { createGraph: true });
    penalty += grad(g.square().sum(), [w])[0].sum().item();
  }
  return loss;
}

function bytes(): number {
  for (let i = 0; i < 3; i++) globalThis.gc!(); // the bytes of arrays are given back one collection later
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const used: number[] = [];
for (let third = 0; third < 3; third++) {
  for (let i = 0; i < steps / 3; i++) step(i);
  used.push(bytes());
}
console.log(
  JSON.stringify({ used, peak: process.resourceUsage().maxRSS, penalty: Number.isFinite(penalty) }),
);
