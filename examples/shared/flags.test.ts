import { expect, test } from "vitest";
import { choice, decimal, describeFlags, integer, parseFlags, path, toggle, UsageError } from "./flags.ts";

const flags = {
  batchSize: integer("images in a step", 64, { min: 1 }),
  lr: decimal("learning rate", 0.1),
  recipe: choice("how to train", ["right", "text"]),
  load: path("start from these weights", "FILE"),
  plot: toggle("draw curves"),
};
const parse = (...args: string[]) => parseFlags(flags, args);
const complaint = (...args: string[]): string => {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return "none";
};

test("flags that are left out have their defaults", () => {
  expect(parse()).toEqual({ batchSize: 64, lr: 0.1, recipe: "right", load: null, plot: false });
});

test("flags are read in both spellings, --flag value and --flag=value, and the last one counts", () => {
  expect(
    parse("--batch-size", "8", "--lr=1e-3", "--recipe", "text", "--load=w.safetensors", "--plot"),
  ).toEqual({ batchSize: 8, lr: 0.001, recipe: "text", load: "w.safetensors", plot: true });
  expect(parse("--lr", "1", "--lr", "2").lr).toBe(2);
});

test("flags that npm has kept for itself are asked for again", () => {
  process.env.npm_config_batch_size = "true"; // what `npm start --batch-size 8` sets
  try {
    expect(complaint("8")).toBe(
      "npm has kept --batch-size for itself; put -- in front, as in: npm start -- --batch-size",
    );
    expect(parse("--batch-size", "8").batchSize).toBe(8);
  } finally {
    delete process.env.npm_config_batch_size;
  }
});

test("a leading -- is skipped, since pnpm hands it on", () => {
  expect(parse("--", "--lr", "2").lr).toBe(2);
});

test("an unknown flag is refused, and the nearest known one named", () => {
  expect(complaint("--batchsize", "8")).toBe("There is no flag --batchsize; did you mean --batch-size?");
  expect(complaint("--hlep")).toBe("There is no flag --hlep; did you mean --help?");
  expect(complaint("-l")).toMatch(/^There is no flag -l;/);
});

test("an unknown flag that is like none gets no guess, but the way to the list", () => {
  for (const flag of ["--nonsense", "--verbose", "-v"])
    expect(complaint(flag)).toBe(`There is no flag ${flag}; --help shows which there are.`);
});

test.each([
  [["--batch-size", "0"], '--batch-size must be a whole number of at least 1, got "0".'],
  [["--batch-size", "2.5"], '--batch-size must be a whole number of at least 1, got "2.5".'],
  [["--batch-size="], '--batch-size must be a whole number of at least 1, got "".'],
  [["--lr", "-1"], '--lr must be a number, 0 or above, got "-1".'],
  [["--lr", "fast"], '--lr must be a number, 0 or above, got "fast".'],
  [["--lr", "--plot"], "--lr needs a value: --lr X"],
  [["--load"], "--load needs a value: --load FILE"],
  [["--recipe", "best"], '--recipe must be right or text, got "best".'],
  [["--plot=yes"], '--plot takes no value, got "yes".'],
  [["5"], '"5" is not a flag.'],
])("%j is refused with a message that says what to write", (args, message) => {
  expect(complaint(...args)).toBe(message);
});

test("the help has a line for each flag, with its default", () => {
  expect(describeFlags(flags).split("\n")).toEqual([
    "  --batch-size N       images in a step (default: 64)",
    "  --lr X               learning rate (default: 0.1)",
    "  --recipe right|text  how to train (default: right)",
    "  --load FILE          start from these weights",
    "  --plot               draw curves",
    "  --help               show this text",
  ]);
});
