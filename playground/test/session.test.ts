import { expect, test } from "vitest";
import { GRID } from "../src/train/messages.ts";
import { Session } from "../src/train/session.ts";
import { choices, initial, type Settings } from "../src/train/settings.ts";

function trained(settings: Partial<Settings>, steps: number): Session {
  const session = new Session({ ...initial, ...settings });
  for (let step = 0; step < steps; step++) session.step();
  return session;
}

test.each([
  ["XOR", {}, 200],
  ["circles", {}, 200],
  ["spirals", { layers: 2, units: 16 }, 600],
] as const)("the network learns %s", (data, settings, steps) => {
  const { losses, accuracy } = trained({ data, ...settings }, steps).report();
  expect(losses).toHaveLength(steps + 1);
  expect(losses.at(-1)).toBeLessThan(0.05);
  expect(accuracy).toBe(1);
});

test("the surface of XOR has its kinds where the points are", () => {
  const { surface } = trained({ data: "XOR" }, 300).report();
  // The grid goes from -0.5 to 1.5; the points stand at a quarter and at three quarters of its sides.
  const at = (x: number, y: number): number =>
    surface[Math.floor((0.25 + y / 2) * GRID) * GRID + Math.floor((0.25 + x / 2) * GRID)]!;
  expect([at(0, 0), at(1, 0), at(0, 1), at(1, 1)].map(Math.round)).toEqual([0, 1, 1, 0]);
});

test("the same settings give the same training, and a report only what is new", () => {
  const [a, b] = [trained({}, 10), trained({}, 10)];
  expect(a.report()).toEqual(b.report());
  a.step();
  const { steps, losses } = a.report();
  expect(steps).toBe(11);
  expect(losses).toHaveLength(1);
});

test.each(
  choices.activation.flatMap((activation) =>
    choices.optimizer.map((optimizer) => [activation, optimizer] as const),
  ),
)("%s and %s can be chosen", (activation, optimizer) => {
  const { losses } = trained({ data: "circles", activation, optimizer, layers: 3 }, 30).report();
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
});
