import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./", // works in any folder of any static server
  resolve: { conditions: ["@torchlet/source", ...defaultClientConditions] },
  worker: { format: "es" },
  build: {
    outDir: "../docs/site/playground",
    emptyOutDir: true,
    target: "es2022",
  },
});
