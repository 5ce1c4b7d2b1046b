/** The Web Worker that trains. */
import type { Report, Request } from "./messages.ts";
import { Session } from "./session.ts";

/** How long the page waits for an answer, about; in milliseconds. */
const PATIENCE = 15;

let session: Session | null = null;

addEventListener("message", ({ data: { settings, steps } }: MessageEvent<Request>) => {
  if (settings !== null) session = new Session(settings);
  if (session === null) throw new Error("the first request brings settings");
  const end = performance.now() + PATIENCE;
  for (let step = 0; step < steps && performance.now() < end; step++) session.step();
  answer(session.report());
});

function answer(report: Report): void {
  postMessage(report, { transfer: [report.surface.buffer] });
}
