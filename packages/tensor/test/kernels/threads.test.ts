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
import type { Kernels } from "../../src/kernels/kernels.ts";
import { partsFor, share } from "../../src/kernels/wasm/threads/crew.ts";
import { wasmKernels } from "../../src/kernels/wasm/wasm.ts";
import { workspace } from "../../src/kernels/wasm/workspace.ts";
import { contiguousLayout } from "../../src/layout.ts";
import { allocateBlock } from "../../src/storage/memory.ts";
import { Storage, type Operand } from "../../src/storage/storage.ts";

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

describe("functions on several threads", () => {
  const kernels = wasmKernels();

  /** Contiguous float32 elements on the heap, or in linear memory. */
  function operand(shape: readonly number[], resident: boolean): Operand {
    const layout = contiguousLayout(shape);
    const storage = resident
      ? Storage.inLinearMemory("float32", layout.numel)!
      : Storage.unset("float32", layout.numel);
    return { storage, layout };
  }

  /** Whether every number of threads gives the bits of one, wherever operands stand. */
  function agrees(shape: readonly number[], run: (out: Operand, x: Operand) => void): boolean {
    const values = randn(shape, { generator: manualSeed(6) })
      .mul(3)
      .toTypedArray();
    let expected: Buffer | undefined;
    for (const count of [1, 2, 3]) {
      setNumThreads(count);
      for (const [from, to] of [
        [false, false],
        [false, true],
        [true, false],
        [true, true],
      ] as const) {
        const [x, out] = [operand(shape, from), operand(shape, to)];
        x.storage.data.set(values);
        out.storage.data.fill(-7);
        run(out, x);
        const got = Buffer.from(new Float32Array(out.storage.data).buffer);
        for (const { storage } of [x, out]) storage.abandon();
        if (!(expected ??= got).equals(got)) return false;
      }
    }
    return true;
  }

  test.each([
    ["exp", 8000],
    ["log", 5000],
    ["sigmoid", 5406],
    ["tanh", 4445],
  ] as const)("%s has the bits of one thread", async (op, least) => {
    await ready(3);
    // Just too few for threads, just enough; blocks of 16384, and what is left of them; parts that no vector divides.
    for (const n of [least - 1, least, least + 1, 16383, 16384, 16385, 3 * 16384 + least + 5, 200_003])
      expect(
        agrees([n], (out, x) => kernels.unary(out, op, x)),
        `${n} elements`,
      ).toBe(true);
  });

  test.each(["softmax", "logSoftmax"] as const satisfies readonly (keyof Kernels)[])(
    "%s has the bits of one thread",
    async (op) => {
      await ready(3);
      // Rows that no vector divides and rows that it does, around 4000 elements; one row, and rows longer than a chunk of 32768 elements.
      const shapes = [
        [399, 10],
        [400, 10],
        [401, 10],
        [1031, 7],
        [9999, 3],
        [1025, 64],
        [1, 9000],
        [2, 9001],
        [3, 40_001],
        [50, 1024],
      ] as const;
      for (const shape of shapes)
        expect(
          agrees(shape, (out, x) => kernels[op](out, x, 1)),
          String(shape),
        ).toBe(true);
    },
  );

  test.each([
    ["rows", [1300, 203], [1300, 1]],
    ["columns", [203, 1300], [1, 1300]],
  ] as const)("sums of %s have the bits of one thread", async (_, shape, reduced) => {
    await ready(3);
    const sums = (resident: boolean): string => {
      const x = operand(shape, resident);
      x.storage.data.set(randn(shape, { generator: manualSeed(6) }).toTypedArray());
      const out = operand(reduced, false);
      kernels.reduce(out, "sum", x);
      x.storage.abandon();
      return out.storage.data.join();
    };
    setNumThreads(1);
    const expected = sums(false);
    for (const count of [1, 2, 3]) {
      setNumThreads(count);
      expect(sums(true)).toBe(expected);
      expect(sums(false)).toBe(expected);
    }
  });

  test.each(["float32", "float64"] as const)("a sum has the bits of one thread: %s", async (dtype) => {
    await ready(4);
    // Just too few for two threads and for four, just enough, halves that no run divides, and more than fit into the workspace.
    for (const n of [129_999, 130_000, 130_009, 259_999, 260_000, 260_021, 2 ** 20 + 7, 2 ** 21 + 9]) {
      const x = randn([n], { dtype, generator: manualSeed(8) });
      const [one, ...more] = [1, 2, 3, 4].map((count) => {
        setNumThreads(count);
        return x.sum().item();
      });
      expect(more, `${n} elements`).toEqual([one, one, one]);
    }
  });

  test.each(["float32", "float64"] as const)(
    "a step of Adam has the bits of one thread: %s",
    async (dtype) => {
      await ready(3);
      const factors = {
        decay1: 0.9,
        gain1: 0.1,
        decay2: 0.999,
        gain2: 0.001,
        correction: 0.5,
        eps: 1e-8,
        rate: -0.01,
      };
      for (const n of [13_333, 13_334, 20_001, 100_007]) {
        const values = randn([4, n], { dtype, generator: manualSeed(7) })
          .abs()
          .toTypedArray();
        const [one, two, three] = [1, 2, 3].map((count) => {
          setNumThreads(count);
          const [x, average, square, g] = [0, 1, 2, 3].map((row) => {
            const storage = Storage.inLinearMemory(dtype, n)!;
            storage.data.set(values.subarray(row * n, (row + 1) * n));
            return { storage, layout: contiguousLayout([n]) };
          });
          kernels.adamStep(x!, average!, square!, g!, factors);
          const changed = [x!, average!, square!].map(({ storage: { data } }) => Float64Array.from(data));
          for (const { storage } of [x!, average!, square!, g!]) storage.abandon();
          return Buffer.concat(changed.map(({ buffer }) => Buffer.from(buffer)));
        });
        expect(two!.equals(one!), `${n} elements`).toBe(true);
        expect(three!.equals(one!), `${n} elements`).toBe(true);
      }
    },
  );

  test("are called once with each list of arguments", async () => {
    await ready(3);
    const w = workspace()!;
    const [sums, ones] = [allocateBlock(3 * 64)!, allocateBlock(64)!];
    w.float32.fill(0, sums / 4, sums / 4 + 48).fill(1, ones / 4, ones / 4 + 16);
    const calls = [0, 64, 128].map((at) => [sums + at, sums + at, ones, 16]);
    for (let i = 1; i <= 20_000; i++) {
      share(w.run.add32, calls);
      if (i % 4000 === 0) await setTimeout(10); // long enough for the threads to fall asleep
    }
    expect(new Set(w.float32.subarray(sums / 4, sums / 4 + 48))).toEqual(new Set([20_000]));
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
