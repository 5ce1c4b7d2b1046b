import { describe, expect, test } from "vitest";
import { imageOf, SIDE } from "../src/draw/image.ts";
import type { Stroke } from "../src/draw/strokes.ts";

const seven: Stroke[] = [
  [
    { x: 0.25, y: 0.2 },
    { x: 0.75, y: 0.2 },
    { x: 0.4, y: 0.85 },
  ],
];

function moved(strokes: readonly Stroke[], scale: number, dx: number, dy: number): Stroke[] {
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: scale * x + dx, y: scale * y + dy })));
}

/** The pixels with ink: the first and last row and column. */
function box(image: Float32Array): { rows: [number, number]; columns: [number, number] } {
  const inked = [...image.keys()].filter((at) => image[at]! > 0);
  const rows = inked.map((at) => Math.floor(at / SIDE));
  const columns = inked.map((at) => at % SIDE);
  return {
    rows: [Math.min(...rows), Math.max(...rows)],
    columns: [Math.min(...columns), Math.max(...columns)],
  };
}

function centerOfMass(image: Float32Array): [x: number, y: number] {
  const mass = image.reduce((sum, ink) => sum + ink, 0);
  const mean = (place: (at: number) => number): number =>
    image.reduce((sum, ink, at) => sum + ink * place(at), 0) / mass;
  return [mean((at) => at % SIDE), mean((at) => Math.floor(at / SIDE))];
}

describe("a drawing becomes an image as those of MNIST", () => {
  test("with ink between 0 and 1, gray at the edges of the lines", () => {
    const image = imageOf(seven);
    expect(image).toHaveLength(28 * 28);
    expect(Math.min(...image)).toBe(0);
    expect(Math.max(...image)).toBe(1);
    expect(image.some((ink) => ink > 0.2 && ink < 0.8)).toBe(true);
  });

  test("whose longer side takes 20 pixels, and a gray one at each end", () => {
    const tall: Stroke[] = [
      [
        { x: 0.4, y: 0.1 },
        { x: 0.6, y: 0.9 },
      ],
    ];
    const { rows } = box(imageOf(tall));
    expect(rows[1] - rows[0] + 1).toBeGreaterThanOrEqual(20);
    expect(rows[1] - rows[0] + 1).toBeLessThanOrEqual(22);
  });

  test("whose centre of mass is pixel (14, 14)", () => {
    const ring: Stroke = Array.from({ length: 40 }, (_, i) => ({
      x: 0.5 + 0.2 * Math.cos(i / 6),
      y: 0.3 + 0.2 * Math.sin(i / 6),
    }));
    const tail: Stroke = [
      { x: 0.5, y: 0.5 },
      { x: 0.45, y: 0.7 },
    ];
    const [x, y] = centerOfMass(imageOf([ring, tail]));
    expect(x).toBeCloseTo(14, 0);
    expect(y).toBeCloseTo(14, 0);
  });

  test("whatever the place and the size of the drawing", () => {
    const image = imageOf(seven);
    for (const other of [moved(seven, 1, 0.1, -0.1), moved(seven, 0.5, 0.4, 0.3)])
      imageOf(other).forEach((ink, at) => {
        expect(ink).toBeCloseTo(image[at]!, 5);
      });
  });

  test("but a dot stays a dot", () => {
    const { rows, columns } = box(imageOf([[{ x: 0.1, y: 0.9 }]]));
    expect(rows[1] - rows[0]).toBeLessThanOrEqual(3);
    expect(columns[1] - columns[0]).toBeLessThanOrEqual(3);
  });

  test("and nothing is an empty image", () => {
    expect(imageOf([]).every((ink) => ink === 0)).toBe(true);
  });
});
