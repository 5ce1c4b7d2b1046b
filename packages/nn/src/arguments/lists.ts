/** Whether it is a list of some kind; a string does not count. */
export function isIterable(x: unknown): x is Iterable<unknown> {
  return typeof x === "object" && x !== null && Symbol.iterator in x;
}
