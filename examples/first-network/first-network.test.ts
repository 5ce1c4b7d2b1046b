import { join } from "node:path";
import { expect, test } from "vitest";
import { readPicture, runInFolder } from "../shared/run.ts";
import { answers, line, train, wave } from "./models.ts";

test.each([1, 2, 3])("from seed %i the line finds 18 · celsius / 10 + 32", (seed) => {
  const task = line(seed);
  for (const _ of train(task, 500));
  for (const { x, y } of answers(task, -1, 10)) expect(y).toBeCloseTo(18 * x + 32, 2);
});

test.each([1, 2, 3])("from seed %i the curve follows the sine where it has seen it", (seed) => {
  const task = wave(seed);
  for (const _ of train(task, 500));
  for (const { x, y } of answers(task, -3, 3)) expect(Math.abs(y - Math.sin(x))).toBeLessThan(0.1);
});

test("pnpm example first-network prints losses, and draws both fits", () => {
  runInFolder("first-network", ["--plot"], ({ stdout, status, folder }) => {
    expect(status).toBe(0);
    expect(stdout).toContain("log10 of the loss, step by step");
    for (const name of ["line.svg", "wave.svg"]) {
      expect(stdout).toContain(`picture: ${join(folder, name)}`);
      expect(readPicture(folder, name)).toContain(">step 500</text>");
    }
  });
});
