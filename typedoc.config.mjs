import katex from "@vscode/markdown-it-katex";

const packages = ["@torchlet/tensor", "@torchlet/nn", "torchlet", "@torchlet/blas"];

/** @type {import("typedoc").TypeDocOptions} */
export default {
  name: "torchlet",
  plugin: [
    "./scripts/typedoc/packages.mjs",
    "./scripts/typedoc/methods.mjs",
    "./scripts/typedoc/guides.mjs",
    "./scripts/typedoc/reader.mjs",
  ],
  readme: "README.md",
  projectDocuments: ["docs/guides/*.md", "docs/performance.md", "ARCHITECTURE.md", "CONTRIBUTING.md"],
  // One program for all packages: `torchlet` then refers to the pages of the other two instead of repeating them.
  entryPoints: packages.map((name) => `packages/${name.replace("@torchlet/", "")}/src/index.ts`),
  tsconfig: "tsconfig.json",
  skipErrorChecking: true, // `pnpm typecheck` does that
  excludeExternals: true,
  excludeInternal: true, // what only the library itself uses, though it is a member of a public class
  out: "docs/site",
  customCss: "scripts/typedoc/site.css",
  favicon: "scripts/typedoc/favicon.svg",

  treatWarningsAsErrors: true,
  highlightLanguages: ["ts", "js", "json", "sh", "python"],
  packagesRequiringDocumentation: packages,
  validation: {
    invalidLink: true,
    invalidPath: true,
    notDocumented: true,
    notExported: true,
    rewrittenLink: true,
    unusedMergeModuleWith: true,
  },

  categorizeByGroup: false,
  useFirstParagraphOfCommentAsSummary: true, // in the lists of what a package has
  sort: ["source-order"],
  navigation: { includeCategories: true },

  // There may be no remote to link to; scripts/docs-sources.mjs puts the sources into the site.
  disableGit: true,
  sourceLinkTemplate: "../source/{path}.txt#L{line}",

  markdownItLoader(/** @type {{ use(plugin: unknown, options: object): void }} */ parser) {
    parser.use(katex.default, { output: "mathml", throwOnError: true });
  },
};
