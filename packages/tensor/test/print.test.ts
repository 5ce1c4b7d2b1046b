import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ValueError } from "../src/errors.ts";
import { exponential, fixed } from "../src/print/decimal.ts";
import { getPrintOptions, setPrintOptions, type PrintOptions } from "../src/print/options.ts";
import { formatTensor } from "../src/print/print.ts";
import type { Printable } from "../src/print/printable.ts";

// ---- the fixture: see golden/print.py

interface Case {
  title: string;
  values?: (number | string)[];
  recipe?: [mul: number, mod: number, sub: number, div: number];
  shape: number[];
  dtype: Printable["dtype"];
  requiresGrad?: boolean;
  gradFnName?: string;
  options?: Record<string, number | boolean | string>;
  torch: string;
}

const fixtureUrl = new URL("./golden/print.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(fixtureUrl, "utf8")) as { cases: Case[] };

function printable(shape: number[], values: readonly number[], more: Partial<Printable> = {}): Printable {
  return {
    shape,
    dtype: "float32",
    requiresGrad: false,
    gradFnName: null,
    valueAt(index) {
      expect(index).toHaveLength(shape.length);
      const value = values[index.reduce((flat, position, dim) => flat * (shape[dim] ?? 1) + position, 0)];
      if (value === undefined) throw new RangeError(`no element at [${index.join(", ")}]`);
      return value;
    },
    ...more,
  };
}

function valuesOf({ values, recipe, shape, dtype }: Case): number[] {
  if (values !== undefined) return values.map(Number);
  const [mul, mod, sub, div] = recipe ?? [0, 1, 0, 1];
  const count = shape.reduce((a, b) => a * b, 1);
  const all = Array.from({ length: count }, (_, i) => (((i * mul) % mod) - sub) / div);
  return dtype === "float32" ? all.map(Math.fround) : all;
}

function optionsOf({ options = {} }: Case): Partial<PrintOptions> {
  return Object.fromEntries(
    Object.entries(options).map(([name, v]) => [name, v === "Infinity" ? Infinity : v]),
  );
}

/** What torch printed, in torchlet's names. */
function translated(text: string): string {
  return text
    .replace("requires_grad=True", "requiresGrad=true")
    .replace(/grad_fn=<(\w+)Backward0>/, "gradFn=<$1>")
    .replace(/size=\(([\d, ]+)\)/, "size=[$1]")
    .replace("dtype=torch.int64", "dtype=int32")
    .replace("dtype=torch.", "dtype=")
    .replaceAll("True", "true")
    .replaceAll("False", "false");
}

describe("formatTensor prints what PyTorch prints", () => {
  test.each(cases.map((c) => [`${c.title} (${c.dtype})`, c] as const))("%s", (_title, c) => {
    const more = { dtype: c.dtype, requiresGrad: c.requiresGrad ?? false, gradFnName: c.gradFnName ?? null };
    expect(formatTensor(printable(c.shape, valuesOf(c), more), optionsOf(c))).toBe(translated(c.torch));
  });
});

describe("formatTensor", () => {
  const row = [39.0625, 2.640625, 9, 25, 0.140625, 18.0625];

  test("reads only the elements that a summary shows", () => {
    let reads = 0;
    const huge = printable([100_000, 100_000], [], {
      valueAt: ([i = 0, j = 0]) => ((reads += 1), i === j ? 1 : 0),
    });
    expect(formatTensor(huge)).toBe(
      [
        "tensor([[1., 0., 0.,  ..., 0., 0., 0.],",
        "        [0., 1., 0.,  ..., 0., 0., 0.],",
        "        [0., 0., 1.,  ..., 0., 0., 0.],",
        "        ...,",
        "        [0., 0., 0.,  ..., 1., 0., 0.],",
        "        [0., 0., 0.,  ..., 0., 1., 0.],",
        "        [0., 0., 0.,  ..., 0., 0., 1.]])",
      ].join("\n"),
    );
    expect(reads).toBe(36);
  });

  test("names the op of a result with a capital and says nothing of requiresGrad then", () => {
    const result = printable([], [1], { requiresGrad: true, gradFnName: "logSoftmax" });
    expect(formatTensor(result)).toBe("tensor(1., gradFn=<LogSoftmax>)");
  });

  test("puts notes behind the last line while they fit and on a line of their own when they do not", () => {
    const leaf = printable([6], row, { requiresGrad: true });
    const numbers = "tensor([39.0625,  2.6406,  9.0000, 25.0000,  0.1406, 18.0625]";
    expect(formatTensor(leaf, { linewidth: 82 })).toBe(`${numbers}, requiresGrad=true)`);
    expect(formatTensor(leaf, { linewidth: 81 })).toBe(`${numbers},\n       requiresGrad=true)`);
  });

  test("measures only the last line of a matrix to decide where notes go", () => {
    const leaf = printable([2, 3], row, { dtype: "float64", requiresGrad: true });
    expect(formatTensor(leaf)).toBe(
      "tensor([[39.0625,  2.6406,  9.0000],\n        [25.0000,  0.1406, 18.0625]], dtype=float64, requiresGrad=true)",
    );
  });

  test("keeps every note after the first broken one in the new line", () => {
    const leaf = printable([6], row, { dtype: "float64", requiresGrad: true });
    expect(formatTensor(leaf, { linewidth: 70 })).toMatch(
      /18\.0625\],\n {7}dtype=float64, requiresGrad=true\)$/,
    );
  });

  test("takes options for one call without changing those in force", () => {
    expect(formatTensor(printable([1], [0.123456]), { precision: 2 })).toBe("tensor([0.12])");
    expect(formatTensor(printable([1], [0.123456]))).toBe("tensor([0.1235])");
  });

  test("throws ValueError for impossible options", () => {
    const x = printable([], [1]);
    expect(() => formatTensor(x, { precision: -1 })).toThrow(ValueError);
    expect(() => formatTensor(x, { precision: -1 })).toThrow(
      /precision must be an integer from 0 to 100, got -1/,
    );
  });
});

