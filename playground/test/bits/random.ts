/** The streams of every engine. */
import { Generator, type EngineName } from "torchlet";
import type { Programs } from "./programs.ts";

const draws: Readonly<Record<string, (g: Generator) => ArrayLike<number>>> = {
  "uniform float32": (g) => filled(new Float32Array(1000), (out) => g.uniform(out, -2, 3)),
  "uniform float64": (g) => filled(new Float64Array(1000), (out) => g.uniform(out, -2, 3)),
  "normal float32": (g) => filled(new Float32Array(1000), (out) => g.normal(out, 1, 2)),
  "normal float64": (g) => filled(new Float64Array(1000), (out) => g.normal(out, 1, 2)),
  integers: (g) => filled(new Int32Array(1000), (out) => g.integers(out, -5, 1000)),
  bernoulli: (g) => filled(new Uint8Array(1000), (out) => g.bernoulli(out, 0.3)),
  permutation: (g) => g.permutation(500),
};

function filled<A>(out: A, fill: (out: A) => void): A {
  fill(out);
  return out;
}

export const randomPrograms: Programs = function* () {
  for (const engine of ["seedrandom", "torch", "numpy"] satisfies EngineName[])
    for (const seed of [0, 1, 83832])
      for (const [name, draw] of Object.entries(draws))
        yield [`${engine} ${seed} ${name}`, () => draw(new Generator(seed, { engine }))];
};
