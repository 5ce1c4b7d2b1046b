import { defineConfig } from "vitest/config";
import { chromium } from "./playground/test/chromium.ts";

const conditions = ["@torchlet/source"];

const project = (name: string, include: string, options = {}) => ({
  extends: true as const,
  test: { name, include: [include], ...options },
});

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 60_000,
    maxWorkers: "100%", // one processor less is the default, half of a small machine
    silent: "passed-only",
    coverage: { include: ["packages/*/src/**"] },
    projects: [
      project("packages", "packages/*/test/**/*.test.ts"),
      project("examples", "examples/**/*.test.ts"),
      project("playground", "playground/test/**/*.test.ts", { globalSetup: "playground/test/announce.ts" }),
      ...(chromium === null ? [] : ["playground/test/vitest.packages.config.ts"]),
      project("bench", "bench/test/**/*.test.ts"),
      project("scripts", "scripts/**/*.test.ts"),
      project("docs", ".doc-examples/**/*.test.ts", {
        isolate: false,
        setupFiles: "scripts/doc-examples/fresh-modules.ts",
      }),
    ],
  },
});
