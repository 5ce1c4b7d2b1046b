/** Two ways to train the same layers. */
import { LogNetwork, Network } from "./network.ts";

export interface Recipe {
  readonly network: typeof Network;
  readonly lr: number;
  readonly momentum: number;
  /** Whether the learning rate falls to 0 step by step until the end. */
  readonly decay: boolean;
  /** What is worth knowing before it runs. */
  readonly note: string | null;
}

export const recipes = {
  right: { network: LogNetwork, lr: 0.05, momentum: 0.9, decay: true, note: null },
  text: {
    network: Network,
    lr: 0.003,
    momentum: 0,
    decay: false,
    note:
      "The text's own recipe: softmax, NLLLoss, SGD with a learning rate of 0.003. It learns slowly, for two reasons.\n" +
      "NLLLoss expects logarithms of probabilities. Of a probability p for the right digit it makes the loss -p instead of\n" +
      "-log p, so the gradient for that digit's score is p (p - 1) instead of p - 1: it fades just where the network is most\n" +
      "wrong, p near 0. And the learning rate is small, without momentum. The loss starts near -0.1 and can only reach -1.",
  },
} as const satisfies Record<string, Recipe>;
