/** Runs an example as a user does, for the smoke tests. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `pnpm example NAME args...` wrote, and its exit status. */
export function runExample(name: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=@torchlet/source", "--import", "tsx", `examples/${name}/main.ts`, ...args],
    { cwd: root, encoding: "utf8" },
  );
  return { status, stdout, stderr, lines: stdout.trimEnd().split("\n") };
}
