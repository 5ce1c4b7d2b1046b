import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generate, modules } from "../scripts/build-wasm.mjs";

test.each(Object.keys(modules))(
  "src/generated/%s.ts is what its AssemblyScript sources compile to",
  async (name) => {
    const committed = readFileSync(new URL(`../src/generated/${name}.ts`, import.meta.url), "utf8");
    expect(committed === (await generate(name)), "run `pnpm --filter @torchlet/kernels build:wasm`").toBe(
      true,
    );
  },
);
