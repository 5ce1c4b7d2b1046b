import type { Generator } from "@torchlet/tensor";

/** Options of everything that draws random numbers. */
export interface InitOptions {
  /** Where the numbers come from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/** The generator in the form that in-place random functions take. */
export function from({ generator }: InitOptions): { generator?: Generator } {
  return generator ? { generator } : {};
}
