// Compiles packages/*/src to dist, from nothing: no output of a renamed source stays behind.

import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { root, setup } from "./setup.mjs";

setup();
for (const name of readdirSync(`${root}packages`)) {
  rmSync(`${root}packages/${name}/dist`, { recursive: true, force: true });
}
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "--build", `${root}tsconfig.build.json`], { stdio: "inherit" });
