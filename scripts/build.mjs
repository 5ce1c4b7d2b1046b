// Builds packages/*/dist from nothing: declarations of every file, and one JavaScript file for each entry point, because importing
// hundreds of small ones takes four times as long.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";
import { run } from "./run.mjs";
import { root, setup } from "./setup.mjs";

setup();
const packages = readdirSync(`${root}packages`).map((name) => `${root}packages/${name}`);
for (const folder of packages) rmSync(`${folder}/dist`, { recursive: true, force: true });
run("tsc", "--build", "tsconfig.build.json");
await Promise.all(packages.map(bundle));

/** What several files share goes into files of its own, so that there is one of everything. @param {string} folder */
async function bundle(folder) {
  const namespaces = namespacesOf(folder);
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: folder,
    entryPoints: [...entryPoints(folder), ...namespaces.map((path) => path.replace("./", "./src/"))],
    outbase: "src",
    outdir: "dist",
    bundle: true,
    splitting: true,
    chunkNames: "shared-[hash]",
    packages: "external",
    plugins: [leave(namespaces)],
    format: "esm",
    platform: "neutral",
    target: "es2022",
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
  });
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, path.endsWith(".js") ? withOwnNames(text) : text);
  }
}

/**
 * Bundling calls a class `_Tensor` inside if it mentions itself; printed and in errors it has the name that it has in the sources.
 *
 * @param {string} text
 */
function withOwnNames(text) {
  return Array.from(text.matchAll(/^var (\w+) = class _\1\b/gm)).reduce(
    (renamed, [, name = ""]) => renamed.replace(new RegExp(`\\b_${name}\\b`, "g"), name),
    text,
  );
}

/** @param {string} folder */
function entryPoints(folder) {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const { exports } = /** @type {{ exports: Record<string, string | Record<string, string>> }} */ (manifest);
  return Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : [entry["@torchlet/source"] ?? ""],
  );
}

/** The modules that src/index.ts exports as namespaces. @param {string} folder */
function namespacesOf(folder) {
  const index = readFileSync(`${folder}/src/index.ts`, "utf8");
  return [
    ...new Set(Array.from(index.matchAll(/^export \* as \w+ from "(\.[^"]+)"/gm), ([, path = ""]) => path)),
  ];
}

/**
 * Keeps namespaces apart: copied into the index they would become objects, of which no bundler of a user can leave anything out.
 *
 * @param {string[]} namespaces @returns {import("esbuild").Plugin}
 */
function leave(namespaces) {
  return {
    name: "leave-namespaces",
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ path, importer }) =>
        importer.endsWith("/src/index.ts") && namespaces.includes(path)
          ? { path: path.replace(/\.ts$/, ".js"), external: true }
          : undefined,
      );
    },
  };
}
