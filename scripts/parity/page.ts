/** The page "What of PyTorch exists": which names exist, and how the ops did in the golden run. */
import { fileURLToPath } from "node:url";
import { exceptions } from "../golden/values.ts";
import { existing, moduleTables } from "./names.ts";
import { opRows } from "./ops.ts";

export const pagePath = fileURLToPath(
  new URL("../../docs/guides/17-what-of-pytorch-exists.md", import.meta.url),
);

export function page(): string {
  const rows = opRows();
  const samples = rows.reduce((n, row) => n + row.samples, 0);
  return [
    "---\ntitle: What of PyTorch exists\n---\n\n# What of PyTorch exists\n",
    "This page is written by `pnpm parity` from the code and from a run of `pnpm golden`; nothing on it is typed by hand.\n",
    "## Ops, compared with PyTorch\n",
    `${rows.length} ops, ${samples} samples from PyTorch's own test database and beyond it. "Gradient" and "second gradient" say that the samples ` +
      "with gradients agree with PyTorch's, and that `gradcheck` and `gradgradcheck` pass on them. The worst error is the largest difference of a " +
      "value or gradient, relative to the largest number of its tensor, over `float64` and `float32` samples together; 0 means identical bits.\n",
    table(
      [
        "torchlet",
        "PyTorch",
        "dtypes",
        "gradient",
        "second gradient",
        "samples passed",
        "errors passed",
        "worst error",
      ],
      rows.map((r) => [
        code(r.name),
        code(r.pytorch),
        r.dtypes,
        yes(r.gradient),
        yes(r.secondGradient),
        `${r.passed} of ${r.samples}`,
        `${r.errorsPassed} of ${r.errors}`,
        r.worst,
      ]),
    ),
    "\nDifferences in behaviour:\n",
    ...differences(),
    ...moduleTables().flatMap(({ title, here, missing }) => [
      `\n## ${title}\n`,
      `${here.length} of ${here.length + missing.length} names.\n`,
      `Exists: ${here.map(({ ours, theirs }) => (ours === theirs ? code(ours) : `${code(ours)} (${theirs})`)).join(", ")}.\n`,
      missing.length === 0 ? "" : `Does not exist: ${missing.join(", ")}.\n`,
    ]),
    "\n## Functions without a counterpart of the same name\n",
    `${existing.ours.map(code).join(", ")}.\n`,
    "**Next:** [Words](./18-words.md), or back to [the guides](./00-guides.md).\n",
  ].join("\n");
}

function differences(): string[] {
  return [
    "- Integers are `int32`, also where PyTorch has `int64`: indices, `argmax`, sums of integers and booleans.",
    "- A plain number with a whole value counts as an integer in type promotion, since JavaScript cannot tell `2.0` from `2`.",
    '- `tensor([1, 2])` is `float32`; ask for integers with `{ dtype: "int32" }`.',
    ...Object.entries(exceptions).map(
      ([name, { why }]) => `- \`${name}\` is compared with a wider tolerance: ${why}.`,
    ),
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function yes(value: boolean): string {
  return value ? "yes" : "";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
