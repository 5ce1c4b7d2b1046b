// The XOR script whose cold run is measured: two layers, 500 steps by autograd, every loss printed.

import { manualSeed, noGrad, randn, tensor } from "torchlet";

const float64 = /** @type {const} */ ({ dtype: "float64" });
const x = tensor([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], float64); // prettier-ignore
const y = tensor([[0], [1], [1], [0]], float64);

manualSeed(83832);
const w1 = randn([3, 2], { ...float64, requiresGrad: true });
const w2 = randn([2, 1], { ...float64, requiresGrad: true });

for (let step = 0; step < 500; step++) {
  const loss = x.mm(w1).clampMin(0).mm(w2).sub(y).square().sum();
  console.log(step, loss.item());
  loss.backward();
  noGrad(() => {
    for (const w of [w1, w2]) {
      if (w.grad) w.sub_(w.grad.mul(0.01));
      w.grad = null;
    }
  });
}
