/** Judges the blanks of the exercise one by one. */
import { Tensor } from "torchlet";
import { initialWeights, passes as rightPasses, tutorial, x, y } from "../xor/network.ts";

/** A blank that waits to be filled in. */
export const ___ = Symbol("blank");

export type BlankName = keyof typeof hints;

/** Takes what the learner wrote for a blank, and gives the value to go on with. */
export type Answer = (name: BlankName, compute: () => Tensor | typeof ___) => Tensor;

/** The exercise: one pass forward and back, and the update of `w1` and `w2` in place. */
export type Exercise = (x: Tensor, y: Tensor, w1: Tensor, w2: Tensor, answer: Answer) => void;

/** What a blank asks for. */
const hints = {
  h: "the hidden layer: every row of x [4, 3] times the weights w1 [3, 2]",
  yPred: "the prediction: the activated hidden layer hRelu [4, 2] times the weights w2 [2, 1]",
  gradW2:
    "w2 was multiplied by hRelu [4, 2], so its gradient is hRelu, turned on its side, times gradYPred [4, 1]",
  gradHRelu:
    "hRelu was multiplied by w2 [2, 1], so its gradient is gradYPred [4, 1] times w2, turned on its side",
  gradW1: "w1 was multiplied by x [4, 3], so its gradient is x, turned on its side, times gradH [4, 2]",
} as const;

export interface Verdict {
  readonly name: BlankName;
  /** What is still wrong, in the learner's words; null if nothing is. */
  readonly problem: string | null;
}

/** Runs the exercise once. After each blank it goes on with the right value, so a mistake is reported once, where it was made. */
export function check(exercise: Exercise): Verdict[] {
  const verdicts: Verdict[] = [];
  const weights = initialWeights(tutorial);
  const right = rightPasses(weights);
  exercise(x, y, weights.w1, weights.w2, (name, compute) => {
    verdicts.push({ name, problem: problemWith(name, compute, right[name]) });
    return right[name];
  });
  return verdicts;
}

function problemWith(name: BlankName, compute: () => unknown, right: Tensor): string | null {
  const hint = `Hint: ${hints[name]}.`;
  let value: unknown;
  try {
    value = compute();
  } catch (error) {
    return `could not be computed. ${hint}\n${error instanceof Error ? error.message : String(error)}`;
  }
  if (value === ___) return `is still blank. ${hint}`;
  if (!(value instanceof Tensor))
    return `is not a tensor yet, but ${value === null ? "null" : typeof value}. ${hint}`;
  const [shape, rightShape] = [value.shape, right.shape].map((s) => `[${s.join(", ")}]`);
  if (shape !== rightShape) return `has the shape ${shape}, and should have ${rightShape}. ${hint}`;
  if (isClose(value, right)) return null;
  return `has the right shape, but other values than it should. ${hint}\nyours:\n${String(value)}\nthe right ones:\n${String(right)}`;
}

function isClose(a: Tensor, b: Tensor): boolean {
  return a.sub(b).abs().max().item() < 1e-9;
}
