/** What a golden run says about each op. */
import { fileURLToPath } from "node:url";
import { gradChecked } from "../golden/grad-checked.ts";
import { opFiles, readOp, type GoldenOp } from "../golden/format.ts";
import { replayOp } from "../golden/replay.ts";
import { dtypes } from "../golden/values.ts";
import { camelCase } from "./names.ts";

export interface OpRow {
  readonly name: string;
  readonly pytorch: string;
  readonly dtypes: string;
  readonly gradient: boolean;
  readonly secondGradient: boolean;
  readonly samples: number;
  readonly passed: number;
  readonly errors: number;
  readonly errorsPassed: number;
  /** A power of ten that no error exceeds, so that the page does not depend on the last bits of a processor. */
  readonly worst: string;
}

const folders = ["visible", "more"].map((name) =>
  fileURLToPath(new URL(`../../packages/tensor/test/golden/${name}`, import.meta.url)),
);

/** One row per op, in alphabetical order of PyTorch's names. */
export function opRows(): OpRow[] {
  const ops = folders.flatMap((folder) => opFiles(folder).map(readOp));
  return ops.map(row).sort((a, b) => (a.pytorch < b.pytorch ? -1 : 1));
}

function row(op: GoldenOp): OpRow {
  const outcomes = replayOp(op);
  const passed = outcomes.filter((o) => o.status === "passed");
  const samples = passed.filter((o) => o.kind === "sample");
  const worst = Math.max(0, ...samples.map((o) => o.worst));
  return {
    name: ownName(op.op),
    pytorch: op.op === "__getitem__" ? "x[...]" : op.op,
    dtypes: [...new Set(op.samples.map((s) => dtypes[s.dtype]))].join(", "),
    gradient: samples.some((o) => o.gradients),
    secondGradient: op.samples.some(gradChecked),
    samples: op.samples.length,
    passed: samples.length,
    errors: op.errors.length,
    errorsPassed: passed.length - samples.length,
    worst: worst === 0 ? "0" : `< 1e${Math.floor(Math.log10(worst)) + 1}`,
  };
}

function ownName(pytorch: string): string {
  if (pytorch === "__getitem__") return "at";
  const inFunctional = pytorch.startsWith("nn.functional.");
  return (inFunctional ? "F." : "") + camelCase(pytorch.replace("nn.functional.", ""));
}
