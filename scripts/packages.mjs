// Builds and packs the packages, and checks what would be published: publint, are the types wrong, size-limit.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { pnpm, root } from "./setup.mjs";
import "./build.mjs";

const folder = mkdtempSync(join(tmpdir(), "torchlet-packages-"));
for (const name of readdirSync(`${root}packages`)) {
  const { status, output } = pnpm(["pack", "--pack-destination", folder], `${root}packages/${name}`);
  if (status !== 0) throw new Error(`packing ${name} failed:\n${output}`);
}
try {
  for (const tarball of readdirSync(folder)) {
    run("publint", "run", "--strict", join(folder, tarball));
    run("attw", "--profile", "esm-only", join(folder, tarball));
  }
  run("size-limit");
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {string} tool @param {string[]} args */
function run(tool, ...args) {
  execFileSync(`${root}node_modules/.bin/${tool}`, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
