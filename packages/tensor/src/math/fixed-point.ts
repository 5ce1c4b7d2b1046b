/** Constants far beyond double precision, as integers times 2^-200: what the tables are made from, once, at the first use of a function. */

const BITS = 200n;
export const ONE = 1n << BITS;

/** `a b`. */
export function multiply(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

/** The leading double of a fixed-point number, and the double that is left over. */
export function split(x: bigint): [high: number, low: number] {
  const high = Number(x);
  return [high / 2 ** 200, Number(x - BigInt(high)) / 2 ** 200];
}

/** The multiple of 2^-places below a fixed-point number, and the rest. */
export function splitAt(x: bigint, places: number): [high: number, rest: bigint] {
  const drop = BITS - BigInt(places);
  const high = (x >> drop) << drop;
  return [Number(high) / 2 ** 200, x - high];
}

/** `atanh(a / b)` for `sign` 1, `atan(a / b)` for `sign` -1, in units of 1 / one: Gregory's series. */
export function inverseTangent(a: bigint, b: bigint, sign: 1n | -1n, one = ONE): bigint {
  let sum = 0n;
  for (let power = (one * a) / b, k = 1n; power !== 0n; power = (sign * power * a * a) / (b * b), k += 2n)
    sum += power / k;
  return sum;
}

/** cosh x and sinh x for `sign` 1, cos x and sin x for `sign` -1: Taylor's series. */
export function cosineAndSine(x: bigint, sign: 1n | -1n): [cosine: bigint, sine: bigint] {
  const sums: [bigint, bigint] = [0n, 0n];
  for (let term = ONE, n = 0; term !== 0n; n++, term = multiply(term, x) / BigInt(n)) {
    sums[n % 2]! += term;
    if (n % 2 === 1) term *= sign;
  }
  return sums;
}

/** ln 2. */
export function ln2(): bigint {
  return 2n * inverseTangent(1n, 3n, 1n);
}

/** π, in units of 1 / one. Source: J. Machin (1706). */
export function pi(one = ONE): bigint {
  return 16n * inverseTangent(1n, 5n, -1n, one) - 4n * inverseTangent(1n, 239n, -1n, one);
}
