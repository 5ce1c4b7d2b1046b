import { expect, test } from "vitest";
import { drawChart } from "./chart.ts";

test("a chart has its title, and the largest and the smallest value at its sides", () => {
  const lines = drawChart("loss", [3, 2, 1]).split("\n");
  expect(lines[0]).toBe("loss");
  expect(lines[1]).toMatch(/^ +3\.00 /);
  expect(lines.at(-1)).toMatch(/^ +1\.00 /);
});

test("ticks have as many digits as it takes to tell them apart", () => {
  const ticks = drawChart("loss", [0.6901, 0.6905])
    .split("\n")
    .slice(1)
    .map((line) => parseFloat(line));
  expect(new Set(ticks).size).toBe(ticks.length);
});

test("many values become as many means of neighbours as the terminal is wide", () => {
  const values = Array.from({ length: 1000 }, (_, i) => i % 2);
  for (const line of drawChart("accuracy", values).split("\n")) expect(line.length).toBeLessThan(80);
});

test("what is no finite number is left out", () => {
  expect(drawChart("loss", [NaN, Infinity])).toBe("loss: nothing to draw");
  expect(drawChart("loss", [1, NaN, 2])).toBe(drawChart("loss", [1, 2]));
});
