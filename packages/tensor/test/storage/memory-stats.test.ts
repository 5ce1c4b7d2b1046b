import { expect, test } from "vitest";
import { memoryStats, randn } from "../../src/index.ts";

test("memoryStats counts what stands in linear memory, and what waits to be used again", () => {
  const before = memoryStats();
  const w = randn([60, 60], { requiresGrad: true });
  w.storage.settle();
  const settled = memoryStats();
  expect(settled.reserved).toBeGreaterThanOrEqual(64 * 2 ** 20);
  expect(settled.resident - before.resident).toBeGreaterThanOrEqual(14_400);
  expect(settled.resident - before.resident).toBeLessThan(20_000);

  w.mm(w).sum().backward();
  const withGradient = memoryStats();
  expect(withGradient.resident - settled.resident).toBeGreaterThanOrEqual(14_400);
  w.grad = null;
  const without = memoryStats();
  expect(without.resident).toBe(settled.resident);
  expect(without.scratch).toBeGreaterThanOrEqual(14_400);

  expect(w.data).toHaveLength(3600); // reading moves the elements to the garbage collector
  expect(memoryStats().resident).toBe(before.resident);
  expect(memoryStats().free - without.free).toBe(settled.resident - before.resident);
});
