import { describe, expect, test } from "vitest";
import { fma, fmaf } from "../../src/math/fma.ts";
import { log } from "../../src/math/log.ts";
import { sincos } from "../../src/math/trigonometric.ts";
import { golden, ulps } from "../random/support.ts";

const data = golden("functions") as {
  log: [x: number, y: number][];
  sincos: [x: number, sin: number, cos: number][];
  fma: [a: number, b: number, c: number, y: number][];
};

describe("arithmetic that is the same in every JavaScript engine", () => {
  test("log gives the nearest double, tiny arguments and neighbours of 1 included", () => {
    expect(data.log.map(([x]) => log(x))).toEqual(data.log.map(([, y]) => y));
  });

  test("sine and cosine give the nearest double from 0 to 2π", () => {
    const out = new Float64Array(2);
    const actual = data.sincos.map(([x]) => {
      sincos(x, out);
      return [x, out[0], out[1]];
    });
    expect(actual).toEqual(data.sincos);
  });

  test("fma rounds a product and a sum once, under cancellation too", () => {
    expect(data.fma.map(([a, b, c]) => fma(a, b, c))).toEqual(data.fma.map(([, , , y]) => y));
  });

  test("fmaf decides by bits beyond the double where rounding twice would see a tie", () => {
    // 8392705 * 8384513 = 2^46 + 1: the product is a little more than half a unit of float32 at 1.
    const [a, b] = [8392705 * 2 ** -35, 8384513 * 2 ** -35];
    expect(Math.fround(a * b + 1)).toBe(1);
    expect(fmaf(a, b, 1)).toBe(1 + 2 ** -23);
    expect(fmaf(-a, b, -1)).toBe(-1 - 2 ** -23);
    // (1 + 2^-23) (1 - 2^-23) is a little less than 1.
    const [c, d, odd] = [(1 + 2 ** -23) * 2 ** -12, (1 - 2 ** -23) * 2 ** -12, 1 + 2 ** -23];
    expect(Math.fround(c * d + odd)).toBe(1 + 2 ** -22);
    expect(fmaf(c, d, odd)).toBe(odd);
    // A true tie goes to the even neighbour.
    expect(fmaf(2 ** -12, 2 ** -12, 1)).toBe(1);
    expect(fmaf(2 ** -12, 2 ** -12, odd)).toBe(1 + 2 ** -22);
  });

  test("the measure of these tests counts units in the last place", () => {
    expect(ulps([1 + 2 ** -51], [1])).toBe(2);
  });
});
