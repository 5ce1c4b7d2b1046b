// TypeDoc plugin: modules are called as their packages are, and what is in them is sorted by the files that it stands in.

import { readFileSync } from "node:fs";
import { Converter, ReflectionCategory, ReflectionKind } from "typedoc";
import { root } from "../setup.mjs";

/** The category of a file's contents: the first that matches. In the order in which they are shown. @type {[RegExp, string][]} */
const categories = [
  [/tensor\/src\/tensor\.ts$/, "Tensor"],
  [/tensor\/src\/(create|tensor-options)\.ts$/, "Creation"],
  [/tensor\/src\/(dtype|shape|ops\/convert)\.ts$/, "Data types and shapes"],
  [
    /tensor\/src\/(inplace\/(arithmetic|assignment)|ops\/(elementwise\/\w+|compare|choose))\.ts$/,
    "Elementwise",
  ],
  [/tensor\/src\/ops\/(norm|reduce\/\w+|softmax|sorting|standardize)\.ts$/, "Reductions"],
  [/tensor\/src\/ops\/(einsum|linalg|triangle)\.ts$/, "Linear algebra"],
  [/tensor\/src\/ops\/(broadcast|joining|views\/\w+)\.ts$/, "Views"],
  [/tensor\/src\/(indexing|ops\/(gather|masks|moving|scatter))\.ts$/, "Indexing"],
  [/tensor\/src\/autograd\//, "Autograd"],
  [/tensor\/src\/(random|inplace\/random|kernels\/reproducible|ops\/dropout)/, "Random"],
  [/tensor\/src\/(storage\/memory-stats|kernels\/wasm\/threads)/, "Memory and threads"],
  [/tensor\/src\/print/, "Printing"],
  [/tensor\/src\/(errors|options)\.ts$/, "Errors"],
  [/nn\/src\/layers\/(?!losses)/, "Layers"],
  [/nn\/src\/functional\//, "Functions"],
  [/nn\/src\/layers\/losses\//, "Losses"],
  [/nn\/src\/init/, "Initialisation"],
  [/nn\/src\/optim\//, "Optimizers"],
  [/nn\/src\/data\//, "Data"],
  [/nn\/src\/io\//, "Saving and loading"],
  [/nn\/src\//, "Modules"],
  [/./, "Other"],
];

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) nameAfterPackage(module);
  });
  const afterSortingBeforeCategories = -150;
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const module of project.getReflectionsByKind(ReflectionKind.Module | ReflectionKind.Class)) {
        if (module.kind === ReflectionKind.Module || module.name === "Tensor") categorize(module);
      }
    },
    afterSortingBeforeCategories,
  );
}

/** `tensor/src`, as the entry point is called by default, becomes `@torchlet/tensor`. @param {import("typedoc").Reflection} module */
function nameAfterPackage(module) {
  const folder = /^(\w+)\/src$/.exec(module.name)?.[1];
  if (!folder) return;
  const manifest = /** @type {unknown} */ (
    JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, "utf8"))
  );
  module.name = /** @type {{ name: string }} */ (manifest).name;
}

/** @param {import("typedoc").Reflection} container */
function categorize(container) {
  if (!container.isDeclaration() || !container.children) return;
  const shelves = new Map(categories.map(([, title]) => [title, new ReflectionCategory(title)]));
  for (const child of container.children) shelves.get(categoryOf(child))?.children.push(child);
  container.categories = [...shelves.values()].filter(({ children }) => children.length > 0);
}

/** @param {import("typedoc").DeclarationReflection} reflection */
function categoryOf(reflection) {
  const target = reflection.isReference() ? reflection.getTargetReflectionDeep() : reflection;
  const file = (target.isDeclaration() ? target.sources?.[0]?.fullFileName : undefined) ?? "?";
  return categories.find(([pattern]) => pattern.test(file))?.[1] ?? "";
}
