/** Sizes or dimensions as separate arguments, `view(2, -1)`, or as one array, `view([2, -1])`. */
export type Numbers = number[] | [list: readonly number[]];

/** Takes the two forms of {@link Numbers} as one list. */
export function flat(args: Numbers): readonly number[] {
  return Array.isArray(args[0]) ? (args[0] as readonly number[]) : (args as number[]);
}
