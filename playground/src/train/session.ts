/** A training in progress: the program, step by step, and what its network says. */
import { fromTypedArray, noGrad, type Tensor } from "torchlet";
import { makeProblem, type Problem } from "./data.ts";
import { GRID, type Report } from "./messages.ts";
import { train, type Moment } from "./program.ts";
import type { Settings } from "./settings.ts";

export class Session {
  readonly #problem: Problem;
  readonly #program: Generator<Moment, never>;
  readonly #grid: Tensor;
  #current: {
    readonly model: { forward(x: Tensor): Tensor };
    readonly output: Tensor;
    readonly loss: number;
  };
  #steps = 0;
  #losses: number[];

  constructor(settings: Settings) {
    this.#problem = makeProblem(settings.data);
    this.#program = train(this.#problem.points, this.#problem.kinds, settings);
    this.#grid = gridOver(this.#problem.range);
    this.#current = this.#program.next().value;
    this.#losses = [this.#current.loss];
  }

  /** One step of training. */
  step(): void {
    this.#current = this.#program.next().value;
    this.#losses.push(this.#current.loss);
    this.#steps++;
  }

  /** What has happened since the last report. */
  report(): Report {
    const losses = this.#losses;
    this.#losses = [];
    const { model, output } = this.#current;
    const right = output.detach().gt(0).eq(this.#problem.kinds.gt(0.5));
    return {
      steps: this.#steps,
      losses,
      accuracy: right.sum().item() / right.numel,
      surface: noGrad(() => model.forward(this.#grid).sigmoid()).toTypedArray() as Float32Array,
    };
  }
}

/** [GRID², 2]: the middles of the grid's cells. */
function gridOver([low, high]: Problem["range"]): Tensor {
  const at = (i: number): number => low + ((i + 0.5) / GRID) * (high - low);
  const coordinates = new Float32Array(GRID * GRID * 2);
  for (let i = 0; i < GRID * GRID; i++) {
    coordinates[2 * i] = at(i % GRID);
    coordinates[2 * i + 1] = at(Math.floor(i / GRID));
  }
  return fromTypedArray(coordinates, [GRID * GRID, 2]);
}
