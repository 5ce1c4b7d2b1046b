import { ValueError } from "./errors.ts";

/**
 * Throws unless `options` are an object, for functions and layers of your own that take their options like those of torchlet.
 *
 * TypeScript sees that a bare value cannot be options; in plain JavaScript it would count as no options at all, and the defaults would
 * be taken silently.
 *
 * @param op - The function or class, as the user called it.
 * @param options - What was given.
 * @param example - One option as it is to be written, for the message.
 * @throws ValueError if `options` are anything but a plain object: a boolean, number, string, function, array, tensor, generator, null.
 * @example
 * ```ts
 * import { requireOptions } from "@torchlet/tensor";
 *
 * requireOptions("Linear", { bias: false }, "bias: false");
 * requireOptions("Linear", false, "bias: false"); // throws ValueError: options must be an object, got false
 * ```
 */
export function requireOptions(op: string, options: unknown, example: string): void {
  if (isPlain(options)) return;
  throw new ValueError(
    op,
    `options must be an object, got ${kindOf(options)}; write them by name, as in { ${example} }`,
  );
}

/** Whether it is what `{ ... }` makes. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return `a ${value.constructor.name}`;
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Whether the options of a reduction say that dimensions are kept. */
export function keepdimOf(op: string, options: { keepdim?: boolean }): boolean {
  requireOptions(op, options, "keepdim: true");
  return options.keepdim ?? false;
}
