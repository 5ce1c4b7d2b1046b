/** The results as a page of the documentation. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";
import { markdownTable } from "./table.ts";
import type { Outcome } from "./tournament.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const path = `${root}docs/performance.md`;

/** A run and what is special about it. */
export interface Section {
  readonly title: string;
  readonly outcome: Outcome;
}

/** Writes docs/performance.md. */
export function writePage(sections: readonly Section[], soak: string): void {
  writeFileSync(path, page(sections, soak));
  execFileSync(process.execPath, [`${root}node_modules/prettier/bin/prettier.cjs`, "--write", path]);
}

function page(sections: readonly Section[], soak: string): string {
  const { version } = JSON.parse(readFileSync(`${root}packages/torchlet/package.json`, "utf8")) as {
    version: string;
  };
  const processors = `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown processor"}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `---
title: Performance, measured
---

# Performance, measured

Written by \`pnpm bench --write\`; do not edit. torchlet ${version}, ${new Date().toISOString().slice(0, 10)}, on ${processors}, ${memory}, ${type()} ${release()}.

Times are medians: every row is warmed up, then measured in three rounds in which torchlet and its peers take turns, each in a process of its own. The
columns with a colon are ratios, torchlet's time to the peer's: below 1 torchlet is faster. An empty cell means that the peer does not have the
operation, or would take seconds. jax-js has no dropout, so its classifier has none; js-pytorch has no SGD, so it takes Adam's steps; peers other
than PyTorch compute the XOR step in float32 instead of float64. A matrix "transposed" lies in memory the other way round and is multiplied as it lies.
An epoch includes turning bytes into numbers and counting hits. Rows that end in 1024x64 are what else networks are made of, for 1,024 examples with 64
features; of the peers, only PyTorch does them. "Kernel alone" is a function of WebAssembly without an operation around it.

${sections.map(section).join("\n\n")}

## Memory over long runs

What \`pnpm soak\` prints: megabytes of the whole process (resident set size) on the way through 100,000 steps without a pause, in which
finalizers never get a chance. What a program keeps, such as 100,000 losses or slices, is its own.

\`\`\`text
${soak.trimEnd()}
\`\`\`
`;
}

function section({ title, outcome: { results, versions } }: Section): string {
  const names = Object.values(versions);
  const beside = names.length > 0 ? `Beside ${names.join("; ")}.` : "Without peers.";
  const [first] = results;
  const own = first
    ? `Provider of kernels: ${first.provider}, on ${first.threads} thread${first.threads === 1 ? "" : "s"}. `
    : "";
  return `## ${title}\n\n${own}${beside}\n\n${markdownTable(results)}`;
}
