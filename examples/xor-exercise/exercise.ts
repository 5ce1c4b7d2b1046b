/**
 * Fill in the five blanks: replace each `___` by an expression. Then run `pnpm example xor-exercise`, as often as you like:
 * it says which blank is still wrong, each judged on its own.
 */
/* eslint-disable @typescript-eslint/no-unused-vars -- the blanks are going to use them */
import { ___, type Answer } from "./check.ts";
import type { Tensor } from "torchlet";

export function passes(x: Tensor, y: Tensor, w1: Tensor, w2: Tensor, answer: Answer): void {
  // Forward pass: the hidden layer, its ReLU, the prediction.
  const h = answer("h", () => ___);
  const hRelu = h.clampMin(0);
  const yPred = answer("yPred", () => ___);

  // Backward pass: the gradient of the loss, the sum of (yPred - y)², by everything that led to it.
  const gradYPred = yPred.sub(y).mul(2);
  const gradW2 = answer("gradW2", () => ___);
  const gradHRelu = answer("gradHRelu", () => ___);
  const gradH = gradHRelu.maskedFill(h.lt(0), 0);
  const gradW1 = answer("gradW1", () => ___);

  // Update: a small step against the gradient.
  w1.sub_(gradW1.mul(0.01));
  w2.sub_(gradW2.mul(0.01));
}
