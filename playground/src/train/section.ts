/** "Train a network": settings, buttons, figures and pictures. */
import { byId } from "../dom.ts";
import { onThemeChange } from "../theme.ts";
import { Controls } from "./controls.ts";
import { LossCurve } from "./curve.ts";
import { makeProblem } from "./data.ts";
import type { Report } from "./messages.ts";
import code from "./program.ts?raw";
import { initial, type Settings } from "./settings.ts";
import { SurfaceView } from "./surface.ts";
import { Trainer } from "./trainer.ts";

/** Brings the section to life, with a network that has not learned anything yet. */
export function openTraining(): void {
  const surface = new SurfaceView(byId("surface", HTMLCanvasElement));
  const curve = new LossCurve(byId("curve", HTMLDivElement));
  let problem = makeProblem(initial.data);
  let latest: Report | null = null;

  const drawSurface = (): void => {
    if (latest) surface.draw(latest.surface, problem);
  };
  const trainer = new Trainer({
    report(report, fresh) {
      latest = report;
      if (fresh) curve.clear();
      curve.add(report.losses);
      drawSurface();
      showFigures(report);
    },
    problem: showProblem,
  });
  const controls = new Controls(
    byId("settings", HTMLFormElement),
    (settings) => begin(settings),
    (pace) => (trainer.pace = pace),
  );
  const begin = (settings: Settings): void => {
    problem = makeProblem(settings.data);
    latest = null;
    trainer.reset(settings);
  };
  onThemeChange(drawSurface);
  connectButtons(trainer, () => begin(controls.settings));
  showCode();
  begin(controls.settings);
}

function connectButtons(trainer: Trainer, reset: () => void): void {
  const run = byId("run", HTMLButtonElement);
  run.addEventListener("click", () => {
    if (trainer.running) trainer.pause();
    else trainer.start();
    run.textContent = trainer.running ? "Pause" : "Start";
  });
  byId("step", HTMLButtonElement).addEventListener("click", () => trainer.step());
  byId("reset", HTMLButtonElement).addEventListener("click", reset);
}

function showFigures({ steps, losses, accuracy }: Report): void {
  byId("steps", HTMLElement).textContent = steps.toLocaleString("en-US");
  const loss = losses.at(-1);
  if (loss !== undefined) byId("loss", HTMLElement).textContent = loss.toPrecision(3);
  byId("accuracy", HTMLElement).textContent = `${Math.round(100 * accuracy)} %`;
}

function showProblem(message: string): void {
  const problem = byId("problem", HTMLParagraphElement);
  problem.textContent = `The training has stopped: ${message}`;
  problem.hidden = false;
}

function showCode(): void {
  const button = byId("show-code", HTMLButtonElement);
  const panel = byId("code", HTMLDivElement);
  panel.querySelector("code")?.append(code);
  button.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    button.textContent = panel.hidden ? "Show the code" : "Hide the code";
  });
}
