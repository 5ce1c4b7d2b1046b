/** What `@torchlet/nn` is made of, in fewer passes and with fewer nodes than of several ops: an entry for it, not for programs. */
export * from "./activations.ts";
export * from "./losses.ts";
export { hidden } from "../op.ts";
