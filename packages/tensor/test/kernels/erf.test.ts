import { expect, test } from "vitest";
import { erf } from "../../src/kernels/scalar/erf.ts";

// From mpmath, to 30 digits, rounded.
test.each([
  [0.0, 0.0],
  [1e-300, 1.1283791670955126e-300],
  [1e-9, 1.1283791670955127e-9],
  [0.1, 0.1124629160182849],
  [0.3, 0.3286267594591274],
  [0.5, 0.5204998778130465],
  [0.84, 0.7651427114549945],
  [0.85, 0.7706680576083526],
  [1.0, 0.8427007929497149],
  [1.2, 0.9103139782296353],
  [1.26, 0.9252359418101295],
  [1.7, 0.9837904585907745],
  [2.5, 0.999593047982555],
  [2.86, 0.9999475988269556],
  [3.3, 0.9999969422902035],
  [4.7, 0.9999999999700474],
  [5.9, 0.9999999999999999],
  [6.5, 1.0],
  [Infinity, 1],
])("the error function of %d is off by less than 1 unit in the last place", (x, truth) => {
  for (const sign of [1, -1]) {
    const error = Math.abs(erf(sign * x) - sign * truth);
    expect(error).toBeLessThanOrEqual(truth * Number.EPSILON);
  }
});

test("the error function is odd, and that of NaN is NaN", () => {
  expect(erf(-0)).toBe(-0);
  expect(erf(NaN)).toBe(NaN);
});
