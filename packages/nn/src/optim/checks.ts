import { ValueError } from "@torchlet/tensor";

/** Throws unless every named value is a number of at least 0. */
export function checkNonNegative(op: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values))
    if (!(value >= 0)) throw new ValueError(op, `${name} must be a number of at least 0, got ${value}`);
}

/** Throws unless both decay rates of running averages lie in [0, 1). */
export function checkBetas(op: string, betas: readonly number[]): void {
  if (!Array.isArray(betas) || betas.length !== 2)
    throw new ValueError(op, `betas must be two numbers, got ${String(betas)}`);
  betas.forEach((beta, i) => {
    if (!(beta >= 0 && beta < 1))
      throw new ValueError(op, `betas[${i}] must be at least 0 and less than 1, got ${String(beta)}`);
  });
}
