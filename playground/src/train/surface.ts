/** The decision surface and the points. */
import { pen } from "../dom.ts";
import { channels, color } from "../theme.ts";
import type { Problem } from "./data.ts";
import { GRID } from "./messages.ts";

/** Half the size of a point, in pixels of the canvas: of one among many, and of one among few. */
const [SMALL, LARGE] = [9, 16];

/** Draws what a network says between the points. */
export class SurfaceView {
  readonly #canvas: HTMLCanvasElement;
  readonly #small: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#small = document.createElement("canvas");
    this.#small.width = this.#small.height = GRID;
  }

  draw(surface: Float32Array, problem: Problem): void {
    const small = pen(this.#small);
    small.putImageData(ground(small, surface), 0, 0);
    const context = pen(this.#canvas);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.#small, 0, 0, this.#canvas.width, this.#canvas.height);
    this.#drawPoints(context, problem);
  }

  #drawPoints(context: CanvasRenderingContext2D, { points, kinds, range: [low, high] }: Problem): void {
    const { width, height } = this.#canvas;
    const [coordinates, kind] = [points.data, kinds.data];
    const size = kind.length > 20 ? SMALL : LARGE;
    context.lineWidth = 3;
    context.strokeStyle = color("paper");
    for (let i = 0; i < kind.length; i++) {
      const x = ((coordinates[2 * i]! - low) / (high - low)) * width;
      const y = height - ((coordinates[2 * i + 1]! - low) / (high - low)) * height;
      context.fillStyle = color(kind[i] === 0 ? "blue" : "orange");
      context.beginPath();
      if (kind[i] === 0) context.arc(x, y, size, 0, 2 * Math.PI);
      else context.rect(x - size, y - size, 2 * size, 2 * size);
      context.fill();
      context.stroke();
    }
  }
}

/** Blue where the probability is 0, paper at one half, orange at 1; the lowest row of the surface is the last of the image. */
function ground(context: CanvasRenderingContext2D, surface: Float32Array): ImageData {
  const image = context.createImageData(GRID, GRID);
  const [blue, paper, orange] = [channels("blue"), channels("paper"), channels("orange")];
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const p = surface[row * GRID + column]!;
      const target = p < 0.5 ? blue : orange;
      const strength = 0.75 * Math.abs(2 * p - 1);
      const at = 4 * ((GRID - 1 - row) * GRID + column);
      for (const c of [0, 1, 2] as const) image.data[at + c] = paper[c] + strength * (target[c] - paper[c]);
      image.data[at + 3] = 255;
    }
  }
  return image;
}
