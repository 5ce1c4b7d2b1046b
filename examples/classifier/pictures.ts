/** The training and its outcome in pictures. */
import * as Plot from "@observablehq/plot";
import { drawChart } from "../shared/chart.ts";
import { colors, figure, image, plot, text, type Panel } from "../shared/figure.ts";
import { SIDE, type Digits } from "../shared/mnist.ts";
import type { Network } from "./network.ts";
import { percent, type Session } from "./session.ts";
import type { Evaluation } from "./train.ts";

/** All pictures by file name; those of the training only if there was one. */
export function drawPictures(
  model: Network,
  test: Digits,
  evaluation: Evaluation,
  session: Session | null,
): Record<string, string> {
  return {
    ...(session && { "learning-curves.svg": learningCurves(session) }),
    "misclassified.svg": misclassified(test, evaluation),
    "confusion-matrix.svg": confusionMatrix(test, evaluation),
    "first-layer.svg": firstLayer(model),
  };
}

/** The curves of the training, for the terminal. */
export function terminalCharts({ steps }: Session): string {
  const accuracies = steps.map((step) => (100 * step.correct) / step.images);
  const losses = steps.map((step) => step.loss);
  return `\n${drawChart("loss, step by step", losses)}\n\n${drawChart("accuracy, %, step by step", accuracies)}`;
}

/** Loss and accuracy over the epochs: of the batches while training, and of the test digits after each epoch. */
function learningCurves(session: Session): string {
  const training = smooth(session);
  const tests = session.evaluations.map(({ epochs, loss, accuracy }) => ({
    epochs,
    loss,
    accuracy: 100 * accuracy,
  }));
  const panel = (y: "loss" | "accuracy", label: string): Panel =>
    plot(430, 300, {
      marginBottom: 42,
      x: {
        label: "epochs",
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 6,
        domain: [0, Math.max(...tests.map((t) => t.epochs))],
      },
      y: { label, labelArrow: "up", grid: true, ticks: 6 },
      marks: [
        Plot.lineY(training, { x: "epochs", y, stroke: colors.blue, strokeWidth: 1.5 }),
        Plot.lineY(tests, { x: "epochs", y, stroke: colors.orange, strokeWidth: 2 }),
        Plot.dot(tests, { x: "epochs", y, fill: colors.orange, r: 4 }),
      ],
    });
  return figure("How the classifier learned", [[panel("loss", "loss"), panel("accuracy", "accuracy, %")]], {
    keys: [
      { color: colors.blue, label: "training digits, with dropout" },
      { color: colors.orange, label: "test digits" },
    ],
  });
}

const POINTS = 100;

/** The steps as some 100 means. */
function smooth({ steps, evaluations }: Session) {
  const { epochs } = evaluations.at(-1)!;
  const size = Math.ceil(steps.length / POINTS);
  const count = Math.ceil(steps.length / size);
  return Array.from({ length: count }, (_, i) => {
    const group = steps.slice(i * size, (i + 1) * size);
    const images = total(group.map((step) => step.images));
    return {
      epochs: (epochs * (i + 0.5)) / count,
      loss: total(group.map((step) => step.loss * step.images)) / images,
      accuracy: (100 * total(group.map((step) => step.correct))) / images,
    };
  });
}

const [COLUMNS, ROWS] = [10, 5];

/** The first test digits that were taken for others, each with the prediction and the truth. */
function misclassified(digits: Digits, { predictions, accuracy }: Evaluation): string {
  const wrong = predictions.flatMap((digit, i) => (digit === digits.labels[i] ? [] : [i]));
  const cells = wrong.slice(0, COLUMNS * ROWS).map((i): Panel => {
    const bytes = digits.pixelsOf(i);
    const picture = image({ width: SIDE, height: SIDE, data: bytes }, 2);
    const caption = text(
      picture.width / 2,
      picture.height + 15,
      `${predictions[i]!} (${digits.labels[i]!})`,
      'text-anchor="middle"',
    );
    return { width: picture.width, height: picture.height + 20, markup: picture.markup + caption };
  });
  const rows = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_, r) =>
    cells.slice(r * COLUMNS, (r + 1) * COLUMNS),
  );
  const note = `${wrong.length} of ${digits.length.toLocaleString("en-US")} test digits, ${percent(1 - accuracy)}; below each what the classifier says (and what it is).`;
  return figure("Misclassified digits", rows, { note });
}

/** How often each digit was taken for which. */
function confusionMatrix(digits: Digits, { predictions }: Evaluation): string {
  const counts = Array.from({ length: 100 }, () => 0);
  predictions.forEach((prediction, i) => counts[digits.labels[i]! * 10 + prediction]!++);
  const cells = counts.map((count, i) => ({ truth: Math.floor(i / 10), prediction: i % 10, count }));
  const right = cells.filter(({ truth, prediction }) => truth === prediction);
  const wrong = cells.filter(({ truth, prediction, count }) => truth !== prediction && count > 0);
  const place = { x: "prediction", y: "truth", inset: 1, rx: 3 };
  const matrix = plot(520, 500, {
    ...{ padding: 0, marginTop: 40, marginLeft: 50 },
    x: { label: "the classifier says", axis: "top", tickSize: 0, labelAnchor: "center", labelArrow: "none" },
    y: { label: "it is", tickSize: 0, labelAnchor: "center", labelArrow: "none" },
    opacity: { type: "sqrt", range: [0.1, 0.9] },
    marks: [
      Plot.cell(right, { ...place, fill: colors.blue, fillOpacity: 0.25 }),
      Plot.cell(wrong, { ...place, fill: colors.orange, fillOpacity: "count" }),
      Plot.text([...right, ...wrong], {
        x: "prediction",
        y: "truth",
        text: (cell: { count: number }) => String(cell.count),
        fill: "currentColor",
      }),
    ],
  });
  return figure("Which digits are taken for which", [[matrix]], {
    note: "Test digits; on the diagonal those that are classified right.",
  });
}

const [NEURONS_ACROSS, CELL] = [16, SIDE + 2];

/** The weights of each neuron of the first layer, one image for each. */
function firstLayer(model: Network): string {
  const { weight } = model.fc1;
  const neurons = weight.size(0);
  const [width, height] = [NEURONS_ACROSS * CELL, Math.ceil(neurons / NEURONS_ACROSS) * CELL];
  const data = new Uint8Array(width * height * 4);
  for (let n = 0; n < neurons; n++) {
    const weights = weight.detach().at(n);
    const strongest = weights.abs().max().item();
    weights.data.forEach((w, p) => {
      const x = (n % NEURONS_ACROSS) * CELL + (p % SIDE);
      const y = Math.floor(n / NEURONS_ACROSS) * CELL + Math.floor(p / SIDE);
      data.set(diverging(w / strongest), (y * width + x) * 4);
    });
  }
  return figure("What the neurons of the first layer look for", [[image({ width, height, data }, 2)]], {
    keys: [
      { color: colors.orange, label: "ink here excites the neuron" },
      { color: colors.blue, label: "ink here calms it" },
    ],
  });
}

/** From -1 (blue) by 0 (white) to 1 (orange), as bytes of red, green, blue, opacity. */
function diverging(value: number): number[] {
  const color = value < 0 ? colors.blue : colors.orange;
  const full = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return [...full.map((c) => Math.round(255 + (c - 255) * Math.abs(value))), 255];
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
