/** Tests of the built site: `npm run docs:test`, after `npm run docs`. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    testTimeout: 60_000,
    globalSetup: "../../playground/test/announce.ts",
  },
});
