import { describe, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import * as math from "../../src/math/index.ts";

type Name = keyof typeof math;
type Row = [...args: number[], nearest: number, beyond: number];

/** What golden/make.py computed with mpmath: arguments, a double next to the result, and where the result lies, in units from there. */
const golden = JSON.parse(readFileSync(new URL("golden/functions.json", import.meta.url), "utf8")) as Record<
  Name,
  Row[]
>;

/** By how many units in the last place each function may be off, as its documentation says. */
const bounds: Record<Name, number> = {
  exp: 0.505,
  exp2: 0.505,
  expm1: 0.53,
  sinh: 0.51,
  cosh: 0.51,
  tanh: 0.53,
  log: 0.501,
  log2: 0.501,
  log10: 0.501,
  log1p: 0.501,
  pow: 0.51,
  sin: 0.52,
  cos: 0.52,
  tan: 0.52,
  asin: 0.7,
  acos: 0.6,
  atan: 0.55,
  atan2: 1,
  hypot: 0.51,
};

function call(name: Name, args: readonly number[]): number {
  const f: (...args: number[]) => number = math[name];
  return f(...args);
}

/** The unit in the last place of doubles of the size of `y`: from the power of two below it to the next double. */
function unit(y: number): number {
  const doubles = Float64Array.of(y, 0);
  const bits = new BigUint64Array(doubles.buffer);
  bits[0]! &= 0x7ffn << 52n;
  bits[1] = bits[0]! + 1n;
  return doubles[1]! - doubles[0]!;
}

test.each(Object.entries(bounds) as [Name, number][])(
  "%s is off by at most %d units in the last place, tiny and huge arguments included",
  (name, bound) => {
    const wrong = golden[name].filter((row) => {
      const [nearest, beyond] = row.slice(-2) as [number, number];
      const off = (call(name, row.slice(0, -2)) - nearest) / unit(nearest) - beyond;
      return !(Math.abs(off) <= bound);
    });
    expect(golden[name].length).toBeGreaterThan(60);
    expect(wrong.map((row) => [...row, call(name, row.slice(0, -2))])).toEqual([]);
  },
);

describe("special values are those of the C standard, annex F", () => {
  const [inf, pi] = [Infinity, Math.PI];
  const odd: [Name, number, number][] = [
    ["exp", 0, 1],
    ["exp", -0, 1],
    ["exp", inf, inf],
    ["exp", -inf, 0],
    ["exp", 709.7827128933841, inf],
    ["exp", -745.1332191019412, 0],
    ["exp2", inf, inf],
    ["exp2", -inf, 0],
    ["exp2", 1024, inf],
    ["exp2", -1075, 0],
    ["expm1", -0, -0],
    ["expm1", inf, inf],
    ["expm1", -inf, -1],
    ["expm1", -50, -1],
    ["sinh", -0, -0],
    ["sinh", inf, inf],
    ["sinh", -inf, -inf],
    ["sinh", -710.475860073944, -inf],
    ["cosh", -0, 1],
    ["cosh", inf, inf],
    ["cosh", -inf, inf],
    ["cosh", 710.475860073944, inf],
    ["tanh", -0, -0],
    ["tanh", inf, 1],
    ["tanh", -inf, -1],
    ["tanh", 1e-300, 1e-300],
    ["log", 1, 0],
    ["log", -0, -inf],
    ["log", -1, NaN],
    ["log", inf, inf],
    ["log", -inf, NaN],
    ["log2", 0, -inf],
    ["log10", -1, NaN],
    ["log1p", -0, -0],
    ["log1p", -1, -inf],
    ["log1p", -1.5, NaN],
    ["log1p", inf, inf],
    ["sin", -0, -0],
    ["sin", inf, NaN],
    ["cos", -0, 1],
    ["cos", -inf, NaN],
    ["tan", -0, -0],
    ["tan", inf, NaN],
    ["asin", -0, -0],
    ["asin", 1.0000000000000002, NaN],
    ["acos", 1, 0],
    ["acos", -1, pi],
    ["acos", -1.0000000000000002, NaN],
    ["atan", -0, -0],
    ["atan", inf, pi / 2],
    ["atan", -inf, -pi / 2],
  ];
  test.each(odd)("%s(%d) is %d", (name, x, y) => expect(call(name, [x])).toBe(y));
  test.each(Object.keys(bounds) as Name[])("%s of NaN is NaN", (name) => {
    expect(call(name, [NaN, 2])).toBeNaN();
    if (math[name].length === 2) expect(call(name, [2, NaN])).toBeNaN();
  });

  const pairs: [Name, number, number, number][] = [
    ["pow", NaN, 0, 1],
    ["pow", NaN, -0, 1],
    ["pow", 1, NaN, 1],
    ["pow", -1, inf, 1],
    ["pow", -1, -inf, 1],
    ["pow", 0, -3, inf],
    ["pow", -0, -3, -inf],
    ["pow", -0, -2, inf],
    ["pow", 0, -1.5, inf],
    ["pow", -0, 3, -0],
    ["pow", 0, 3, 0],
    ["pow", -0, 0.5, 0],
    ["pow", 0.5, inf, 0],
    ["pow", 0.5, -inf, inf],
    ["pow", -2, inf, inf],
    ["pow", -2, -inf, 0],
    ["pow", inf, -0.5, 0],
    ["pow", inf, 1e-300, inf],
    ["pow", -inf, 3, -inf],
    ["pow", -inf, -3, -0],
    ["pow", -inf, 0.5, inf],
    ["pow", -inf, -0.5, 0],
    ["pow", -8, 1 / 3, NaN],
    ["pow", -1, 2 ** 53, 1],
    ["pow", 1e300, -(2 ** 53), 0],
    ["pow", 1 - 2 ** -53, 1e300, 0],
    ["pow", -2, 1025, -inf],
    ["pow", -2, -1075, -0],
    ["atan2", 0, 0, 0],
    ["atan2", -0, 0, -0],
    ["atan2", 0, -0, pi],
    ["atan2", -0, -0, -pi],
    ["atan2", -0, -1, -pi],
    ["atan2", 1, 0, pi / 2],
    ["atan2", -1, -0, -pi / 2],
    ["atan2", 1, inf, 0],
    ["atan2", -1, inf, -0],
    ["atan2", 1, -inf, pi],
    ["atan2", inf, -1, pi / 2],
    ["atan2", inf, inf, pi / 4],
    ["atan2", -inf, -inf, (-3 * pi) / 4],
    ["hypot", 0, -0, 0],
    ["hypot", -inf, 1, inf],
    ["hypot", 1e308, 1.7e308, inf],
  ];
  test.each(pairs)("%s(%d, %d) is %d", (name, a, b, y) => expect(call(name, [a, b])).toBe(y));
  test("hypot of infinity and NaN is infinite", () => {
    expect([math.hypot(NaN, Infinity), math.hypot(-Infinity, NaN)]).toEqual([Infinity, Infinity]);
  });
});

describe("results that are doubles are exact", () => {
  const from = (first: number, last: number): number[] =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i);

  test("powers of 2, and their logarithms", () => {
    const powers = from(-1074, 1023).map((n) => math.exp2(n));
    expect(powers[0]).toBe(5e-324);
    expect(powers.slice(1)).toEqual(powers.slice(0, -1).map((x) => 2 * x));
    expect(powers.map(math.log2)).toEqual(from(-1074, 1023));
    expect(from(-1074, 1023).map((n) => math.pow(2, n))).toEqual(powers);
  });

  test("powers of 10 as they are read from text, and their logarithms", () => {
    const powers = from(-323, 308).map((n) => Number(`1e${n}`));
    expect(from(-323, 308).map((n) => math.pow(10, n))).toEqual(powers);
    expect(powers.slice(323).map(math.log10)).toEqual(from(0, 308));
  });

  test("powers of integers below 2^53, roots of squares and Pythagorean triples", () => {
    for (let a = -60; a <= 60; a++)
      for (let n = 0, exact = 1; Math.abs(exact) < 2 ** 53; n++, exact *= a) {
        expect(math.pow(a, n)).toBe(exact);
        if (Math.abs(a) < 2 && n > 9) break;
      }
    for (let a = 1; a <= 1000; a++) expect(math.pow(a * a, 0.5)).toBe(a);
    expect([math.hypot(3, 4), math.hypot(-20, 21), math.hypot(3e200, -4e200)]).toEqual([5, 29, 5e200]);
  });
});
