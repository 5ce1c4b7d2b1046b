import { join } from "node:path";
import { expect, test } from "vitest";
import { readPicture, runInFolder } from "../shared/run.ts";
import { descend } from "./descent.ts";

// Each step takes x - 4 times (1 - 2 lr), and the slope is 2 (x - 4).
test.each([0.02, 0.1, 0.95, 1.05])(
  "with the learning rate %d every guess is where the formula says",
  (lr) => {
    for (const { step, x, loss, slope } of descend(0, lr, 12)) {
      const distance = -4 * (1 - 2 * lr) ** step;
      expect(x - 4).toBeCloseTo(distance, 12);
      expect(loss).toBeCloseTo(distance ** 2, 11);
      expect(slope).toBeCloseTo(2 * distance, 12);
    }
  },
);

test("pnpm example descent prints the guesses, and draws the ways down", () => {
  runInFolder("descent", ["--steps", "2"], ({ lines, status, folder }) => {
    expect(status).toBe(0);
    expect(lines).toContain("1         0.8000   10.2400   -6.4000"); // 0 - 0.1 · (-8)
    expect(lines.at(-1)).toBe(`picture: ${join(folder, "ways-down.svg")}`);
    readPicture(folder, "ways-down.svg");
  });
});
