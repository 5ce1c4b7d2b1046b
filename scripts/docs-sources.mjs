// Puts the sources beside the reference pages, as text that every browser shows: what "Defined in" links to.

import { cpSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";

const root = fileURLToPath(new URL("..", import.meta.url));

for (const file of globSync("*/src/**/*.ts", { cwd: `${root}packages` })) {
  const copy = `${root}docs/site/source/${file}.txt`;
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(`${root}packages/${file}`, copy);
}
