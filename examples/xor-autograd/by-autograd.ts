/** The tutorial's run once more: `backward` finds the gradients that were written out by hand. */
import { noGrad } from "torchlet";
import { predict, x, y, type Settings, type Weights } from "../xor/network.ts";

/** Gradient descent from these weights, which change in place. Yields each step's loss. */
export function* trainByAutograd({ w1, w2 }: Weights, { lr, steps }: Settings) {
  w1.requiresGrad_();
  w2.requiresGrad_();
  for (let step = 0; step < steps; step++) {
    const loss = predict(x, { w1, w2 }).sub(y).square().sum();
    yield { step, loss: loss.item() };

    loss.backward();
    noGrad(() => {
      for (const w of [w1, w2]) {
        if (w.grad) w.sub_(w.grad.mul(lr));
        w.grad = null;
      }
    });
  }
}
