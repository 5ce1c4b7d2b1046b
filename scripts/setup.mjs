// Installs the dependencies unless what is installed is what pnpm-lock.yaml names.
// Plain Node without dependencies: this runs before anything is installed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const NODE = [20, 19];
const PNPM = "pnpm@12.21.0";
const stamp = `${root}node_modules/.torchlet-setup`;

/** Brings node_modules up to date; ends the process with a message when that is not possible. */
export function setup() {
  requireNode();
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  const start = performance.now();
  process.stdout.write("Installing the dependencies (only when they have changed) ... ");
  rmSync(stamp, { force: true });
  const { status, output } = pnpm(["install", "--frozen-lockfile"]);
  if (status !== 0) {
    console.log("failed\n");
    console.error(output.trim());
    console.error(
      "\nThe dependencies could not be installed; pnpm's own words are above." +
        "\nIs the npm registry reachable (`npm ping`), and is there room on the disk? Then run the same command again." +
        "\nIf it keeps failing, delete the folder node_modules first.",
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** Runs pnpm at the repository's version, whether or not one is installed. @param {string[]} args */
export function pnpm(args, cwd = root) {
  const windows = process.platform === "win32"; // npx is a .cmd there, which needs a shell
  const { status, stdout, stderr, error } = spawnSync("npx", ["-y", PNPM, ...args], {
    cwd,
    encoding: "utf8",
    shell: windows,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { status, output: error ? String(error) : stdout + stderr };
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  console.error(
    `torchlet needs Node ${NODE.join(".")} or newer; this is Node ${process.versions.node}.` +
      "\nInstall a current version from https://nodejs.org or with your version manager.",
  );
  process.exit(1);
}

/** What the installed packages depend on: the lockfile, and the machine for packages with binaries. */
function fingerprint() {
  const lockfile = createHash("sha256")
    .update(readFileSync(`${root}pnpm-lock.yaml`))
    .digest("hex");
  return `${lockfile} ${process.platform} ${process.arch}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
