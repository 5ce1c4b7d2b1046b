// node bench/main.mjs [NAME ...] [flags]: measures torchlet beside its peers; --help says how.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setup } from "../scripts/setup.mjs";

process.stdout.write = process.stderr.write.bind(process.stderr); // `--json` prints JSON and nothing else
setup();

const main = fileURLToPath(new URL("src/main.ts", import.meta.url));
const child = spawn(
  process.execPath,
  ["--import", import.meta.resolve("tsx"), main, ...process.argv.slice(2)],
  {
    stdio: "inherit",
  },
);

// A terminal sends Ctrl-C to parent and child alike; elsewhere it must be passed on.
const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
process.on("SIGINT", () => inTerminal || child.kill("SIGINT"));
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
