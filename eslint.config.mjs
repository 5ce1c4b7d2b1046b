import jsdoc from "eslint-plugin-jsdoc";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** What ECMAScript leaves to the engine: results may differ in the last bit. */
const engineDependent =
  "acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh";

export default defineConfig(
  globalIgnores([
    "**/dist/",
    "coverage/",
    "docs/site/",
    ".doc-examples/",
    "packages/kernels/assembly/",
    "bench/peers/",
  ]),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      // Loops over typed arrays: `data[i]!` is the plain way to say that i is in range.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/prefer-for-of": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Inference decides these better than a rule does.
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      // Overloads are documented one by one, and a hook may return a tensor or nothing.
      "@typescript-eslint/unified-signatures": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      eqeqeq: "error",
      "prefer-const": "error",
      "no-console": "off",
    },
  },
  {
    files: ["packages/*/src/**/*.ts"],
    plugins: { jsdoc },
    settings: { jsdoc: { mode: "typescript" } },
    rules: {
      "no-console": "error",
      // Same bits in every engine.
      "no-restricted-properties": [
        "error",
        ...engineDependent.split(" ").map((property) => ({
          object: "Math",
          property,
          message: "Engines disagree in its last bit; use @torchlet/tensor/math.",
        })),
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            ":matches(AssignmentExpression[operator='**='], BinaryExpression[operator='**']" +
            ":not([left.value=2][right.type='Literal'], [left.value=2][right.argument.type='Literal'], [left.bigint]))",
          message: "Engines disagree in its last bit; use pow of @torchlet/tensor/math, or a power of 2.",
        },
      ],
      // That everything public is documented is TypeDoc's to check: it knows what is public.
      "jsdoc/require-description": ["error", { contexts: ["FunctionDeclaration", "ClassDeclaration"] }],
      "jsdoc/check-param-names": ["error", { checkDestructured: false }],
      "jsdoc/check-tag-names": ["error", { definedTags: ["category", "group", "remarks", "typeParam"] }],
      "jsdoc/no-types": "error",
    },
  },
);
