/** What values are that anybody may have given, in plain JavaScript or where types are only stripped. */

/** Whether it is what `{ ... }` makes. */
export function isPlainObject(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
}

/** Whether it is a list of some kind; a string does not count. */
export function isIterable(x: unknown): x is Iterable<unknown> {
  return typeof x === "object" && x !== null && Symbol.iterator in x;
}

/** What a value is, for messages. */
export function kindOf(x: unknown): string {
  if (Array.isArray(x)) return "an array";
  if (typeof x === "function") return "a function";
  if (isPlainObject(x)) return "an object";
  return typeof x === "object" && x !== null ? `an object of class ${x.constructor.name}` : String(x);
}
