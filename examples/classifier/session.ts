/** Some epochs of training as the user sees them: progress, a line for each epoch, and an end at any time. */
import { setImmediate } from "node:timers/promises";
import { nn, optim } from "torchlet";
import type { Digits } from "../shared/mnist.ts";
import { Failure } from "../shared/program.ts";
import type { showProgress } from "../shared/progress.ts";
import type { Network } from "./network.ts";
import type { Recipe } from "./recipes.ts";
import { evaluate, trainEpoch, type Evaluation, type Step } from "./train.ts";

/** What a session needs besides the model. */
export interface Course extends Pick<Recipe, "lr" | "momentum" | "decay"> {
  readonly digits: Digits;
  readonly test: Digits;
  readonly epochs: number;
  readonly batchSize: number;
  /** Asked after every step: whether the session shall end. */
  readonly stopped: () => boolean;
  /** Called when an epoch has ended, before the test. */
  readonly save: () => void;
  readonly say: (line: string) => void;
  readonly showProgress: typeof showProgress;
}

/** How the model did at some time of the session. */
export interface TimedEvaluation extends Evaluation {
  /** How often every digit had been seen; no whole number where the session was stopped. */
  readonly epochs: number;
}

/** What a session came to. */
export interface Session {
  readonly steps: readonly Step[];
  /** How the model did on the test digits after each epoch; at least one. */
  readonly evaluations: readonly TimedEvaluation[];
}

/**
 * Trains the model until the last epoch is done or the session is stopped.
 *
 * @throws Failure if the loss is no number any more; what was saved before stays as it is.
 */
export async function runSession(model: Network, course: Course): Promise<Session> {
  const { digits, epochs, batchSize, lr, momentum, decay, stopped, say } = course;
  const loader = new nn.DataLoader(digits, { batchSize, shuffle: true });
  const optimizer = new optim.SGD(model.parameters(), { lr, momentum });
  const scheduler = decay ? new optim.PolynomialLR(optimizer, { totalIters: epochs * loader.length }) : null;
  const steps: Step[] = [];
  const evaluations: TimedEvaluation[] = [];
  let seen = 0;

  while (evaluations.length < epochs && !stopped()) {
    const title = `epoch ${evaluations.length + 1}/${epochs}`;
    const progress = course.showProgress(title, digits.length);
    const figures = new Figures();
    for await (const step of trainEpoch(model, optimizer, loader)) {
      steps.push(step);
      figures.add(step);
      progress.update(figures.images, figures.toString());
      if (Number.isNaN(step.loss)) {
        progress.end();
        throw new Failure(
          `After ${steps.length} steps the loss is not a number any more: a learning rate of ${lr} is too large. Try a smaller --lr.`,
        );
      }
      scheduler?.step();
      if (stopped()) break;
    }
    progress.end();
    const summary = figures.toString();
    seen += figures.images;
    course.save();

    const evaluation = evaluate(model, course.test);
    evaluations.push({ epochs: seen / digits.length, ...evaluation });
    say(`${title}: ${summary}, test accuracy ${percent(evaluation.accuracy)}`);
    await setImmediate(); // hears a Ctrl-C that came during the test
  }
  return { steps, evaluations };
}

/** Means over the epoch so far. */
class Figures {
  images = 0;
  #loss = 0;
  #correct = 0;
  readonly #start = performance.now();

  add(step: Step): void {
    this.images += step.images;
    this.#loss += step.loss * step.images;
    this.#correct += step.correct;
  }

  toString(): string {
    const speed = (1000 * this.images) / (performance.now() - this.#start);
    return [
      `loss ${(this.#loss / this.images).toFixed(4)}`,
      `accuracy ${percent(this.#correct / this.images)}`,
      `${Math.round(speed).toLocaleString("en-US")} images/s`,
    ].join(", ");
  }
}

export function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}
