import type { Tensor } from "@torchlet/tensor";
import { describe, test } from "vitest";
import { camelCase, create, data, expectNear, golden, Problem, type Run } from "./problem.ts";

const more = golden("optimizers-more.json") as { readonly runs: readonly Run[] };

/** What the golden data's README states: relative errors that PyTorch's fused multiply-adds explain. */
const tolerances = {
  float64: { losses: 1e-10, parameters: 1e-10 },
  float32: { losses: 1e-4, parameters: 2e-3 },
};

function paramsOf({ w, b }: Problem, run: Run): Tensor[] | { params: Tensor }[] {
  const [forW, forB] = run.groups ?? [];
  return forW && forB
    ? [
        { params: w, ...camelCase(forW) },
        { params: b, ...camelCase(forB) },
      ]
    : [w, b];
}

describe("optimizers take PyTorch's steps", () => {
  test.each([...data.runs, ...more.runs].map((run) => [title(run), run] as const))("%s", (_, run) => {
    const { losses, parameters } = tolerances[run.dtype];
    const problem = new Problem(run.dtype);
    const optimizer = create(run.optimizer, paramsOf(problem, run), run.options);
    const seen: number[] = [];
    for (const [step, after] of Object.entries(run.after)) {
      seen.push(...problem.train(optimizer, Number(step) - seen.length));
      expectNear(problem.values(), [...after.w, ...after.b], parameters);
    }
    expectNear(seen, run.losses, losses);
  });
});

function title({ optimizer, options, groups, dtype }: Run): string {
  return `${optimizer} ${JSON.stringify(options)} ${groups ? JSON.stringify(groups) : ""} in ${dtype}`;
}
