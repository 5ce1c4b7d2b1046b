/**
 * Initial values for parameters: each function overwrites its tensor, unrecorded, and returns it.
 *
 * PyTorch: [`torch.nn.init`](https://pytorch.org/docs/stable/nn.init.html).
 */
export * from "./distributions.ts";
export type { InitOptions } from "./options.ts";
export * from "./sparse.ts";
export * from "./values.ts";
export * from "./variance-scaling.ts";
