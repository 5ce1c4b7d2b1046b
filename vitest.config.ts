import { defineConfig } from "vitest/config";

const conditions = ["@torchlet/source"];

const projects = {
  packages: "packages/*/test/**/*.test.ts",
  examples: "examples/**/*.test.ts",
  scripts: "scripts/**/*.test.ts",
  docs: ".doc-examples/**/*.test.ts",
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 60_000,
    silent: "passed-only",
    coverage: { include: ["packages/*/src/**"] },
    projects: Object.entries(projects).map(([name, include]) => ({
      extends: true,
      test: { name, include: [include] },
    })),
  },
});
