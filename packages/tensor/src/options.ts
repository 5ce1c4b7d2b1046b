import { ValueError } from "./errors.ts";

/**
 * Throws unless `options` are an object with known names, for functions and layers of your own that take their options like those of
 * torchlet.
 *
 * TypeScript sees that a bare value cannot be options, and that a name is misspelt; in plain JavaScript, and where types are only
 * stripped, the defaults would be taken silently.
 *
 * @param op - The function or class, as the user called it.
 * @param options - What was given.
 * @param example - One option as it is to be written, for the message.
 * @param names - All options that there are. Default: any.
 * @throws ValueError if `options` are anything but a plain object: a boolean, number, string, function, array, tensor, generator, null.
 * @throws ValueError if one of them has another name than `names`.
 * @example
 * ```ts
 * import { requireOptions } from "@torchlet/tensor";
 *
 * const names = ["bias", "dtype"];
 * requireOptions("Linear", { bias: false }, "bias: false", names);
 * requireOptions("Linear", false, "bias: false", names); // throws ValueError: options must be an object, got false
 * requireOptions("Linear", { Bias: false }, "bias: false", names); // throws ValueError: unknown option Bias; did you mean bias?
 * ```
 */
export function requireOptions(
  op: string,
  options: unknown,
  example: string,
  names?: readonly string[],
): void {
  if (!isPlain(options))
    throw new ValueError(
      op,
      `options must be an object, got ${kindOf(options)}; write them by name, as in { ${example} }`,
    );
  if (names === undefined) return;
  for (const name in options as object)
    if (!names.includes(name)) throw new ValueError(op, `unknown option ${name}; ${hint(name, names)}`);
}

function hint(name: string, names: readonly string[]): string {
  const plain = (text: string): string => text.replaceAll("_", "").toLowerCase();
  const meant = names.find((known) => plain(known) === plain(name));
  if (meant !== undefined) return `did you mean ${meant}?`;
  return names.length === 1 ? `there is only ${names[0]}` : `there are ${names.join(", ")}`;
}

/** Whether it is what `{ ... }` makes. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (isPlain(value)) return "an object";
  if (typeof value === "object" && value !== null) return withArticle(value.constructor.name);
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

const KEEPDIM = ["keepdim"];
/** The options of reductions that may compute in another dtype. */
export const KEEPDIM_AND_DTYPE = ["keepdim", "dtype"];

/** Throws unless `f` can be called. */
export function requireFunction(op: string, what: string, f: unknown): void {
  if (typeof f !== "function") throw new ValueError(op, `${what} must be a function, got ${kindOf(f)}`);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** Whether the options of a reduction, whose names are `keepdim` and perhaps others, say that dimensions are kept. */
export function keepdimOf(op: string, options: { keepdim?: boolean }, names = KEEPDIM): boolean {
  requireOptions(op, options, "keepdim: true", names);
  return options.keepdim ?? false;
}

/** What multiplies the second operand of a sum or difference. */
export function alphaOf(op: string, options: { alpha?: number } | undefined): number {
  if (options === undefined) return 1;
  requireOptions(op, options, "alpha: 2", ["alpha"]);
  return options.alpha ?? 1;
}
