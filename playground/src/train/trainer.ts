/** The page's side of the worker: one request at a time, and while it runs one for each frame. */
import type { Report, Request } from "./messages.ts";
import type { Settings } from "./settings.ts";

/** What happens in the page when the worker has something to tell. */
export interface Listener {
  /** `fresh`: it is the first report with these settings. */
  report(report: Report, fresh: boolean): void;
  problem(message: string): void;
}

export class Trainer {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  readonly #listener: Listener;
  /** Settings that the worker does not have yet. */
  #settings: Settings | null = null;
  #asked: Request | null = null;
  #running = false;
  #extraSteps = 0;
  /** Steps for each frame; the worker does fewer if they take too long. */
  pace = 5;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Report>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => {
      this.#running = false;
      listener.problem(event.message);
    });
  }

  get running(): boolean {
    return this.#running;
  }

  /** Begins anew; whether it runs stays as it is. */
  reset(settings: Settings): void {
    this.#settings = settings;
    this.#extraSteps = 0;
    this.#ask();
  }

  start(): void {
    this.#running = true;
    this.#ask();
  }

  pause(): void {
    this.#running = false;
  }

  /** A single step, also while it is paused. */
  step(): void {
    this.#extraSteps++;
    this.#ask();
  }

  #ask(): void {
    if (this.#asked !== null) return;
    const steps = this.#settings ? 0 : this.#extraSteps + (this.#running ? this.pace : 0);
    if (this.#settings === null && steps === 0) return;
    this.#asked = { settings: this.#settings, steps };
    this.#settings = null;
    if (steps > 0) this.#extraSteps = 0;
    this.#worker.postMessage(this.#asked);
  }

  #receive(report: Report): void {
    const fresh = this.#asked?.settings !== null;
    this.#asked = null;
    // What is about to be replaced is not shown.
    if (this.#settings === null) this.#listener.report(report, fresh);
    if (this.#settings !== null || this.#extraSteps > 0) this.#ask();
    else requestAnimationFrame(() => this.#ask());
  }
}
