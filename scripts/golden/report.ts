/** The table of a golden run. */
import type { GoldenOp } from "./format.ts";
import type { Outcome } from "./replay.ts";
import { exceptions } from "./values.ts";

const columns = ["samples", "values", "gradients", "errors", "skipped", "failed", "worst error"] as const;

function cells(name: string, values: readonly (string | number)[]): string {
  return name.padEnd(46) + values.map((v, i) => String(v).padStart(columns[i]!.length + 2)).join("");
}

export function header(ops: readonly GoldenOp[]): string {
  return cells(`${ops.length} ops`, columns);
}

/** One line: how many samples there are, and how many values, gradients and errors agreed. */
export function row(op: GoldenOp, outcomes: readonly Outcome[]): string {
  const passed = outcomes.filter((o) => o.status === "passed");
  const samples = passed.filter((o) => o.kind === "sample");
  const count = (status: Outcome["status"]): number => outcomes.filter((o) => o.status === status).length;
  const worst = Math.max(0, ...samples.map((o) => o.worst));
  return cells(op.op, [
    op.samples.length,
    samples.length,
    samples.filter((o) => o.gradients).length,
    `${passed.length - samples.length}/${op.errors.length}`,
    count("skipped") || "",
    count("failed") || "",
    worst === 0 ? "0" : worst.toExponential(1),
  ]);
}

/** What was skipped and why, then the last line with the totals. */
export function summary(outcomes: readonly Outcome[]): string[] {
  const by = (status: Outcome["status"]): Outcome[] => outcomes.filter((o) => o.status === status);
  return [
    "",
    ...Object.entries(exceptions).map(([name, { absolute, relative = 0, why }]) => `wider tolerance: ${name} may differ by ${absolute ?? `${relative} of the largest`}: ${why}`),
    ...skipped(by("skipped")),
    `${by("passed").length} passed, ${by("failed").length} failed, ${by("skipped").length} skipped`,
  ];
}

/** One line per reason, with the first few cases that it holds for. */
function skipped(outcomes: readonly Outcome[]): string[] {
  const reasons = new Set(outcomes.map((o) => o.reason));
  return [...reasons].map((reason) => {
    const ids = outcomes.filter((o) => o.reason === reason).map((o) => o.id);
    const more = ids.length > 5 ? ", ..." : "";
    return `skipped: ${reason} (${ids.length}: ${ids.slice(0, 5).join(", ")}${more})`;
  });
}
