/** Points of two kinds in the plane. */
import { fromTypedArray, Generator, type Tensor } from "torchlet";
import type { Settings } from "./settings.ts";

/** What a network learns from, and the square around it: the coordinates of both axes begin and end there. */
export interface Problem {
  /** [n, 2] */
  readonly points: Tensor;
  /** [n, 1]: 0 or 1 */
  readonly kinds: Tensor;
  readonly range: readonly [low: number, high: number];
}

type Sample = readonly [x: number, y: number, kind: 0 | 1];

const PER_KIND = 80;

const problems: Readonly<
  Record<Settings["data"], (noise: () => number) => { samples: Sample[]; range: Problem["range"] }>
> = {
  XOR: () => ({
    samples: [
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ],
    range: [-0.5, 1.5],
  }),
  circles: (noise) => ({
    samples: bothKinds((kind, t) =>
      polar(kind === 0 ? 0.35 + 0.15 * noise() : 0.85 + 0.1 * noise(), 2 * Math.PI * t),
    ),
    range: [-1.2, 1.2],
  }),
  spirals: (noise) => ({
    samples: bothKinds((kind, t) => polar(0.1 + 0.9 * t + 0.02 * noise(), 3 * Math.PI * t + kind * Math.PI)),
    range: [-1.2, 1.2],
  }),
};

/** The points of a problem, always the same. */
export function makeProblem(data: Settings["data"]): Problem {
  const generator = new Generator(0);
  const { samples, range } = problems[data](() => 2 * generator.random() - 1);
  const coordinates = Float32Array.from(samples.flatMap(([x, y]) => [x, y]));
  const kinds = Float32Array.from(samples, ([, , kind]) => kind);
  return {
    points: fromTypedArray(coordinates, [samples.length, 2]),
    kinds: fromTypedArray(kinds, [samples.length, 1]),
    range,
  };
}

/** Points of both kinds, each for some `t` from 0 to 1. */
function bothKinds(place: (kind: 0 | 1, t: number) => [x: number, y: number]): Sample[] {
  return ([0, 1] as const).flatMap((kind) =>
    Array.from({ length: PER_KIND }, (_, i): Sample => [...place(kind, i / (PER_KIND - 1)), kind]),
  );
}

function polar(radius: number, angle: number): [x: number, y: number] {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
