// The layering of ARCHITECTURE.md, as rules. `pnpm layering` checks them.

const tensor = "^packages/tensor/src/";
const floor1 = `${tensor}((errors|dtype|shape|layout|storage)\\.ts$|kernels/)`;

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
      to: { path: tensor, pathNot: floor1 },
    },
    {
      name: "kernels-stand-alone",
      severity: "error",
      from: { path: "^packages/kernels/src/" },
      to: { path: "^(packages|examples)/", pathNot: "^packages/kernels/src/" },
    },
    {
      name: "tensor-stands-on-kernels",
      severity: "error",
      from: { path: tensor },
      to: { path: "^(packages|examples)/", pathNot: [tensor, "^packages/kernels/src/index\\.ts$"] },
    },
    {
      name: "nn-uses-the-front-door-of-tensor",
      severity: "error",
      from: { path: "^packages/nn/src/" },
      to: { path: "^(packages|examples)/", pathNot: ["^packages/nn/src/", `${tensor}index\\.ts$`] },
    },
    {
      name: "torchlet-uses-front-doors",
      severity: "error",
      from: { path: "^packages/torchlet/src/" },
      to: {
        path: "^(packages|examples)/",
        pathNot: ["^packages/torchlet/src/", "^packages/(tensor|nn)/src/index\\.ts$"],
      },
    },
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
    exclude: { path: "^packages/[^/]+/dist/" },
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
