// node scripts/check.mjs [step ...]: everything that must hold before a commit, one line a step; stops at the first failure.

import { spawnSync } from "node:child_process";
import { root, setup } from "./setup.mjs";

/** The scripts of package.json behind each step. @type {Record<string, string>} */
const steps = {
  types: "typecheck",
  lint: "lint",
  format: "format:check",
  layering: "layering",
  unused: "unused",
  tests: "test",
  packages: "packages",
  docs: "docs",
  site: "docs:test",
};

if (process.argv.includes("--help")) {
  console.log(
    `Usage: pnpm check [step ...]\n\nWithout steps, all of them: ${Object.keys(steps).join(", ")}.`,
  );
  process.exit();
}
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(steps);
const unknown = chosen.filter((step) => !(step in steps));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(", ")}; the steps are ${Object.keys(steps).join(", ")}.`);
  process.exit(2);
}

setup();
for (const step of chosen) {
  process.stdout.write(step.padEnd(10));
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", steps[step] ?? step], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: Infinity,
    shell: process.platform === "win32",
  });
  console.log(`${status === 0 ? "ok" : "FAILED"} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (status !== 0) {
    console.log(`\n${stdout}${stderr}\n\`npm run ${steps[step]}\` repeats this step.`);
    process.exit(1);
  }
}
