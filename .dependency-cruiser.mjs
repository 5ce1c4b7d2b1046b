// The layering of ARCHITECTURE.md, as rules. `pnpm layering` checks them.

/** Which packages each package may import, and those only by their entry points: `src/index.ts`, or the `index.ts` of a folder. */
const layers = {
  kernels: [],
  tensor: ["kernels"],
  nn: ["tensor", "tensor/checks", "tensor/fused", "tensor/math", "tensor/steps"],
  torchlet: ["tensor", "nn"],
  blas: ["tensor", "tensor/kernels"],
};

/** @param {string} name */
function entryPoint(name) {
  const [folder, ...inside] = name.split("/");
  return `^packages/${[folder, "src", ...inside].join("/")}/index\\.ts$`;
}

const floor1 = "^packages/tensor/src/((errors|dtype|shape|layout)\\.ts$|storage/|kernels/|math/)";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment:
        "Modules that import each other work or fail by the order of their imports; types may refer to each other.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "floor-1-knows-no-tensor",
      comment: "dtype, shape, layout, storage and kernels know neither Tensor nor gradients.",
      severity: "error",
      from: { path: floor1 },
      to: { path: "^packages/tensor/src/", pathNot: floor1 },
    },
    ...Object.entries(layers).map(([name, below]) => ({
      name: `layer-of-${name}`,
      comment: `packages/${name} imports ${below.length > 0 ? `only the entry points of ${below.join(" and ")}` : "no other package"}.`,
      severity: /** @type {const} */ ("error"),
      from: { path: `^packages/${name}/src/` },
      to: {
        path: "^(packages|examples)/",
        pathNot: [`^packages/${name}/src/`, ...below.map(entryPoint)],
      },
    })),
    {
      name: "packages-run-in-browsers",
      comment: "kernels, tensor, nn and torchlet use nothing of Node's own.",
      severity: "error",
      from: { path: "^packages/(kernels|tensor|nn|torchlet)/src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "packages-import-what-they-declare",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: "^packages/" },
    },
    {
      name: "everything-resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^packages/[^/]+/dist/", "^bench/peers/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      conditionNames: ["@torchlet/source", "types", "import", "node", "default"],
      exportsFields: ["exports"],
      extensions: [".ts", ".mjs", ".js"],
      mainFields: ["module", "main", "types"],
    },
  },
};
