// node scripts/test.mjs [vitest's filters and flags]: sets up, runs every test, and closes with one line of counts.

import { run } from "./run.mjs";
import { root, setup } from "./setup.mjs";

setup();
run("tsx", "scripts/doc-examples/main.ts");

const { parseCLI, startVitest } = await import("vitest/node");
const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)]);
const vitest = await startVitest("test", filter, { root, ...options, watch: false });

const counts = { passed: 0, failed: vitest.state.getUnhandledErrors().length, skipped: 0 };
for (const module of vitest.state.getTestModules()) {
  const tests = [...module.children.allTests()];
  for (const test of tests) {
    const { state } = test.result();
    counts[state === "pending" ? "failed" : state]++;
  }
  // A file that cannot be loaded has no test that could fail.
  if (!module.ok() && !tests.some((test) => test.result().state === "failed")) counts.failed++;
}
await vitest.close();

if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
