import { ValueError } from "@torchlet/tensor";
import { checkFinite } from "../arguments/numbers.ts";

/** Throws unless both decay rates of running averages lie in [0, 1). */
export function checkBetas(op: string, betas: readonly number[]): void {
  if (!Array.isArray(betas) || betas.length !== 2)
    throw new ValueError(op, `betas must be two numbers, got ${String(betas)}`);
  betas.forEach((beta, i) => {
    if (!(typeof beta === "number" && beta >= 0 && beta < 1))
      throw new ValueError(op, `betas[${i}] must be at least 0 and less than 1, got ${String(beta)}`);
  });
}

/** Throws unless all of them are functions. */
export function checkFunctions(op: string, name: string, values: readonly unknown[]): void {
  if (!values.every((value) => typeof value === "function"))
    throw new ValueError(op, `${name} must be a function, or a list with one for each parameter group`);
}

/** One value for each of `count` parameter groups, from one for all or a list. */
export function perGroup<T>(op: string, name: string, value: T | readonly T[], count: number): readonly T[] {
  if (!Array.isArray(value)) return new Array<T>(count).fill(value as T);
  if (value.length !== count)
    throw new ValueError(
      op,
      `${name} has ${value.length} entries, the optimizer has ${count} parameter groups`,
    );
  return value as readonly T[];
}

/** The same for finite numbers. */
export function numbersPerGroup(
  op: string,
  name: string,
  value: number | readonly number[],
  count: number,
): readonly number[] {
  const values = perGroup(op, name, value, count);
  for (const v of values) checkFinite(op, { [name]: v });
  return values;
}
