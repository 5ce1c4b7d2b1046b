// Builds and packs the packages, and checks what would be published: publint, are the types wrong, size-limit, and that a
// program compiles and runs, also when a bundler has dropped what seems unused.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

const program = 'import { tensor } from "torchlet";\nconsole.log(tensor([1, 2]).add(1).sum().item());\n';
/** Runs Node, which must print a certain line. @param {string} line @param {...string} args */
function expectLine(line, ...args) {
  const printed = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (printed !== `${line}\n`) throw new Error(`node ${args.join(" ")} printed ${printed}, not ${line}`);
}
expectLine("5", "--input-type=module", "--eval", program);
const naming = 'import { Tensor } from "torchlet"; console.log(Tensor.name);';
expectLine("Tensor", "--input-type=module", "--eval", naming);
const bundle = join(folder, "bundle.mjs");
const { build } = await import("esbuild");
await build({
  stdin: { contents: program, resolveDir: root },
  bundle: true,
  format: "esm",
  outfile: bundle,
  logLevel: "error",
});
expectLine("5", bundle);

// Our types must do without those of browsers, which a program for Node need not have.
symlinkSync(`${root}node_modules`, join(folder, "node_modules"), "junction");
const compilerOptions = {
  noEmit: true,
  strict: true,
  module: "nodenext",
  lib: ["es2022"],
  types: ["node"],
  skipLibCheck: false,
};
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
writeFileSync(join(folder, "program.ts"), program);
run("tsc", "-p", folder);
