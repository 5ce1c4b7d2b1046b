/** Runs an example as a user does, for the smoke tests. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** Runs an example that leaves its files in a folder of its own, and looks at both before the folder is removed. */
export function runInFolder(
  name: string,
  args: readonly string[],
  look: (run: ReturnType<typeof runExample> & { readonly folder: string }) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    look({ ...runExample(name, ...args, "--out", folder), folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text of a picture; throws unless the file is a whole one. */
export function readPicture(folder: string, name: string): string {
  const text = readFileSync(join(folder, name), "utf8");
  if (!/^<svg xmlns=[^]*<\/svg>\n$/.test(text))
    throw new Error(`${name} is no picture: ${text.slice(0, 80)}`);
  return text;
}
