// Compiles assembly/*.ts to WebAssembly and writes it, as text, into src/generated: so the sources run without a build.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { encode } from "./encode.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** The modules, and the features of WebAssembly that each needs. @type {Record<string, string[]>} */
export const modules = { simd: ["simd"], relaxed: ["simd", "relaxed-simd"] };

/** The text of src/generated/`name`.ts. @param {string} name @returns {Promise<string>} */
export async function generate(name) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const features = (modules[name] ?? []).flatMap((feature) => ["--enable", feature]);
  const { error } = await asc.main(
    [
      `assembly/${name}.ts`,
      ...["--baseDir", folder, "--outFile", "out.wasm", "-O3", "--noAssert", "--runtime", "stub"],
      // A maximum, because a memory that threads share must have one.
      ...["--importMemory", "--noExportMemory", "--maximumMemory", "65536", ...features],
    ],
    {
      stderr: process.stderr,
      writeFile: (_, contents) => void (binary = /** @type {Uint8Array} */ (contents)),
    },
  );
  if (error || binary === undefined) throw error ?? new Error(`assembly/${name}.ts compiles to nothing`);
  return (
    `// Written by \`pnpm --filter @torchlet/kernels build:wasm\` from assembly/${name}.ts: do not edit.\n` +
    `export const ${name} =\n  ${JSON.stringify(encode(binary))};\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of Object.keys(modules)) {
    const text = await generate(name);
    writeFileSync(`${folder}src/generated/${name}.ts`, text);
    console.log(`${name}: ${text.length} characters`);
  }
}