describe("setPrintOptions", () => {
  const initial = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null };
  function restoring(run: () => void): () => void {
    return () => {
      try {
        run();
      } finally {
        setPrintOptions({ profile: "default" });
      }
    };
  }

  test("starts from PyTorch's defaults", () => {
    expect(getPrintOptions()).toEqual(initial);
  });

  test(
    "changes what is mentioned and keeps the rest",
    restoring(() => {
      setPrintOptions({ precision: 2 });
      setPrintOptions({ sciMode: true });
      setPrintOptions({ threshold: Infinity });
      expect(getPrintOptions()).toEqual({ ...initial, precision: 2, sciMode: true, threshold: Infinity });
      expect(formatTensor(printable([2], [1, 2.5]))).toBe("tensor([1.00e+00, 2.50e+00])");
    }),
  );

  test(
    "applies a profile before the other options",
    restoring(() => {
      setPrintOptions({ sciMode: false });
      setPrintOptions({ profile: "short", linewidth: 100 });
      expect(getPrintOptions()).toEqual({ ...initial, precision: 2, edgeitems: 2, linewidth: 100 });
      setPrintOptions({ profile: "full" });
      expect(getPrintOptions()).toEqual({ ...initial, threshold: Infinity });
      setPrintOptions({ profile: "default" });
      expect(getPrintOptions()).toEqual(initial);
    }),
  );

  test("hands out copies", () => {
    getPrintOptions().precision = 9;
    expect(getPrintOptions().precision).toBe(4);
  });

  test.each([
    [{ precision: 1.5 }, "precision must be an integer from 0 to 100, got 1.5"],
    [{ precision: 101 }, "precision must be an integer from 0 to 100, got 101"],
    [{ threshold: NaN }, "threshold must be a number of elements or Infinity, got NaN"],
    [{ edgeitems: 0 }, "edgeitems must be a positive integer, got 0"],
    [{ linewidth: 0 }, "linewidth must be a positive integer or Infinity, got 0"],
    [{ sciMode: "yes" }, 'sciMode must be true, false or null, got "yes"'],
    [{ profile: "long" }, 'profile must be "default", "short" or "full", got "long"'],
    [
      { sci_mode: true },
      'unknown option "sci_mode"; there are precision, threshold, edgeitems, linewidth, sciMode',
    ],
  ])("throws ValueError and changes nothing for %j", (wrong, message) => {
    const options = { linewidth: 70, ...wrong } as Parameters<typeof setPrintOptions>[0];
    expect(() => setPrintOptions(options)).toThrow(ValueError);
    expect(() => setPrintOptions(options)).toThrow(message);
    expect(getPrintOptions()).toEqual(initial);
  });
});

describe("decimal text", () => {
  test("rounds exact ties to even, as C does and toFixed does not", () => {
    expect([0.5, 1.5, 2.5, -0.5, -2.5].map((x) => fixed(x, 0))).toEqual(["0", "2", "2", "-0", "-2"]);
    expect([0.125, 0.375, -0.625].map((x) => fixed(x, 2))).toEqual(["0.12", "0.38", "-0.62"]);
    expect([25, 35, 2.5e22].map((x) => exponential(x, 0))).toEqual(["2e+01", "4e+01", "2e+22"]);
  });

  test("looks at the exact binary value: what is a tie in decimal only is none", () => {
    expect([1.00005, 0.00005].map((x) => fixed(x, 4))).toEqual(["1.0001", "0.0001"]);
    expect(fixed(1.005, 2)).toBe("1.00");
  });

  test("writes all digits from 1e21 on", () => {
    expect(fixed(1e21, 0)).toBe("1000000000000000000000");
    expect(fixed(-1e23, 2)).toBe("-99999999999999991611392.00");
  });

  test("keeps the sign of zero and writes exponents with at least two digits", () => {
    expect([fixed(-0, 1), fixed(-1e-9, 1), exponential(-0, 1)]).toEqual(["-0.0", "-0.0", "-0.0e+00"]);
    expect([exponential(1e-7, 1), exponential(1e300, 1), exponential(5e-324, 2)]).toEqual([
      "1.0e-07",
      "1.0e+300",
      "4.94e-324",
    ]);
  });
});
