/** Numbers to sort, none of them NaN, and where each of them stood. Both are changed together. */
export interface Line {
  readonly keys: Float64Array;
  readonly order: Int32Array;
}

/** Room for `n` numbers. */
export function lineOf(n: number): Line {
  return { keys: new Float64Array(n), order: new Int32Array(n) };
}

/** Sorts the first `n` numbers of a line, equal ones in their order; returns where they stood. */
export type Sort = (n: number, line: Line) => Int32Array;
