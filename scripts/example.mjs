// node scripts/example.mjs NAME [flags]: runs examples/NAME/main.ts from its sources, or lists the examples.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { root, setup } from "./setup.mjs";

const [name, ...flags] = process.argv.slice(2);
const main = (/** @type {string} */ example) => `${root}examples/${example}/main.ts`;

if (name !== undefined && existsSync(main(name))) {
  setup();
  run(main(name), flags);
} else {
  const asked = name === undefined || name === "--help" || name === "-h";
  const write = asked ? console.log : console.error;
  if (!asked) write(`There is no example "${name}".\n`);
  write("pnpm example NAME [flags], each with --help:\n");
  for (const example of examples()) write(`  ${example.padEnd(18)} ${description(example)}`);
  process.exitCode = asked ? 0 : 1;
}

/** @param {string} file @param {string[]} args */
function run(file, args) {
  const node = ["--conditions=@torchlet/source", "--import", import.meta.resolve("tsx"), file, ...args];
  const child = spawn(process.execPath, node, { stdio: "inherit" });

  // A terminal sends Ctrl-C to parent and child alike; passing it on would deliver it twice.
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on("SIGINT", () => inTerminal || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));

  child.on("exit", (code, signal) => {
    process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

function examples() {
  return readdirSync(`${root}examples`).filter((entry) => existsSync(main(entry)));
}

/** The first line of the doc comment at the head of an example. @param {string} example */
function description(example) {
  return /^\/\*\*[\s*]*(.*?)[\s*/]*$/m.exec(readFileSync(main(example), "utf8"))?.[1] ?? "";
}
