// What the generated tests call. They know a Tensor only by its `toArray`.

import { format } from "node:util";
import { expect } from "vitest";

interface Expected {
  readonly text: string;
  readonly value?: unknown;
}

/** `expression; // => value` */
export function equal(actual: unknown, expected: Expected): void {
  if ("value" in expected) expect(plain(actual)).toEqual(expected.value);
  else expect(lines(String(actual))).toBe(expected.text);
}

/** `console.log(expression); // => value`: the value, or what is printed. */
export function printed(args: readonly unknown[], expected: Expected): void {
  if (lines(format(...args)) === expected.text) return;
  if ("value" in expected && args.length === 1) equal(args[0], expected);
  else expect(lines(format(...args))).toBe(expected.text);
}

/** `expression; // throws ErrorName: part of the message` */
export function throws(run: () => unknown, claim: string): void {
  let error: unknown;
  try {
    run();
  } catch (caught) {
    error = caught;
  }
  checkError(error, claim);
}

/** `await expression; // throws ErrorName: part of the message` */
export async function rejects(run: () => Promise<unknown>, claim: string): Promise<void> {
  let error: unknown;
  try {
    await run();
  } catch (caught) {
    error = caught;
  }
  checkError(error, claim);
}

function checkError(error: unknown, claim: string): void {
  const { name, message } = /^(?<name>\w+)(?::\s*(?<message>[^]*))?$/.exec(claim)?.groups ?? {};
  if (name === undefined)
    throw new SyntaxError(`write "// throws ErrorName: part of its message", not "${claim}"`);
  if (!(error instanceof Error))
    throw new Error(`nothing was thrown where the example says: throws ${claim}`);
  expect(error.name).toBe(name);
  expect(lines(error.message)).toContain(message ?? "");
}

/**
 * A number that was written rounded: within 1e-4 of it relatively, or within the rounding of its last place where
 * that is the fourth or a later one (as tensors are printed).
 */
export function near(written: string): unknown {
  const expected = Number(written);
  const decimals = /\.(\d*)$/.exec(written)?.[1]?.length ?? 0;
  const rounding = decimals >= 4 ? 0.5 * 10 ** -decimals : 0;
  const tolerance = Math.max(1e-4 * Math.abs(expected), rounding, 1e-8);
  return {
    $$typeof: Symbol.for("jest.asymmetricMatcher"),
    asymmetricMatch: (actual: unknown) =>
      typeof actual === "number" && Math.abs(actual - expected) <= tolerance,
    toAsymmetricMatcher: () => `about ${written}`,
    toString: () => "near",
  };
}

/** False, in a way that the compiler does not see: for code that is only type-checked. */
export function never(): boolean {
  return false;
}

/** Tensors and typed arrays as (nested) arrays, negative zero as zero. */
function plain(value: unknown): unknown {
  if (typeof value === "number") return value === 0 ? 0 : value;
  if (typeof value !== "object" || value === null) return value;
  if ("toArray" in value) return plain((value as { toArray(): unknown }).toArray());
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as Float64Array, plain);
  if (Symbol.iterator in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function lines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}
