import { spawnSync } from "node:child_process";
import { root } from "./setup.mjs";

/** Runs an installed tool in the foreground; if it fails, this process ends with its exit code. @param {string} tool @param {string[]} args */
export function run(tool, ...args) {
  const windows = process.platform === "win32"; // tools are .cmd files there, which need a shell
  const bin = `${root}node_modules/.bin/${tool}`;
  const { status, error } = spawnSync(bin, args, { cwd: root, stdio: "inherit", shell: windows });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
