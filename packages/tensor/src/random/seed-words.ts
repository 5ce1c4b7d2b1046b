// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- for every program that compiles this file, whatever it includes
/// <reference path="./seedrandom-file.d.ts" />
import seedrandom from "seedrandom/seedrandom.js";

/** 32-bit integers that follow from `seed` by seedrandom; without one, integers that nobody can guess. */
export function seedWords(seed?: string): () => number {
  const random = seedrandom(seed);
  return () => random.int32();
}
