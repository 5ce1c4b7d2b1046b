/** "Draw a digit": pad, verdict, and the image that the network sees. */
import { byId, pen } from "../dom.ts";
import { channels, onThemeChange } from "../theme.ts";
import { bestOf, makeBars } from "./bars.ts";
import { loadClassifier, type Classifier } from "./classifier.ts";
import { imageOf, SIDE } from "./image.ts";
import { Pad } from "./pad.ts";
import type { Stroke } from "./strokes.ts";

const INVITATION = "Draw a digit, 0 to 9";

/** Brings the section to life; one can draw at once, and is answered when the weights are there. */
export async function openDrawing(): Promise<void> {
  const guess = byId("guess", HTMLOutputElement);
  const setBars = makeBars(byId("bars", HTMLOListElement));
  let classify: Classifier | null = null;
  let drawing: readonly Stroke[] = [];

  const show = (): void => {
    const image = imageOf(drawing);
    showImage(image);
    if (classify === null) return;
    const probabilities = drawing.length > 0 ? classify(image) : null;
    setBars(probabilities);
    guess.textContent = probabilities ? `I see a ${bestOf(probabilities)}` : INVITATION;
  };
  const pad = new Pad(byId("pad", HTMLCanvasElement), (strokes) => {
    drawing = strokes;
    show();
  });
  byId("clear", HTMLButtonElement).addEventListener("click", () => pad.clear());
  onThemeChange(show);
  show();

  try {
    classify = await loadClassifier();
    show();
  } catch (error) {
    guess.textContent = error instanceof Error ? error.message : String(error);
  }
}

/** Draws ink as text on paper. */
function showImage(image: Float32Array): void {
  const context = pen(byId("seen", HTMLCanvasElement));
  const [paper, ink] = [channels("paper"), channels("text")];
  const pixels = context.createImageData(SIDE, SIDE);
  image.forEach((t, at) => {
    for (const c of [0, 1, 2] as const) pixels.data[4 * at + c] = paper[c] + t * (ink[c] - paper[c]);
    pixels.data[4 * at + 3] = 255;
  });
  context.putImageData(pixels, 0, 0);
}
