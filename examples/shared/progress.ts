/** How far a long task is: a bar in a terminal, a line now and then elsewhere. */
import { Presets, SingleBar } from "cli-progress";

/** The progress of one task. */
export interface Progress {
  /** So much is done; `figures` is shown with it. */
  update(done: number, figures: string): void;
  /** Takes the bar away. */
  end(): void;
}

/** The columns that a line needs besides its bar. */
const FIGURES = 70;
/** Seconds between two lines where there is no terminal. */
const PAUSE = 10;

/** Shows progress on stderr, so that stdout stays free for results. */
export function showProgress(title: string, total: number): Progress {
  return process.stderr.isTTY && process.env.CI === undefined ? bar(title, total) : lines(title, total);
}

/** Shows nothing. */
export const noProgress: Progress = { update: () => undefined, end: () => undefined };

function bar(title: string, total: number): Progress {
  const options = {
    format: `${title} {bar} {percentage} % | {figures}`,
    barsize: Math.max(0, Math.min(20, process.stderr.columns - FIGURES)),
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false, // Ctrl-C belongs to the program
  };
  const single = new SingleBar(options, Presets.shades_classic);
  single.start(total, 0, { figures: "" });
  return {
    update: (done, figures) => {
      single.update(done, { figures });
    },
    end: () => {
      single.stop();
    },
  };
}

function lines(title: string, total: number): Progress {
  let last = performance.now();
  return {
    update: (done, figures) => {
      if (performance.now() - last < PAUSE * 1000) return;
      last = performance.now();
      console.error(`${title}, ${Math.floor((100 * done) / total)} % | ${figures}`);
    },
    end: () => undefined,
  };
}
