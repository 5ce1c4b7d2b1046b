import { Tensor, ValueError } from "@torchlet/tensor";
import type { OptimizerStateDict, ParamGroup } from "./optimizer.ts";

/** Throws one error that lists everything in `saved` which does not fit the groups of an optimizer. */
export function checkStateDict<O extends object, S extends object>(
  optimizer: string,
  groups: readonly ParamGroup<O>[],
  defaults: O,
  expectedState: (x: Tensor, options: O) => S,
  saved: OptimizerStateDict<O, S>,
): void {
  const problems = checkGroups(groups, defaults, saved);
  if (problems.length === 0) problems.push(...checkStates(groups, expectedState, saved));
  if (problems.length > 0)
    throw new ValueError(
      "loadStateDict",
      `what was saved does not fit this ${optimizer}:\n  ${problems.join("\n  ")}`,
    );
}

function checkGroups<O extends object, S extends object>(
  groups: readonly ParamGroup<O>[],
  defaults: O,
  saved: OptimizerStateDict<O, S>,
): string[] {
  if (!isRecord(saved) || !isRecord(saved.state) || !Array.isArray(saved.paramGroups))
    return ["expected what stateDict() returns: { state: { 0: ... }, paramGroups: [...] }"];
  if (saved.paramGroups.length !== groups.length)
    return [`saved were ${saved.paramGroups.length} parameter groups, here are ${groups.length}`];
  return groups.flatMap(({ params }, i) => checkGroup(`group ${i}`, params, defaults, saved.paramGroups[i]));
}

function checkGroup(where: string, params: readonly Tensor[], defaults: object, saved: unknown): string[] {
  if (!isRecord(saved) || !Array.isArray(saved.params)) return [`${where} has no list of params`];
  const problems = Object.entries(defaults)
    .filter(([name, value]) => kindOf(saved[name]) !== kindOf(value))
    .map(([name, value]) => `${where}: ${name} is ${kindOf(saved[name])}, expected ${kindOf(value)}`);
  if (saved.params.length !== params.length)
    problems.push(`${where}: saved were ${saved.params.length} parameters, here are ${params.length}`);
  return problems;
}

function checkStates<O extends object, S extends object>(
  groups: readonly ParamGroup<O>[],
  expectedState: (x: Tensor, options: O) => S,
  saved: OptimizerStateDict<O, S>,
): string[] {
  const expected = new Map<number, { x: Tensor; options: O }>();
  saved.paramGroups.forEach((options, g) =>
    options.params.forEach((index, i) => expected.set(index, { x: groups[g]!.params[i]!, options })),
  );
  return Object.entries(saved.state).flatMap(([index, state]) => {
    const target = expected.get(Number(index));
    if (target === undefined) return [`state of a parameter ${index} that is in no group`];
    return checkState(`parameter ${index}`, target.x, expectedState(target.x, target.options), state);
  });
}

function checkState(where: string, x: Tensor, expected: object, saved: unknown): string[] {
  if (!isRecord(saved)) return [`${where}: its state is ${kindOf(saved)}`];
  const unexpected = Object.keys(saved).filter((name) => !(name in expected));
  const problems = unexpected.map((name) => `${where}: unexpected ${name}`);
  for (const [name, value] of Object.entries(expected)) {
    const found = saved[name];
    const optional = value === null && (found === null || found instanceof Tensor);
    if (!optional && kindOf(found) !== kindOf(value))
      problems.push(`${where}: ${name} is ${kindOf(found)}, expected ${kindOf(value)}`);
    else if (found instanceof Tensor && String(found.shape) !== String(x.shape))
      problems.push(
        `${where}: ${name} has shape [${found.shape.join(", ")}], expected [${x.shape.join(", ")}]`,
      );
  }
  return problems;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (value instanceof Tensor) return "a tensor";
  return Array.isArray(value) ? `an array of ${value.length}` : `a ${typeof value}`;
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}
