/**
 * Drawings as the images of MNIST: the digit fits a box of 20 by 20 pixels, and its centre of mass stands in the middle of 28 by 28.
 *
 * Source: http://yann.lecun.com/exdb/mnist/, whose pixels are gray because the scaling was antialiased.
 */
import { segments, type Point, type Stroke } from "./strokes.ts";

/** Pixels in a row and in a column. */
export const SIDE = 28;
const BOX = 20;

/** Half the width of a line in pixels, whatever the size of the drawing: the digits of MNIST have as much ink. */
const PEN = 1.2;

/** A short stroke stays short: no more pixels than this to the side of the pad. */
const LARGEST_SCALE = 3 * SIDE;

/** Where the centre of mass of MNIST's digits is: in the middle of the pixel after the exact middle. */
const MIDDLE = SIDE / 2 + 0.5;

/** The ink of each pixel, 0 to 1, row after row. */
export function imageOf(strokes: readonly Stroke[]): Float32Array {
  if (strokes.length === 0) return new Float32Array(SIDE * SIDE);
  const fitted = fitBox(strokes);
  const center = centerOfMass(paint(fitted));
  return paint(move(fitted, 1, { x: MIDDLE - center.x, y: MIDDLE - center.y }));
}

/** Scales the drawing to the box, and puts the box into the middle. */
function fitBox(strokes: readonly Stroke[]): Stroke[] {
  const xs = strokes.flatMap((stroke) => stroke.map(({ x }) => x));
  const ys = strokes.flatMap((stroke) => stroke.map(({ y }) => y));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((BOX - 2 * PEN) / Math.max(right - left, bottom - top), LARGEST_SCALE);
  return move(strokes, scale, {
    x: SIDE / 2 - (scale * (left + right)) / 2,
    y: SIDE / 2 - (scale * (top + bottom)) / 2,
  });
}

function move(strokes: readonly Stroke[], scale: number, by: Point): Stroke[] {
  return strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x * scale + by.x, y: y * scale + by.y })));
}

/** Each pixel by its distance from the nearest line; the edges are a pixel wide. */
function paint(strokes: readonly Stroke[]): Float32Array {
  const image = new Float32Array(SIDE * SIDE);
  const reach = PEN + 1;
  for (const [a, b] of strokes.flatMap(segments)) {
    for (let row = first(Math.min(a.y, b.y) - reach); row <= last(Math.max(a.y, b.y) + reach); row++) {
      for (
        let column = first(Math.min(a.x, b.x) - reach);
        column <= last(Math.max(a.x, b.x) + reach);
        column++
      ) {
        const ink = PEN + 0.5 - distance({ x: column + 0.5, y: row + 0.5 }, a, b);
        const at = row * SIDE + column;
        image[at] = Math.max(image[at]!, Math.min(1, ink));
      }
    }
  }
  return image;
}

function first(position: number): number {
  return Math.max(0, Math.floor(position));
}

function last(position: number): number {
  return Math.min(SIDE - 1, Math.floor(position));
}

/** How far a point is from the line between two others. */
function distance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / length;
  const t = Math.max(0, Math.min(1, along));
  return Math.sqrt((p.x - a.x - t * dx) ** 2 + (p.y - a.y - t * dy) ** 2);
}

function centerOfMass(image: Float32Array): Point {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((ink, at) => {
    mass += ink;
    x += ink * ((at % SIDE) + 0.5);
    y += ink * (Math.floor(at / SIDE) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}
