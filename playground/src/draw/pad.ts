/** The pad: strokes of mouse, finger, pen or keyboard. */
import { pen } from "../dom.ts";
import { color, onThemeChange } from "../theme.ts";
import type { Point, Stroke } from "./strokes.ts";

/** The pen's width and the keyboard's step, in units of the pad's side. */
const WIDTH = 0.06;
const STEP = 0.03;

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** A canvas to draw on. `changed` is called with all strokes after every change. */
export class Pad {
  readonly #canvas: HTMLCanvasElement;
  readonly #changed: (strokes: readonly Stroke[]) => void;
  #strokes: Point[][] = [];
  /** The one that is being drawn. */
  #stroke: Point[] = [];
  /** The pointer that draws now; others, such as a second finger, are ignored. */
  #pointer: number | null = null;
  /** Where the keyboard's pen is; null while nobody draws with the keyboard. */
  #cursor: Point | null = null;
  #cursorDown = false;

  constructor(canvas: HTMLCanvasElement, changed: (strokes: readonly Stroke[]) => void) {
    this.#canvas = canvas;
    this.#changed = changed;
    canvas.addEventListener("pointerdown", (event) => this.#press(event));
    canvas.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"] as const)
      canvas.addEventListener(end, (event) => this.#release(event));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("blur", () => this.#leave());
    onThemeChange(() => this.#draw());
    this.#draw();
  }

  /** An empty pad again. */
  clear(): void {
    this.#strokes = [];
    this.#cursorDown = false;
    this.#update();
  }

  #press(event: PointerEvent): void {
    if (this.#pointer !== null || event.button !== 0) return;
    this.#pointer = event.pointerId;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#leave();
    this.#begin(this.#place(event));
  }

  #begin(place: Point): void {
    this.#stroke = [place];
    this.#strokes.push(this.#stroke);
    this.#update();
  }

  #drag(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    // Between two frames a pointer reports several places, of which the event itself is the last.
    const passed = event.getCoalescedEvents();
    this.#stroke.push(...(passed.length > 0 ? passed : [event]).map((e) => this.#place(e)));
    this.#update();
  }

  #release(event: PointerEvent): void {
    if (event.pointerId === this.#pointer) this.#pointer = null;
  }

  #place(event: PointerEvent): Point {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  }

  #key(event: KeyboardEvent): void {
    const by = arrows[event.key];
    if (by) this.#moveCursor(by);
    else if (event.key === " ") this.#togglePen();
    else if (event.key === "Delete" || event.key === "Backspace") this.clear();
    else return;
    event.preventDefault();
  }

  #moveCursor(by: Point): void {
    const { x, y } = this.#cursor ?? { x: 0.5, y: 0.5 };
    const inside = (place: number): number => Math.max(0, Math.min(1, place));
    this.#cursor = { x: inside(x + by.x), y: inside(y + by.y) };
    if (this.#cursorDown) this.#stroke.push(this.#cursor);
    this.#update();
  }

  #togglePen(): void {
    this.#cursor ??= { x: 0.5, y: 0.5 };
    this.#cursorDown = !this.#cursorDown;
    if (this.#cursorDown) this.#begin(this.#cursor);
    else this.#update();
  }

  /** Ends drawing with the keyboard. */
  #leave(): void {
    this.#cursor = null;
    this.#cursorDown = false;
    this.#draw();
  }

  #update(): void {
    this.#draw();
    this.#changed(this.#strokes);
  }

  #draw(): void {
    const context = pen(this.#canvas);
    const { width, height } = this.#canvas;
    context.clearRect(0, 0, width, height);
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = WIDTH * width;
    context.strokeStyle = color("text");
    for (const stroke of this.#strokes) {
      context.beginPath();
      context.moveTo(stroke[0]!.x * width, stroke[0]!.y * height);
      for (const { x, y } of stroke) context.lineTo(x * width, y * height);
      context.stroke();
    }
    if (this.#cursor) this.#drawCursor(context, this.#cursor);
  }

  #drawCursor(context: CanvasRenderingContext2D, { x, y }: Point): void {
    const { width, height } = this.#canvas;
    context.beginPath();
    context.arc(x * width, y * height, WIDTH * width, 0, 2 * Math.PI);
    context.lineWidth = 4;
    context.strokeStyle = color(this.#cursorDown ? "orange" : "blue");
    context.stroke();
  }
}
