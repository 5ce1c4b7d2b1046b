import { exp } from "../../math/index.ts";

/** Coefficients of the numerator and of the denominator, the highest power first. */
interface Quotient {
  readonly over: readonly number[];
  readonly under: readonly number[];
}

/** `erf(t) / t - 1` by powers of t², for t below 0.84375. */
const near0: Quotient = {
  over: [
    -2.37630166566501626e-5, -5.77027029648944159e-3, -2.84817495755985105e-2, -3.25042107247001499e-1,
    1.28379167095512559e-1,
  ],
  under: [
    -3.96022827877536812e-6, 1.32494738004321645e-4, 5.08130628187576563e-3, 6.50222499887672944e-2,
    3.97917223959155353e-1, 1,
  ],
};

/** `erf(t)` less {@link AROUND_1}, by powers of t - 1, for t below 1.25. */
const near1: Quotient = {
  over: [
    -2.166375594868790843e-3, 3.54783043256182359e-2, -1.10894694282396677e-1, 3.18346619901161754e-1,
    -3.72207876035701324e-1, 4.14856118683748332e-1, -2.36211856075265944e-3,
  ],
  under: [
    1.19844998467991074e-2, 1.3637083912029051e-2, 1.26171219808761642e-1, 7.18286544141962663e-2,
    5.40397917702171049e-1, 1.06420880400844228e-1, 1,
  ],
};
const AROUND_1 = 8.4506291151046753e-1;

/** `log(t (1 - erf(t))) + t² + 9/16` by powers of 1/t², for t below 1/0.35. */
const middle: Quotient = {
  over: [
    -9.81432934416914549, -8.12874355063065934e1, -1.84605092906711036e2, -1.6239666946257347e2,
    -6.2375332450326006e1, -1.0558626225323291e1, -6.93858572707181764e-1, -9.86494403484714823e-3,
  ],
  under: [
    -6.04244152148580987e-2, 6.5702497703192817, 1.08635005541779435e2, 4.29008140027567833e2,
    6.4538727173326788e2, 4.34565877475229229e2, 1.37657754143519043e2, 1.96512716674392571e1, 1,
  ],
};

/** The same beyond. */
const far: Quotient = {
  over: [
    -4.83519191608651397e2, -1.02509513161107725e3, -6.37566443368389628e2, -1.60636384855821916e2,
    -1.7757954917754752e1, -7.99283237680523007e-1, -9.86494292470009929e-3,
  ],
  under: [
    -2.24409524465858183e1, 4.74528541206955367e2, 2.55305040643316443e3, 3.19985821950859554e3,
    1.53672958608443696e3, 3.25792512996573919e2, 3.03380607434824583e1, 1,
  ],
};

function polynomial(coefficients: readonly number[], x: number): number {
  let y = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) y = y * x + coefficients[i]!;
  return y;
}

function quotient({ over, under }: Quotient, x: number): number {
  return polynomial(over, x) / polynomial(under, x);
}

/**
 * The error function, less than 1 unit in the last place from the truth.
 *
 * Source of the rational approximations: fdlibm, Sun Microsystems 1993.
 */
export function erf(x: number): number {
  const t = Math.abs(x);
  if (t !== t) return NaN;
  const y = erfOfPositive(t);
  return x < 0 || Object.is(x, -0) ? -y : y;
}

function erfOfPositive(t: number): number {
  if (t < 0.84375) return t + t * quotient(near0, t * t);
  if (t < 1.25) return AROUND_1 + quotient(near1, t - 1);
  if (t > 6) return 1;
  const s = 1 / (t * t);
  return 1 - exp(quotient(t < 1 / 0.35 ? middle : far, s) - 0.5625 - t * t) / t;
}
