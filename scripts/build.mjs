// Compiles packages/*/src to dist, from nothing: no output of a renamed source stays behind.

import { readdirSync, rmSync } from "node:fs";
import { run } from "./run.mjs";
import { root, setup } from "./setup.mjs";

setup();
for (const name of readdirSync(`${root}packages`)) {
  rmSync(`${root}packages/${name}/dist`, { recursive: true, force: true });
}
run("tsc", "--build", "tsconfig.build.json");
