/** Runs tests of the packages, as they are, in Chromium too. */
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defaultClientConditions, type Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { chromium, flags } from "./chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Keeps Vite from bundling the files that tests read by their URL. */
const plainUrls: Plugin = {
  name: "plain-urls",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("/test/") ? code.replaceAll("import.meta.url", 'import.meta["url"]') : null,
};

export default defineConfig({
  root,
  plugins: [plainUrls],
  resolve: { conditions: ["@torchlet/source", ...defaultClientConditions] },
  test: {
    name: "in Chromium",
    testTimeout: 60_000,
    include: [
      "packages/tensor/test/*.test.ts",
      "packages/tensor/test/{kernels,ops,random}/*.test.ts",
      "packages/tensor/test/autograd/{anomaly,backward,errors,function,functional,gradcheck,hooks,inplace}.test.ts",
      "packages/nn/test/{functional,layers,module,modules-golden,training}.test.ts",
      "packages/nn/test/optim/*.test.ts",
    ],
    alias: { "node:fs": fileURLToPath(new URL("files.ts", import.meta.url)) },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: chromium!, args: flags } }),
      instances: [{ browser: "chromium" }],
    },
  },
});
