import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import {
  getNumThreads,
  manualSeed,
  randn,
  setNumThreads,
  setReproducible,
  type Tensor,
} from "../../src/index.ts";
import { partsFor } from "../../src/kernels/threads.ts";
import { workspace } from "../../src/kernels/workspace.ts";

const before = getNumThreads();
afterEach(() => {
  setNumThreads(before);
  setReproducible(false);
});

/** Waits until so many threads listen. */
async function ready(count: number): Promise<void> {
  setNumThreads(count);
  while (partsFor(workspace()!, 1e9) < count) await setTimeout(5);
}

function bytes(x: Tensor): Buffer {
  return Buffer.from(x.toTypedArray().buffer);
}

describe("products on several threads", () => {
  // Rows and columns that no tile divides, sides that are longer than the workspace's pieces, transposed operands.
  const shapes = [
    [64, 784, 128],
    [1031, 65, 33],
    [37, 70, 1201],
    [1101, 1100, 67],
  ] as const;

  test.each([
    ["float32", true],
    ["float64", true],
    ["float32", false],
  ] as const)("have the bits of one thread: %s, reproducible: %s", async (dtype, reproducible) => {
    await ready(3);
    setReproducible(reproducible);
    manualSeed(5);
    for (const [m, k, n] of shapes) {
      const pairs = [
        [randn([m, k], { dtype }), randn([k, n], { dtype })],
        [randn([k, m], { dtype }).t(), randn([n, k], { dtype }).t()],
      ] as const;
      for (const [a, b] of pairs) {
        const [one, two, three] = [1, 2, 3].map((count) => {
          setNumThreads(count);
          return bytes(a.mm(b));
        });
        expect(two!.equals(one!)).toBe(true);
        expect(three!.equals(one!)).toBe(true);
      }
    }
  });

  test("come one after the other without mixing", async () => {
    await ready(2);
    const [a, b, c] = [randn(100, 100), randn(100, 100), randn(100, 100)];
    setNumThreads(1);
    const products = (): Buffer => Buffer.concat([a.mm(b), b.mm(c), c.mm(a)].map(bytes));
    const expected = products();
    setNumThreads(2);
    for (let i = 0; i < 500; i++) {
      expect(products().equals(expected)).toBe(true);
      if (i % 50 === 0) await setTimeout(2); // long enough for the threads to fall asleep
    }
  });

  test("are computed by the caller alone as long as they are small", () => {
    setNumThreads(8);
    expect(partsFor(workspace()!, 100_000)).toBe(1);
  });
});

describe("setNumThreads", () => {
  test("refuses what is no number of threads", () => {
    for (const count of [0, -1, 1.5, NaN, Infinity])
      expect(() => setNumThreads(count)).toThrow(/whole number/);
    expect(() => setNumThreads("2" as never)).toThrow(/got string/);
    expect(getNumThreads()).toBe(before);
  });
});

test.each(["end", "exit", "throw"])("a process with threads ends by itself: %s", (how) => {
  const program = fileURLToPath(new URL("programs/threads.ts", import.meta.url));
  const flags = ["--import", "tsx", "--conditions=@torchlet/source"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program, how], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect({ status, stdout }, stderr).toEqual({
    status: { end: 0, exit: 7, throw: 1 }[how],
    stdout: "2 threads\n",
  });
});
