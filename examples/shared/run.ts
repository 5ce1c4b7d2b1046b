/** Runs an example as a user does, for the smoke tests. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The arguments with which `spawn` runs `pnpm example NAME args...`. */
export function exampleCommand(name: string, ...args: string[]) {
  const node = ["--conditions=@torchlet/source", "--import", "tsx", `examples/${name}/main.ts`];
  return [process.execPath, [...node, ...args], { cwd: root }] as const;
}

/** What `pnpm example NAME args...` wrote, and its exit status. */
export function runExample(name: string, ...args: string[]) {
  const [command, argv, options] = exampleCommand(name, ...args);
  const { status, stdout, stderr } = spawnSync(command, argv, { ...options, encoding: "utf8" });
  return { status, stdout, stderr, lines: stdout.trimEnd().split("\n") };
}
