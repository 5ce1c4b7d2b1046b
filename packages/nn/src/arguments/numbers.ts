import { ValueError } from "@torchlet/tensor";
import { kindOf } from "@torchlet/tensor/checks";

/** Throws unless every named value is a number. */
export function checkNumbers(op: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values))
    if (typeof value !== "number") throw new ValueError(op, `${name} must be a number, got ${kindOf(value)}`);
}

/** Throws unless every named value is an integer of at least 0. */
export function checkSizes(op: string, sizes: Readonly<Record<string, unknown>>): void {
  for (const [name, size] of Object.entries(sizes))
    if (!Number.isInteger(size) || (size as number) < 0)
      throw new ValueError(op, `${name} must be an integer of at least 0, got ${kindOf(size)}`);
}

/** Throws unless every named value is a number of at least 0. */
export function checkNonNegative(op: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(typeof value === "number" && value >= 0))
      throw new ValueError(op, `${name} must be a number of at least 0, got ${String(value)}`);
}

/** Throws unless every named value is a finite number above 0. */
export function checkPositive(op: string, values: Readonly<Record<string, number>>): void {
  checkFinite(op, values);
  for (const [name, value] of Object.entries(values))
    if (value <= 0) throw new ValueError(op, `${name} must be above 0, got ${value}`);
}

/** Throws unless every named value is a finite number. */
export function checkFinite(op: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isFinite(value))
      throw new ValueError(op, `${name} must be a finite number, got ${String(value)}`);
}

/** Throws unless every named value is an integer of at least 1. */
export function checkCount(op: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isInteger(value) || value < 1)
      throw new ValueError(op, `${name} must be an integer of at least 1, got ${String(value)}`);
}

/** Throws unless every named value lies between 0 and 1, both included. */
export function checkFraction(op: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value >= 0 && value <= 1))
      throw new ValueError(op, `${name} must lie between 0 and 1, got ${value}`);
}
