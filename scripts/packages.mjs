// Builds and packs the packages, and checks what would be published: publint, are the types wrong, size-limit, and that a
// program runs, also when a bundler has dropped what seems unused.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "./build.mjs";
import { run } from "./run.mjs";
import { pnpm, root } from "./setup.mjs";

const folder = mkdtempSync(join(tmpdir(), "torchlet-packages-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true });
});

for (const name of readdirSync(`${root}packages`)) {
  const { status, output } = pnpm(["pack", "--pack-destination", folder], `${root}packages/${name}`);
  if (status !== 0) throw new Error(`packing ${name} failed:\n${output}`);
}
for (const tarball of readdirSync(folder)) {
  run("publint", "run", "--strict", join(folder, tarball));
  run("attw", "--profile", "esm-only", "--format", "ascii", join(folder, tarball));
}
run("size-limit");

const program = 'import { tensor } from "torchlet"; console.log(tensor([1, 2]).add(1).sum().item());';
execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: root, stdio: "inherit" });
const bundle = join(folder, "bundle.mjs");
const { build } = await import("esbuild");
await build({ stdin: { contents: program, resolveDir: root }, bundle: true, format: "esm", outfile: bundle });
execFileSync(process.execPath, [bundle], { stdio: "inherit" });
