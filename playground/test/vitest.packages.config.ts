/** Runs tests of the packages, as they are, in Chromium too. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defaultClientConditions, type Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { chromium, flags } from "./chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Tests read files by their URL, which Vite would bundle. */
const fileUrls: Plugin = {
  name: "file-urls",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("/test/")
      ? code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id.split("?")[0]!).href))
      : null,
};

export default defineConfig({
  plugins: [fileUrls],
  resolve: { conditions: ["@torchlet/source", ...defaultClientConditions] },
  test: {
    name: "in Chromium",
    root,
    testTimeout: 60_000,
    include: [
      "packages/tensor/test/*.test.ts",
      "packages/tensor/test/{kernels,math,ops,random,storage}/**/*.test.ts",
      "packages/tensor/test/autograd/{anomaly,backward,derivatives,errors,function,gradcheck,hooks,inplace}.test.ts",
      "packages/nn/test/{functional,layers,modules-golden,options,training,module/*}.test.ts",
      "packages/nn/test/optim/{continue,golden,optimizer,schedulers,xor}.test.ts",
    ],
    exclude: ["packages/tensor/test/kernels/threads.test.ts"], // threads are Node's
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
