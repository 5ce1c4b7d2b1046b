/** Gradient descent on (x - 4)², the example of the guide "Autograd". */
import { noGrad, tensor } from "torchlet";

export const target = 4;

export interface Place {
  readonly step: number;
  readonly x: number;
  readonly loss: number;
  /** The slope there, by `backward`. */
  readonly slope: number;
}

/** Where the guess stands before each step, and after the last. */
export function* descend(start: number, lr: number, steps: number): Generator<Place> {
  const x = tensor(start, { dtype: "float64", requiresGrad: true });
  for (let step = 0; step <= steps; step++) {
    const loss = x.sub(target).square();
    x.grad = null;
    loss.backward();
    yield { step, x: x.item(), loss: loss.item(), slope: x.grad!.item() };
    noGrad(() => x.sub_(x.grad!.mul(lr)));
  }
}
