// Turns every @example of the packages and every `ts` block of the markdown texts into a test in .doc-examples/.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { blocksInMarkdown, examplesInSource, type Block } from "./extract.ts";
import { testModule } from "./translate.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".doc-examples");
const assertions = join(root, "scripts/doc-examples/assertions.ts");

rmSync(out, { recursive: true, force: true });

for (const file of globSync("packages/*/src/**/*.ts", { cwd: root })) {
  examplesInSource(file, read(file)).forEach(({ symbol, blocks }, i) => {
    write(`${file.replace(/\.ts$/, "")}/${i + 1}-${symbol}`, symbol, file, blocks);
  });
}

for (const file of globSync(["{README,CONTRIBUTING}.md", "packages/*/README.md", "docs/guides/**/*.md"], {
  cwd: root,
})) {
  const blocks = blocksInMarkdown(read(file));
  const isolated = blocks.filter((block) => block.marks.includes("isolated"));
  const together = blocks.filter((block) => !isolated.includes(block));
  if (together.length > 0) write(file, "read from top to bottom", file, together);
  isolated.forEach((block, i) => {
    write(`${file}-${i + 1}`, "on its own", file, [block]);
  });
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function write(name: string, title: string, origin: string, blocks: readonly Block[]): void {
  const path = join(out, `${name}.test.ts`);
  const helpers = relative(dirname(path), assertions).replaceAll("\\", "/");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, testModule(title, origin, blocks, helpers));
}
