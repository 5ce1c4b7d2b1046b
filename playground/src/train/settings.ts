/** What one can choose. */

export const choices = {
  data: ["XOR", "circles", "spirals"],
  layers: [1, 2, 3],
  units: [2, 4, 8, 16, 32],
  activation: ["Tanh", "ReLU", "Sigmoid", "GELU"],
  optimizer: ["SGD", "Adam", "RMSprop"],
  lr: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
} as const;

type Choices = typeof choices;

/** A problem, a network and a way to train it. */
export type Settings = { readonly [Name in keyof Choices]: Choices[Name][number] } & {
  readonly seed: number;
};

/** What a visitor finds chosen. */
export const initial: Settings = {
  data: "XOR",
  layers: 1,
  units: 8,
  activation: "Tanh",
  optimizer: "Adam",
  lr: 0.03,
  seed: 1,
};
